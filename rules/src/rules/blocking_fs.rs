//! Synchronous file access in async code.

use syn::{Expr, ExprCall, ExprMethodCall, Lit};

use super::blocking;
use super::paths::last;
use crate::context::{Cx, Hooks, Part, Report};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `blocking_fs`: synchronous file access inside async code
pub(crate) static RULE: Rule = Rule {
    id: "ETQ102",
    name: "blocking_fs",
    summary: "synchronous file access inside async code",
    help: "use `tokio::fs`, or move the whole file job into one `spawn_blocking`",
    not_a_defect_when: "it happens once before anything else runs (the top of `main`, `init` or `setup…`), in a command-line tool, reads `/proc` or `/sys`, only asks for metadata, runs on a thread of its own, or a comment right above says why it blocks",
    explain: include_str!("../../docs/blocking_fs.md"),
    levels: Levels::of(['-', 'w', 'w', '-', 'd']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        call: Some(call),
        method: Some(method),
        ..Hooks::NONE
    },
};

/// Functions of `std::fs` that tokio has under the same name with the same arguments.
const SAME_IN_TOKIO: [&str; 16] = [
    "canonicalize",
    "copy",
    "create_dir",
    "create_dir_all",
    "hard_link",
    "read",
    "read_dir",
    "read_link",
    "read_to_string",
    "remove_dir",
    "remove_dir_all",
    "remove_file",
    "rename",
    "set_permissions",
    "symlink",
    "write",
];
const OPENERS: [&str; 3] = ["open", "create", "create_new"];

fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    if !blocking::would_block(cx) || cx.in_startup() || reads_the_kernel(call.args.first()) {
        return;
    }
    let Some(path) = cx.callee(call).iter().find(|path| is_file_access(path)).cloned() else {
        return;
    };
    if cx.in_tool() {
        return;
    }
    let name = last(&path);
    let mut report = Report::new(format!("`{path}` waits for the disk inside async code"));
    if OPENERS.contains(&name) {
        report = report.help(format!(
            "use `tokio::fs::File::{name}`, or move the whole file job into one `spawn_blocking`"
        ));
    } else {
        report = report.help(format!(
            "use `tokio::fs::{name}`, or move the whole file job into one `spawn_blocking`"
        ));
        if path.starts_with("std::") && name != "read_dir" {
            let parts = vec![
                Part::text(format!("tokio::fs::{name}(")),
                Part::kept(&call.args),
                Part::text(").await"),
            ];
            report = report.edit(call, parts);
        }
    }
    cx.report(&RULE, call, report);
}

/// `OpenOptions::new().read(true).open(path)`.
fn method(cx: &mut Cx<'_>, call: &ExprMethodCall) {
    if call.method != "open" || call.args.len() != 1 || !blocking::would_block(cx) || cx.in_startup() {
        return;
    }
    let Some(origin) = cx.origin(&call.receiver) else {
        return;
    };
    let options = [
        "std::fs::OpenOptions::new",
        "std::fs::OpenOptions",
        "std::fs::File::options",
        "fs_err::OpenOptions::new",
    ];
    let opens = options.contains(&origin.root.as_str()) && !origin.has("await");
    if opens && !reads_the_kernel(call.args.first()) && !cx.in_tool() {
        let report = Report::new("`std::fs::OpenOptions::open` waits for the disk inside async code")
            .help("use `tokio::fs::OpenOptions`, or move the whole file job into one `spawn_blocking`");
        cx.report(&RULE, call, report);
    }
}

fn is_file_access(path: &str) -> bool {
    let rest = path
        .strip_prefix("std::fs::")
        .or_else(|| path.strip_prefix("fs_err::"));
    rest.is_some_and(|rest| match rest.strip_prefix("File::") {
        Some(function) => OPENERS.contains(&function),
        None => SAME_IN_TOKIO.contains(&rest),
    })
}

/// Files that are answered from memory.
fn reads_the_kernel(path: Option<&Expr>) -> bool {
    let Some(Expr::Lit(lit)) = path else { return false };
    let Lit::Str(text) = &lit.lit else { return false };
    ["/proc/", "/sys/", "/dev/"]
        .iter()
        .any(|folder| text.value().starts_with(folder))
}
