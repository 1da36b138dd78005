//! The table of wishes and suggestions: a disc where one is met, a triangle where to ask, a cross where it is lacking.

use super::{
    rows::{Fit, MOST, Row},
    svg::{Anchor, Svg, fit, width},
};

const HEAD: f64 = 34.0;
const LINE: f64 = 27.0;
const CELL: f64 = 42.0;
const FOOT: f64 = 34.0;

/// How tall the chart is.
pub(super) fn height(rows: &[Row]) -> f64 {
    let more = f64::from(u8::from(rows.len() > MOST));
    HEAD + LINE * (lines(rows) + more) + FOOT
}

#[allow(clippy::cast_precision_loss)]
fn lines(rows: &[Row]) -> f64 {
    rows.len().min(MOST) as f64
}

pub(super) fn draw(
    out: &mut Svg,
    rows: &[Row],
    suggestions: usize,
    x: f64,
    mut y: f64,
    across: f64,
) {
    #[allow(clippy::cast_precision_loss)]
    let column = |i: usize| x + across - CELL * (suggestions - i) as f64 + CELL / 2.0;
    let words = column(0) - CELL / 2.0 - x - 8.0;
    for i in 0..suggestions {
        out.badge(column(i), y + 17.0, i + 1);
    }
    y += HEAD;
    for (n, row) in rows.iter().take(MOST).enumerate() {
        if n % 2 == 0 {
            out.rect(x, y, across, LINE, "rx=\"3\" fill=\"#f3f5f7\"");
        }
        let mut from = x + 8.0;
        if !row.weight.is_empty() {
            let wide = width(row.weight, 10.5) + 10.0;
            out.rect(
                from,
                y + 6.0,
                wide,
                15.0,
                "rx=\"3\" fill=\"#ffffff\" stroke=\"#9aa5b1\"",
            );
            let middle = from + wide / 2.0;
            out.text(
                middle,
                y + 17.4,
                10.5,
                "#52606d",
                Anchor::Middle,
                row.weight,
            );
            from += wide + 6.0;
        }
        let label = fit(&row.label, 13.5, x + words - from);
        out.text(from, y + 18.5, 13.5, "#1f2933", Anchor::Start, &label);
        for (i, cell) in row.cells.iter().enumerate() {
            mark(out, *cell, column(i), y + LINE / 2.0);
        }
        y += LINE;
    }
    if rows.len() > MOST {
        let more = format!("ほか {} 件の希望", rows.len() - MOST);
        out.text(x + 8.0, y + 18.5, 12.0, "#52606d", Anchor::Start, &more);
        y += LINE;
    }
    let mut from = x + 16.0;
    for (cell, name) in [
        (Some(Fit::Met), "合う"),
        (Some(Fit::Check), "要確認"),
        (Some(Fit::Lacks), "合わない"),
        (None, "比べる記載なし"),
    ] {
        mark(out, cell, from, y + 20.0);
        out.text(from + 13.0, y + 24.5, 12.0, "#52606d", Anchor::Start, name);
        from += 13.0 + width(name, 12.0) + 30.0;
    }
}

fn mark(out: &mut Svg, cell: Option<Fit>, x: f64, y: f64) {
    match cell {
        Some(Fit::Met) => {
            out.circle(
                x,
                y,
                6.0,
                "fill=\"none\" stroke=\"#0072b2\" stroke-width=\"3.4\"",
            );
        }
        Some(Fit::Check) => out.raw(format_args!(
            "<path d=\"M{:.1} {:.1}l7.6 13.2h-15.2z\" fill=\"#e69f00\" stroke=\"#9a6a00\" stroke-width=\"1\" stroke-linejoin=\"round\"/>",
            x,
            y - 7.6
        )),
        Some(Fit::Lacks) => {
            let paint = "stroke=\"#b0302c\" stroke-width=\"3.4\" stroke-linecap=\"round\"";
            out.line((x - 5.2, y - 5.2), (x + 5.2, y + 5.2), paint);
            out.line((x - 5.2, y + 5.2), (x + 5.2, y - 5.2), paint);
        }
        None => out.line(
            (x - 3.5, y),
            (x + 3.5, y),
            "stroke=\"#bcc5ce\" stroke-width=\"2\" stroke-linecap=\"round\"",
        ),
    }
}
