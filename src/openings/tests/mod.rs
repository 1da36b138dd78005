#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod drafts;
mod jsonl_rows;
mod tables;
mod workbooks;

use super::import::Import;

/// `line/column: refused or flagged`, to compare at a glance.
fn verdicts(import: &Import) -> Vec<String> {
    import
        .problems
        .iter()
        .map(|p| {
            let what = if p.refused { "refused" } else { "flagged" };
            format!("{}/{}: {what}", p.line, p.column)
        })
        .collect()
}
