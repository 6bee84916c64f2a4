//! Variables that may be the entry of a concurrent map, which is a guard of one of its locks: `dashmap` has such. Only
//! types tell them from references, so this is for questions, and for crates that ask them.

use syn::{Block, Expr, ExprMethodCall, Ident, Local, Pat, Stmt};

use super::held::{binding, local};

/// `let entry = map.get(&key).unwrap();`, `let Some(entry) = map.get_mut(&key) else { … };`
pub(super) fn bound(stmt: &Stmt) -> Option<(&Local, &Ident)> {
    if let Some((local, name, init)) = binding(stmt) {
        return is_entry(init).then_some((local, name));
    }
    let local = local(stmt)?;
    let name = in_some(&local.pat)?;
    let init = local.init.as_ref()?;
    (init.diverge.is_some() && looks_up(&init.expr)).then_some((local, name))
}

/// `if let Some(entry) = map.get(&key) { … }`, `for entry in map.iter() { … }`
pub(super) fn bound_inside(expr: &Expr) -> Option<(&Ident, &Block)> {
    let (condition, inside) = match expr {
        Expr::If(found) => (&*found.cond, &found.then_branch),
        Expr::While(found) => (&*found.cond, &found.body),
        Expr::ForLoop(found) => {
            let name = plain(&found.pat)?;
            let walks = method(&found.expr, &["iter", "iter_mut"], 0).is_some();
            return walks.then_some((name, &found.body));
        }
        _ => return None,
    };
    let Expr::Let(condition) = condition else {
        return None;
    };
    let name = in_some(&condition.pat)?;
    looks_up(&condition.expr).then_some((name, inside))
}

/// `map.get(&key)`
fn looks_up(expr: &Expr) -> bool {
    method(expr, &["get", "get_mut"], 1).is_some()
}

/// `map.get(&key).unwrap()`, `map.entry(key).or_default()`
fn is_entry(expr: &Expr) -> bool {
    let Expr::MethodCall(call) = expr else {
        return false;
    };
    match call.method.to_string().as_str() {
        "unwrap" | "expect" => looks_up(&call.receiver),
        "or_default" | "or_insert" | "or_insert_with" => method(&call.receiver, &["entry"], 1).is_some(),
        _ => false,
    }
}

fn method<'e>(expr: &'e Expr, names: &[&str], args: usize) -> Option<&'e ExprMethodCall> {
    match expr {
        Expr::MethodCall(call) if call.args.len() == args => {
            names.iter().any(|name| call.method == name).then_some(call)
        }
        _ => None,
    }
}

/// `Some(name)`
fn in_some(pat: &Pat) -> Option<&Ident> {
    let Pat::TupleStruct(pat) = pat else { return None };
    let is_some = pat.path.segments.last().is_some_and(|last| last.ident == "Some");
    match pat.elems.first() {
        Some(inner) if is_some && pat.elems.len() == 1 => plain(inner),
        _ => None,
    }
}

fn plain(pat: &Pat) -> Option<&Ident> {
    match pat {
        Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => Some(&pat.ident),
        _ => None,
    }
}
