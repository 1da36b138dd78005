use super::{arguments::AddressArgs, print::Printer};
use crate::places;

pub(super) fn run(args: &AddressArgs, p: &Printer) -> anyhow::Result<bool> {
    p.object(&places::split_address(&args.text.join(" ")))?;
    Ok(true)
}
