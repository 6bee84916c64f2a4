//! The report as one page that needs nothing else.

use std::fmt::Write as _;

use super::{
    JobResult, Results, Row, Verdict, plot,
    rows::rows,
    short,
    terminal::{cells, detail_cells, detail_header},
};
use crate::harness::Role;

const STYLE: &str = "
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1080px; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem }
td, th { padding: .25rem .6rem; border-bottom: 1px solid #8884; text-align: left; vertical-align: top }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.met { color: #1a7f37 } .missed { color: #cf222e; font-weight: 600 }
.ours td:first-child { font-weight: 600 }
svg { background: #fff; max-width: 100%; height: auto; border-radius: 6px }
.bar { height: .7rem; background: #8b949e; border-radius: 2px } .ours .bar { background: #1f6feb }
details { margin: .3rem 0 } summary { cursor: pointer }
small { color: #888 }
";

/// All of it.
///
/// # Errors
///
/// When a plot cannot be drawn.
pub fn html(results: &Results) -> Result<String, String> {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>etiquette: numbers</title>\n\
         <style>{STYLE}</style>\n<h1>Numbers</h1>\n\
         <p>All of one run, side by side. Ratios count; nanoseconds are those of one machine.</p>\n"
    );
    if results.quick {
        page.push_str("<p><b>A quick run: times mean nothing.</b></p>\n");
    }
    let rows = rows(results);
    page.push_str(&of_rows(rows.iter().filter(|row| row.listed)));
    page.push_str("<h2>Also measured: to be ahead, or not far behind</h2>\n");
    page.push_str(&of_rows(rows.iter().filter(|row| !row.listed)));
    page.push_str("<h2>Growth</h2>\n");
    for growth in &results.growth {
        let svg = plot::growth(growth)?;
        let _ = writeln!(page, "<h3>{}</h3>\n{svg}", escape(growth.title));
    }
    page.push_str("<h2>Every contender</h2>\n");
    for job in &results.jobs {
        page.push_str(&of_job(job));
    }
    Ok(page)
}

fn of_rows<'a>(rows: impl Iterator<Item = &'a Row>) -> String {
    let mut text = String::from(
        "<table><tr><th>job<th>unit<th class=n>ours<th class=n>hand<th>best peer<th class=n>ratio<th>goal<th></tr>\n",
    );
    for row in rows {
        let [job, unit, ours, hand, peer, ratio, goal, word] = cells(row).map(|cell| escape(&cell));
        let class = match row.verdict {
            Verdict::Open => "",
            verdict => verdict.word(),
        };
        // Writing to a `String` does not fail.
        let _ = writeln!(
            text,
            "<tr><td>{job}<td>{unit}<td class=n>{ours}<td class=n>{hand}<td>{peer}<td class=n>{ratio}\
             <td>{goal}<td class=\"{class}\">{word}</tr>"
        );
    }
    text.push_str("</table>\n");
    text
}

fn of_job(job: &JobResult) -> String {
    let mut text = format!("<details><summary>{}</summary>\n<table><tr>", escape(job.title));
    for title in detail_header() {
        let _ = write!(text, "<th>{title}");
    }
    text.push_str("<th></tr>\n");
    // A millisecond would leave nothing to see of the others.
    let longest = job.entries.iter().map(|entry| entry.times.typical());
    let longest = longest.filter(|time| *time < 1e5).fold(0.0, f64::max);
    for (entry, cells) in job.entries.iter().zip(detail_cells(job)) {
        let class = if entry.role == Role::Ours { "ours" } else { "" };
        let _ = write!(text, "<tr class=\"{class}\">");
        let [name, median, best, ratio, instructions, allocations, note] = cells.map(|cell| escape(&cell));
        let width = (entry.times.typical() / longest * 100.0).min(100.0);
        let _ = writeln!(
            text,
            "<td>{name}<td class=n>{median}<td class=n>{best}<td class=n>{ratio}<td class=n>{instructions}\
             <td class=n>{allocations}<td><small>{note}</small>\
             <td style=\"width:25%\"><div class=bar style=\"width:{}%\"></div></tr>",
            short(width)
        );
    }
    text.push_str("</table></details>\n");
    text
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
