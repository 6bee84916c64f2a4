//! The report as Markdown.

use std::fmt::Write as _;

use super::{
    Results, Row, Verdict,
    rows::rows,
    short,
    terminal::{cells, detail_cells, detail_header},
};
use crate::compile::{Compile, Step};

/// Before what the report writes into somebody else's file.
const BEGIN: &str = "<!-- numbers: begin -->";
/// After it.
const END: &str = "<!-- numbers: end -->";

/// The one table: the goals that the design lists.
#[must_use]
pub fn summary(rows: &[Row]) -> String {
    of_rows(rows.iter().filter(|row| row.listed))
}

fn of_rows<'a>(rows: impl Iterator<Item = &'a Row>) -> String {
    let header = ["job", "unit", "ours", "hand", "best peer", "ratio", "goal", "met"];
    lines(&header, rows.map(|row| cells(row).to_vec()))
}

fn lines<const N: usize>(header: &[&str; N], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = format!("| {} |\n|{}\n", header.join(" | "), "---|".repeat(N));
    for row in rows {
        // Writing to a `String` does not fail.
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text
}

/// All of it.
#[must_use]
pub fn markdown(results: &Results) -> String {
    let rows = rows(results);
    let listed = || rows.iter().filter(|row| row.listed);
    let count = |verdict| listed().filter(|row| row.verdict == verdict).count();
    let mut text = format!(
        "# Numbers\n\nAll of one run, side by side: `cargo run --release -p etiquette-benches --bin report`.\n\
         Ratios count; nanoseconds are those of one machine. {} goals met, {} missed.\n\n{BEGIN}\n\n{}\n{END}\n\n\
         ## Also measured: to be ahead, or not far behind\n\n{}\n## Every contender\n",
        count(Verdict::Met),
        count(Verdict::Missed),
        summary(&rows),
        of_rows(rows.iter().filter(|row| !row.listed))
    );
    for job in &results.jobs {
        let cells = detail_cells(job).into_iter().map(|cells| cells.to_vec());
        let _ = write!(text, "\n### {}\n\n{}", job.title, lines(&detail_header(), cells));
    }
    let _ = write!(text, "\n## Bytes of a future\n\n");
    let [small, large] = &results.sizes;
    let sizes = small.futures.iter().zip(&large.futures);
    let sizes = sizes
        .map(|((name, small), (_, large))| vec![(*name).to_owned(), small.to_string(), large.to_string()]);
    text.push_str(&lines(&["", "64-byte argument", "1 KiB argument"], sizes));
    for growth in &results.growth {
        let _ = write!(text, "\n## {}\n\n", growth.title);
        let mut header = format!("| {} |", growth.along);
        for series in &growth.series {
            let _ = write!(header, " {} |", series.name);
        }
        let _ = writeln!(text, "{header}\n|{}", "---|".repeat(growth.series.len() + 1));
        let places = growth.series.first().map_or(0, |series| series.points.len());
        for at in 0..places {
            let place = growth.series.first().and_then(|series| series.points.get(at));
            let _ = write!(text, "| {} |", place.map_or(0.0, |point| point.0));
            for series in &growth.series {
                let cost = series.points.get(at).map_or(f64::NAN, |point| point.1);
                let _ = write!(text, " {} |", short(cost));
            }
            text.push('\n');
        }
    }
    if let Some(compile) = &results.compile {
        text.push_str(&of_compile(compile));
    }
    if !results.skipped.is_empty() {
        let _ = writeln!(text, "\n## Left out of this run\n");
        for skipped in &results.skipped {
            let _ = writeln!(text, "* {skipped}");
        }
    }
    text
}

fn of_compile(compile: &Compile) -> String {
    let mut text =
        String::from("\n## Compile time, 1 000 functions\n\nProcessor time, and the largest process.\n\n");
    for (step, kinds) in [(Step::Check, &compile.check), (Step::Build, &compile.build)] {
        let header = ["", "s", "wall, s", "MiB"];
        let rows = kinds.iter().map(|(kind, costs)| {
            let middle = |of: fn(&crate::compile::Cost) -> f64| {
                short(crate::compile::median(costs.iter().map(of).collect()))
            };
            vec![
                format!("cargo {}: {}", step.name(), kind.title()),
                middle(|cost| cost.cpu),
                middle(|cost| cost.wall),
                middle(|cost| cost.memory),
            ]
        });
        text.push_str(&lines(&header, rows));
        text.push('\n');
    }
    text.push_str("## Cold builds of a crate that depends on\n\n");
    let rows = compile.cold.iter().map(|cold| {
        vec![
            cold.name.to_owned(),
            cold.crates.to_string(),
            short(cold.wall),
            short(cold.cpu),
        ]
    });
    text.push_str(&lines(&["", "crates", "wall, s", "processor, s"], rows));
    text
}

/// `text` with what is between the markers replaced; `None` where there are none.
#[must_use]
pub fn between(text: &str, inner: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{inner}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, between};

    #[test]
    fn only_what_is_between_the_markers_changes() {
        let text = format!("a\n{BEGIN}\nold\n{END}\nb\n");
        let changed = between(&text, "new");
        assert_eq!(changed, Some(format!("a\n{BEGIN}\n\nnew\n{END}\nb\n")));
        assert_eq!(between("no markers", "new"), None);
    }
}
