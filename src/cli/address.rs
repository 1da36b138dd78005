use super::{arguments::AddressArgs, print::Printer};
use crate::places::{self, Place};
use serde_json::json;

pub(super) fn run(args: &AddressArgs, p: &Printer) -> anyhow::Result<bool> {
    let text = args.text.join(" ");
    let (place, rest) = places::locate(&text);
    let prefecture = place.as_ref().and_then(Place::prefecture).map(|p| p.name());
    let municipality = match &place {
        Some(Place::Municipality(m)) => m
            .full_name()
            .strip_prefix(prefecture.unwrap_or_default())
            .map(str::to_owned),
        _ => None,
    };
    let site = place.as_ref().and_then(Place::site);
    // A town's name ends where its numbers begin.
    let end = rest
        .find(|c: char| c.is_numeric() || c.is_whitespace() || c == '-')
        .unwrap_or(rest.len());
    let (town, rest) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let some = |t: &str| Some(t.trim().to_owned()).filter(|t| !t.is_empty());
    p.object(&json!({
        "prefecture": prefecture, "municipality": municipality, "town": some(town), "rest": some(rest),
        "lat": site.as_ref().map(|s| s.point.lat), "lon": site.as_ref().map(|s| s.point.lon),
    }))?;
    Ok(true)
}
