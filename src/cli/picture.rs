//! Writes the picture of a case.

use super::print::{Printer, Style};
use crate::picture::{self, Sketch};
use anyhow::Context as _;
use std::path::Path;

pub(super) const NOTHING: &str = "候補の求人がないため、図は書きませんでした。";

/// Writes the picture and says so to people. False where there is nothing to draw.
pub(super) fn write(file: &Path, sketch: &Sketch<'_>, p: &Printer) -> anyhow::Result<bool> {
    let drawn = draw(file, sketch)?;
    if !drawn {
        eprintln!("{NOTHING}");
    } else if !p.for_programs() {
        p.line(p.paint(Style::Faint, &format!("図: {}", file.display())));
    }
    Ok(drawn)
}

/// Writes the picture as SVG where the file's name says so, else as PNG; readable by its owner only, for it tells where
/// somebody lives. False where there is nothing to draw.
pub(super) fn draw(file: &Path, sketch: &Sketch<'_>) -> anyhow::Result<bool> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    let Some(svg) = picture::svg(sketch) else {
        return Ok(false);
    };
    let as_svg = file
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("svg"));
    let bytes = if as_svg {
        svg.into_bytes()
    } else {
        picture::png(&svg)?
    };
    let said = || format!("{} に書けません", file.display());
    std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(file)
        .with_context(said)?
        .write_all(&bytes)
        .with_context(said)?;
    Ok(true)
}
