//! From SVG to PNG, with the font that is compiled in.

use super::svg::FAMILY;
use resvg::{tiny_skia, usvg};
use std::sync::{Arc, LazyLock};

/// Pixels of the PNG for one of the SVG: sharp on the screens of today.
const SCALE: f32 = 1.5;

/// No picture is larger than this on a side, in pixels of the PNG.
const MOST: u32 = 4096;

static FONT: &[u8] = include_bytes!("font/NotoSansCJKjp-subset.otf");

static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(FONT)));
    fonts.set_sans_serif_family(FAMILY);
    Arc::new(fonts)
});

/// Why there is no PNG.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The SVG is none.
    #[error("図（SVG）を読めません: {0}")]
    Svg(#[from] usvg::Error),
    /// Too large, or of no size.
    #[error("図の大きさ {0}×{1} は描けません")]
    Size(u32, u32),
    /// The pixels could not be written.
    #[error("図（PNG）を書けません: {0}")]
    Png(String),
}

/// The picture as PNG. It takes some tens of milliseconds of one core: not for a task that others wait for.
///
/// # Errors
/// An SVG that is none, or too large.
pub fn png(svg: &str) -> Result<Vec<u8>, PictureError> {
    let options = usvg::Options {
        font_family: FAMILY.to_owned(),
        fontdb: FONTS.clone(),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options)?;
    let side = |length: f32| {
        // Sizes are positive and small; what is not is refused below.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let pixels = (length * SCALE).ceil() as u32;
        pixels
    };
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    let too_large = PictureError::Size(width, height);
    if width > MOST || height > MOST {
        return Err(too_large);
    }
    let mut pixels = tiny_skia::Pixmap::new(width, height).ok_or(too_large)?;
    resvg::render(
        &tree,
        tiny_skia::Transform::from_scale(SCALE, SCALE),
        &mut pixels.as_mut(),
    );
    pixels
        .encode_png()
        .map_err(|e| PictureError::Png(e.to_string()))
}
