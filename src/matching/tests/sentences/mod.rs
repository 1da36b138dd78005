//! The sentences of `docs/matching.md` that allow one, each as a property over generated wishes and openings, written anew
//! from the sentence.

mod days;
mod exclusion;
mod figures;
mod lists;
mod order;
mod places;

use super::verdict;

/// `+` met, `-` unmet, `?` unknown, `x` excluded, empty where the wish is not listed.
fn sign(about: &str, wished: &str, offered: &str) -> String {
    verdict(about, wished, offered).chars().take(1).collect()
}

/// How a status shows at a strength: what must be and is unmet excludes, and so does what must never be.
fn at(strength: &str, status: &'static str) -> &'static str {
    match (strength, status) {
        ("must" | "never", "-") => "x",
        ("ok", "-" | "?") => "",
        _ => status,
    }
}

/// As [`at`], in a field where an accepted number is a cap.
fn at_cap(strength: &str, status: &'static str) -> &'static str {
    match (strength, status) {
        ("ok", "-") => "x",
        ("ok", "?") => "?",
        _ => at(strength, status),
    }
}

/// `field=a; field=b`
fn items(field: &str, values: &[impl std::fmt::Display]) -> String {
    let all: Vec<String> = values.iter().map(|v| format!("{field}={v}")).collect();
    all.join("; ")
}
