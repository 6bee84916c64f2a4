//! The list as one page: its style and script are in it, nothing is fetched, and it can be mailed or kept.

use super::Listed;
use super::model::{Function, Runs, spoken};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

pub(super) fn print(listed: &Listed) -> String {
    let rows: String = listed
        .annotated
        .iter()
        .chain(&listed.plain)
        .map(|function| row(listed, function))
        .collect();
    let name = listed
        .tree
        .root()
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let name = escape(&name);
    let (annotated, plain) = (listed.annotated.len(), listed.plain.len());
    let nested = listed
        .annotated
        .iter()
        .filter(|function| !function.nested.is_empty())
        .count();
    let skipped: String = listed
        .skipped
        .iter()
        .map(|(path, reason)| format!("<li><code>{}</code> {}</li>\n", escape(path), escape(reason)))
        .collect();
    let skipped = match skipped.is_empty() {
        true => String::new(),
        false => format!("<h2>Files that could not be read</h2>\n<ul>\n{skipped}</ul>\n"),
    };
    format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>{name}: annotated functions</title>
<style>
{STYLE}</style>
</head>
<body>
<main>
<h1>{name}</h1>
<p>{annotated} annotated functions, {nested} with a retry inside a retry; {plain} public async functions without a layer.</p>
<form role="search" id="filters">
<label>Filter <input type="search" id="filter" autocomplete="off" placeholder="name, file or layer"></label>
<label>Show <select id="show">
<option value="all">all</option>
<option value="annotated">annotated</option>
<option value="plain">without a layer</option>
<option value="nested">retry inside a retry</option>
<option value="endless">no worst case known</option>
</select></label>
<output id="count" for="filter show" aria-live="polite"></output>
</form>
<div class="scroll" role="region" aria-label="Functions" tabindex="0">
<table id="functions">
<thead>
<tr>
<th scope="col" data-sort="text" aria-sort="none"><button type="button">Function</button></th>
<th scope="col" data-sort="text" aria-sort="none"><button type="button">Place</button></th>
<th scope="col" data-sort="number" aria-sort="none"><button type="button">Layers</button></th>
<th scope="col" data-sort="number" aria-sort="none"><button type="button">Runs</button></th>
<th scope="col" data-sort="number" aria-sort="none"><button type="button">Worst case</button></th>
</tr>
</thead>
<tbody>
{rows}</tbody>
</table>
</div>
{skipped}</main>
<script>
{SCRIPT}</script>
</body>
</html>
"#
    )
}

/// One row, readable without the script.
fn row(listed: &Listed, function: &Function) -> String {
    let stack: String = function
        .layers
        .iter()
        .map(|layer| {
            let from = if layer.from_defaults {
                " <small>from defaults</small>"
            } else {
                ""
            };
            format!("<li><code>{}</code>{from}</li>", escape(&layer.shown()))
        })
        .collect();
    let stack = match function.layers.is_empty() {
        true => "<span class=\"none\">none</span>".to_owned(),
        false => format!("<ol>{stack}</ol>"),
    };
    let nested: String = function
        .nested
        .iter()
        .map(|nested| {
            let through = escape(&nested.through.join(" → "));
            format!(
                "<p class=\"nested\">retry inside a retry: through {through}, up to {} runs</p>",
                nested.runs
            )
        })
        .collect();
    let kind = match (function.layers.is_empty(), function.nested.is_empty()) {
        (true, _) => "plain",
        (_, true) => "annotated",
        (_, false) => "annotated nested",
    };
    let endless = if function.bound.worst.is_none() {
        " endless"
    } else {
        ""
    };
    // What no literal limits sorts behind everything that one does.
    let runs = match function.bound.runs {
        Runs::AtMost(n) => n.to_string(),
        Runs::Forever => "Infinity".to_owned(),
        Runs::Unknown => "1e308".to_owned(),
    };
    let seconds = function
        .bound
        .worst
        .map_or("Infinity".to_owned(), |worst| worst.as_secs_f64().to_string());
    let worst = match (function.bound.worst, function.bound.with_hints) {
        (None, _) => "<span class=\"none\">not known</span>".to_owned(),
        (Some(worst), hints) if hints == Some(worst) => spoken(worst),
        (Some(worst), Some(hints)) => {
            format!(
                "{} <small>{} if errors ask for waits</small>",
                spoken(worst),
                spoken(hints)
            )
        }
        (Some(worst), None) => format!("{} <small>longer if errors ask for waits</small>", spoken(worst)),
    };
    let place = format!("{}:{}", listed.path(function), function.line);
    format!(
        "<tr class=\"{kind}{endless}\">\n<th scope=\"row\"><code>{}</code>{nested}</th>\n<td data-key=\"{}:{:08}\"><code>{}</code></td>\n\
         <td data-key=\"{}\">{stack}</td>\n<td data-key=\"{runs}\">{}</td>\n<td data-key=\"{seconds}\">{worst}</td>\n</tr>\n",
        escape(&function.name),
        escape(&listed.path(function)),
        function.line,
        escape(&place),
        function.layers.len(),
        function.bound.runs,
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
