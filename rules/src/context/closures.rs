//! Where a closure runs and what becomes of an async block, judged by the call that takes it.

use syn::{Expr, ExprCall, ExprMethodCall};

use super::shape::{is_drop_call, strip};
use super::{AsyncRole, ClosureRole};
use crate::policy::{Data, path_matches};
use crate::source::Names;

/// Methods that call their closure before they return, on every type of std and futures that has them.
const INLINE: [&str; 52] = [
    "all",
    "and_then",
    "any",
    "binary_search_by",
    "chunk_by",
    "dedup_by",
    "dedup_by_key",
    "extract_if",
    "filter",
    "filter_map",
    "find",
    "find_map",
    "flat_map",
    "fold",
    "for_each",
    "get_or_insert_with",
    "get_or_init",
    "inspect",
    "inspect_err",
    "is_err_and",
    "is_none_or",
    "is_ok_and",
    "is_some_and",
    "map",
    "map_err",
    "map_or",
    "map_or_else",
    "map_while",
    "max_by",
    "max_by_key",
    "min_by",
    "min_by_key",
    "ok_or_else",
    "or_else",
    "or_insert_with",
    "partition",
    "position",
    "reduce",
    "retain",
    "retain_mut",
    "rposition",
    "scan",
    "skip_while",
    "sort_by",
    "sort_by_key",
    "sort_unstable_by",
    "sort_unstable_by_key",
    "take_while",
    "then",
    "try_fold",
    "try_for_each",
    "unwrap_or_else",
];

/// Iterators that run their closures on other threads.
const PARALLEL: [&str; 5] = [
    "par_iter",
    "par_iter_mut",
    "into_par_iter",
    "par_bridge",
    "par_chunks",
];

/// Calls whose closure may block.
const BLOCKING: [&str; 9] = [
    "tokio::task::spawn_blocking",
    "tokio::task::block_in_place",
    "tokio::runtime::Handle::spawn_blocking",
    "std::thread::spawn",
    "std::thread::scope",
    "etiquette::block_in_place",
    "actix_web::web::block",
    "actix_rt::task::spawn_blocking",
    "blocking::unblock",
];

const RACING: [&str; 18] = [
    "timeout",
    "timeout_at",
    "with_timeout",
    "with_timeout_at",
    "or_cancelled",
    "run_until_cancelled",
    "run_until_cancelled_owned",
    "with_cancellation_token",
    "with_cancellation_token_owned",
    "select",
    "select_ok",
    "select_all",
    "race",
    "abortable",
    "take_until",
    "with_graceful_shutdown",
    "run_until",
    "with_deadline",
];

/// The role of a closure, from the expressions around it, innermost last.
pub(crate) fn closure_role(closure: &Expr, around: &[&Expr], names: &Names, data: &Data) -> ClosureRole {
    let Some(parent) = around.last() else {
        return ClosureRole::Unknown;
    };
    match parent {
        Expr::Paren(_) | Expr::Group(_) | Expr::Reference(_) => {
            closure_role(parent, &around[..around.len() - 1], names, data)
        }
        // `(|| …)()`
        Expr::Call(call) if std::ptr::eq(strip(&call.func), strip(closure)) => ClosureRole::Inline,
        Expr::Call(call) => called(call, names, data),
        Expr::MethodCall(call) => method(call, data),
        _ => ClosureRole::Unknown,
    }
}

fn called(call: &ExprCall, names: &Names, data: &Data) -> ClosureRole {
    let Expr::Path(path) = strip(&call.func) else {
        return ClosureRole::Unknown;
    };
    let paths = names.resolve(&path.path);
    let blocking = |path: &String| {
        BLOCKING.contains(&path.as_str())
            || path.starts_with("rayon::")
            || last(path) == "spawn_blocking"
            || data
                .blocking_wrappers
                .iter()
                .any(|wrapper| path_matches(wrapper, path))
    };
    if paths.iter().any(blocking) {
        ClosureRole::Blocking
    } else {
        ClosureRole::Unknown
    }
}

fn method(call: &ExprMethodCall, data: &Data) -> ClosureRole {
    let name = call.method.to_string();
    if name == "spawn_blocking" || data.blocking_wrappers.iter().any(|wrapper| last(wrapper) == name) {
        return ClosureRole::Blocking;
    }
    let chain = super::chain_methods(&call.receiver);
    if INLINE.contains(&name.as_str()) && !chain.iter().any(|method| PARALLEL.contains(&method.as_str())) {
        return ClosureRole::Inline;
    }
    ClosureRole::Unknown
}

/// What becomes of an async block (or of any future that stands there).
pub(crate) fn async_role(around: &[&Expr], handle_dropped: impl Fn(&Expr) -> bool) -> AsyncRole {
    for parent in around.iter().rev() {
        let name = match parent {
            Expr::Paren(_) | Expr::Group(_) | Expr::Reference(_) => continue,
            Expr::MethodCall(call) => call.method.to_string(),
            Expr::Call(call) => match strip(&call.func) {
                Expr::Path(path) => path
                    .path
                    .segments
                    .last()
                    .map(|last| last.ident.to_string())
                    .unwrap_or_default(),
                _ => return AsyncRole::Other,
            },
            _ => return AsyncRole::Other,
        };
        if RACING.contains(&name.as_str()) {
            return AsyncRole::Raced;
        }
        if name.contains("spawn") {
            // What a set or a tracker has spawned it owns, whatever becomes of the handle.
            let by_function = matches!(parent, Expr::Call(_));
            let detached = by_function && (handle_dropped(parent) || is_drop_call(parent));
            return if detached {
                AsyncRole::Detached
            } else {
                AsyncRole::Spawned
            };
        }
        // What only wraps the future: `Box::pin(…)`, `….instrument(span)`, `….boxed()`.
        let wraps = [
            "pin",
            "instrument",
            "in_current_span",
            "boxed",
            "boxed_local",
            "with_current_subscriber",
            "new",
        ];
        if !wraps.contains(&name.as_str()) {
            return AsyncRole::Other;
        }
    }
    AsyncRole::Other
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}
