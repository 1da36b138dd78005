//! A table or form that an institution attached to its mail. Only the child process that reads strangers' files calls this.

use super::import::{Import, RowProblem, Writer};
use super::{csv, xlsx};
use crate::domain::opening::Opening;
use crate::domain::wish::Field;

/// So many openings of one file become drafts; who has more sends a list to be imported, and nobody confirms them one by one.
const OPENINGS: usize = 100;
/// So many faults of one file are told.
const PROBLEMS: usize = 30;

/// The openings of a workbook or a table of text. Names, places and numbers may be missing: the mail may have them. A file
/// that holds no openings at all (a price list, a contact list) gives nothing, and nothing is wrong with it.
pub fn read(bytes: &[u8]) -> Import {
    let package = bytes.starts_with(b"PK") || bytes.starts_with(b"\xd0\xcf\x11\xe0");
    let mut import = if package {
        xlsx::read_of(bytes, Writer::Institution)
    } else {
        csv::read_of(bytes, Writer::Institution)
    };
    let refused = |p: &RowProblem| p.refused && p.line > 0;
    if !import.openings.iter().any(offers_work)
        && (!import.openings.is_empty() || !import.problems.iter().any(refused))
    {
        return Import::default();
    }
    let of_file = |reason| RowProblem {
        refused: false,
        ..RowProblem::of_file(reason)
    };
    let many = import.openings.len();
    if many > OPENINGS {
        import.openings.truncate(OPENINGS);
        import.problems.insert(0, of_file(format!(
            "求人が {many} 件あります。はじめの {OPENINGS} 件だけを下書きにしました。残りはファイルを保存し、openings import で取り込んでください"
        )));
    }
    let faults = import.problems.len();
    if faults > PROBLEMS {
        import.problems.truncate(PROBLEMS);
        let rest = faults - PROBLEMS;
        import
            .problems
            .push(of_file(format!("ほかに {rest} 件あります")));
    }
    import
}

/// Whether it says anything of the work, and not only of the house.
fn offers_work(opening: &Opening) -> bool {
    const WORK: [Field; 8] = [
        Field::Specialty,
        Field::Employment,
        Field::Duty,
        Field::Day,
        Field::DaysPerWeek,
        Field::Hours,
        Field::NightDuty,
        Field::SalaryMin,
    ];
    opening.items.iter().any(|i| WORK.contains(&i.field))
}
