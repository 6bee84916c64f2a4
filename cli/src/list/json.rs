//! The list for programs: one JSON object. Times are in seconds.

use serde_json::{Value, json};

use super::Listed;
use super::model::{Function, Runs};
use crate::failure::Failure;

pub(super) fn print(listed: &Listed) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(&object(listed)).map_err(Failure::new)? + "\n")
}

fn object(listed: &Listed) -> Value {
    let functions = listed.annotated.iter().chain(&listed.plain);
    let skipped = listed
        .skipped
        .iter()
        .map(|(path, reason)| json!({ "file": path, "reason": reason }));
    json!({
        "version": 1,
        "functions": functions.map(|function| of(listed, function)).collect::<Vec<_>>(),
        "skipped": skipped.collect::<Vec<_>>(),
    })
}

fn of(listed: &Listed, function: &Function) -> Value {
    let layers = function.layers.iter().map(|layer| {
        json!({ "name": layer.name, "attribute": layer.shown(), "from_defaults": layer.from_defaults })
    });
    let nested = function
        .nested
        .iter()
        .map(|nested| json!({ "through": nested.through, "runs": runs(nested.runs) }));
    json!({
        "name": function.name,
        "package": function.package,
        "file": listed.path(function),
        "line": function.line,
        "public": function.public,
        "in_tests": function.in_tests,
        "annotated": !function.layers.is_empty(),
        "layers": layers.collect::<Vec<_>>(),
        "runs": runs(function.bound.runs),
        "worst_case_seconds": function.bound.worst.map(|worst| worst.as_secs_f64()),
        "worst_case_with_hints_seconds": function.bound.with_hints.map(|worst| worst.as_secs_f64()),
        "nested_retries": nested.collect::<Vec<_>>(),
    })
}

/// A number, `"no limit"`, or `null` where the literals do not tell.
fn runs(runs: Runs) -> Value {
    match runs {
        Runs::AtMost(n) => json!(n),
        Runs::Forever => json!("no limit"),
        Runs::Unknown => Value::Null,
    }
}
