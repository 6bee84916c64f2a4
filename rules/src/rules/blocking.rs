//! What the 1xx rules share: where a blocking call does harm.

use syn::ExprCall;

use crate::context::{Cx, is_awaited_call};

/// A blocking call here would hold an executor thread. A call that is awaited is another function of the same name.
pub(super) fn would_block(cx: &Cx<'_>) -> bool {
    cx.in_async() && !is_awaited_call(cx.around(0))
}

/// Whether the call's function is one of these, by its full path.
pub(super) fn is_call_to(cx: &Cx<'_>, call: &ExprCall, paths: &[&str]) -> bool {
    cx.callee(call).iter().any(|path| paths.contains(&path.as_str()))
}
