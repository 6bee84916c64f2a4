//! A retry inside somebody else's transaction.

use syn::{FnArg, Type};

use crate::context::{Cx, FnFrame, Hooks, Report};
use crate::rule::Levels;
use crate::{Needs, Rule};

/// `retried_transaction`: a retry inside a transaction runs the statements of the failed attempt twice, or on an aborted transaction
pub(crate) static RULE: Rule = Rule {
    id: "ETQ505",
    name: "retried_transaction",
    summary: "a retry inside a transaction runs the statements of the failed attempt twice, or on an aborted transaction",
    help: "begin the transaction inside the retried function, or put `#[retry]` on the caller that begins it",
    not_a_defect_when: "the parameter is a pool, from which each attempt takes its own connection",
    explain: include_str!("../../docs/retried_transaction.md"),
    levels: Levels::of(['d', 'd', 'd', 'd', 'd']),
    needs: Needs::Imports,
    in_test_code: false,
    hooks: Hooks {
        function: Some(function),
        ..Hooks::NONE
    },
};

/// Crates whose connections and transactions carry state from one attempt to the next.
const CRATES: [&str; 8] = [
    "sqlx",
    "sqlx_core",
    "sea_orm",
    "diesel",
    "diesel_async",
    "tokio_postgres",
    "deadpool_postgres",
    "mysql_async",
];

fn function(cx: &mut Cx<'_>, function: &FnFrame<'_>) {
    if cx.etiquette_attr(function.attrs, "retry").is_none() {
        return;
    }
    for input in &function.sig.inputs {
        let FnArg::Typed(arg) = input else { continue };
        let Type::Reference(reference) = &*arg.ty else {
            continue;
        };
        if reference.mutability.is_none() || !is_session(cx, &reference.elem) {
            continue;
        }
        cx.report(&RULE, &arg.ty, Report::new(RULE.summary));
    }
}

/// `Transaction`, `PgConnection` and their like, by their full path.
fn is_session(cx: &Cx<'_>, ty: &Type) -> bool {
    let Some(origin) = cx.type_origin(ty) else {
        return false;
    };
    let (krate, name) = match (origin.root.split_once("::"), origin.root.rsplit_once("::")) {
        (Some((krate, _)), Some((_, name))) => (krate, name),
        _ => return false,
    };
    CRATES.contains(&krate)
        && (name.ends_with("Transaction") || name.ends_with("Connection") || name == "Conn")
}
