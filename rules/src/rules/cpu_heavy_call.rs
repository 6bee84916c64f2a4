//! Password hashing and the like in async code.

use syn::{ExprCall, ExprMethodCall};

use super::blocking;
use crate::context::{Cx, Hooks, Report};
use crate::policy::path_matches;
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `cpu_heavy_call`: known to burn milliseconds of CPU on the executor
pub(crate) static RULE: Rule = Rule {
    id: "ETQ107",
    name: "cpu_heavy_call",
    summary: "known to burn milliseconds of CPU on the executor",
    help: "wrap it in `tokio::task::spawn_blocking`, or measure it with `slow_poll`",
    not_a_defect_when: "it runs once before anything else does, on a thread of its own, or with parameters that make it cheap (tests)",
    explain: include_str!("../../docs/cpu_heavy_call.md"),
    levels: Levels::of(['-', 'w', 'w', '-', 'w']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        call: Some(call),
        method: Some(method),
        ..Hooks::NONE
    },
};

const CALLS: [&str; 13] = [
    "argon2::hash_encoded",
    "argon2::hash_raw",
    "argon2::verify_encoded",
    "argon2::verify_raw",
    "bcrypt::bcrypt",
    "bcrypt::hash",
    "bcrypt::hash_with_result",
    "bcrypt::hash_with_salt",
    "bcrypt::verify",
    "pbkdf2::pbkdf2",
    "pbkdf2::pbkdf2_hmac",
    "pbkdf2::pbkdf2_hmac_array",
    "scrypt::scrypt",
];

fn call(cx: &mut Cx<'_>, call: &ExprCall) {
    if !blocking::would_block(cx) || cx.in_startup() {
        return;
    }
    let listed = |path: &String| {
        CALLS.contains(&path.as_str())
            || cx
                .data()
                .cpu_heavy
                .iter()
                .any(|entry| entry.contains("::") && path_matches(entry, path))
    };
    if let Some(path) = cx.callee(call).iter().find(|path| listed(path)).cloned() {
        cx.report(
            &RULE,
            call,
            Report::new(format!(
                "`{path}` is known to burn milliseconds of CPU on the executor"
            )),
        );
    }
}

/// `Argon2::default().hash_password(…)`: only where the hasher is known.
fn method(cx: &mut Cx<'_>, call: &ExprMethodCall) {
    let name = call.method.to_string();
    let hashes = [
        "hash_password",
        "hash_password_into",
        "verify_password",
        "hash_password_customized",
    ];
    if !hashes.contains(&name.as_str()) || !blocking::would_block(cx) || cx.in_startup() {
        return;
    }
    let Some(origin) = cx.origin(&call.receiver) else {
        return;
    };
    if ["argon2::", "scrypt::", "pbkdf2::"]
        .iter()
        .any(|hasher| origin.root.starts_with(hasher))
    {
        cx.report(
            &RULE,
            call,
            Report::new(format!(
                "`{name}` is known to burn milliseconds of CPU on the executor"
            )),
        );
    }
}
