use crate::{app, config};
use std::path::Path;

pub(super) async fn run(file: &Path) -> anyhow::Result<bool> {
    app::daemon::run(config::load(file)?, file).await?;
    Ok(true)
}
