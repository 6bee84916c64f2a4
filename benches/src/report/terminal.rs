//! Tables for the terminal.

use comfy_table::{CellAlignment, Table, presets::UTF8_FULL_CONDENSED};

use super::{JobResult, Row, short};

/// The one table.
#[must_use]
pub fn table(rows: &[Row]) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header([
        "job",
        "unit",
        "ours",
        "hand",
        "best peer",
        "ratio",
        "goal",
        "",
    ]);
    for row in rows {
        table.add_row(cells(row));
    }
    for at in [2, 3, 5] {
        if let Some(column) = table.column_mut(at) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.to_string()
}

/// The texts of a row's cells.
pub(super) fn cells(row: &Row) -> [String; 8] {
    let peer = row.peer.as_ref();
    [
        row.job.clone(),
        row.unit.to_owned(),
        short(row.ours),
        row.hand.map_or_else(|| "-".to_owned(), short),
        peer.map_or_else(
            || "-".to_owned(),
            |(name, cost)| format!("{} ({name})", short(*cost)),
        ),
        short(row.ratio),
        row.goal.clone(),
        row.verdict.word().to_owned(),
    ]
}

/// Everybody who did one job.
#[must_use]
pub fn details(job: &JobResult) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header(detail_header());
    for cells in detail_cells(job) {
        table.add_row(cells);
    }
    for at in 1..=5 {
        if let Some(column) = table.column_mut(at) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    format!("{}\n{table}", job.title)
}

/// What the columns of the details are.
pub(super) const fn detail_header() -> [&'static str; 7] {
    [
        "",
        "ns",
        "ns, median",
        "ours ÷ this",
        "instructions",
        "allocations",
        "",
    ]
}

/// The texts of the cells of one job's details.
pub(super) fn detail_cells(job: &JobResult) -> Vec<[String; 7]> {
    let ours = job
        .entries
        .iter()
        .find(|entry| entry.role == crate::harness::Role::Ours);
    let rows = job.entries.iter().map(|entry| {
        [
            entry.name.to_owned(),
            short(entry.times.typical()),
            short(entry.times.median()),
            ours.map_or_else(String::new, |ours| short(ours.times.ratio(&entry.times))),
            entry
                .instructions
                .map_or_else(|| "-".to_owned(), |count| format!("{count:.0}")),
            entry
                .allocations
                .map_or_else(|| "-".to_owned(), |count| format!("{count:.1}")),
            entry.note.to_owned(),
        ]
    });
    rows.collect()
}
