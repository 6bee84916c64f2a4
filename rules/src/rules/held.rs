//! What the guard rules share: which expressions take a lock, and until where a variable keeps what it holds.

use proc_macro2::Span;
use syn::visit::{self, Visit};
use syn::{Expr, ExprAsync, ExprAwait, ExprClosure, ExprMethodCall, Ident, Item, Local, Macro, Pat, Stmt};

use crate::context::{Cx, bare_ident, tokens_mention};

/// An expression that takes a lock.
pub(super) struct Taken {
    /// What kind of lock it is, where that is known: `std::sync::MutexGuard`.
    pub(super) guard: Option<&'static str>,
    /// The lock was waited for with `.await`.
    pub(super) is_async: bool,
}

const METHODS: [&str; 8] = [
    "lock",
    "read",
    "write",
    "borrow",
    "borrow_mut",
    "upgradable_read",
    "enter",
    "borrow_and_update",
];

/// Reads an expression as `<lock>.lock()`, with `.unwrap()`, `.expect(…)`, `?` or `.await` behind it.
pub(super) fn takes_lock(cx: &Cx<'_>, expr: &Expr) -> Option<Taken> {
    let mut at = expr;
    let mut unwrapped = false;
    let call = loop {
        at = match at {
            Expr::Paren(inner) => &inner.expr,
            Expr::Group(inner) => &inner.expr,
            Expr::Try(inner) => &inner.expr,
            Expr::MethodCall(call) if ["unwrap", "expect"].contains(&call.method.to_string().as_str()) => {
                unwrapped = true;
                &call.receiver
            }
            // `.lock().unwrap_or_else(PoisonError::into_inner)`
            Expr::MethodCall(call) if call.method == "unwrap_or_else" => {
                unwrapped = call.args.first().is_some_and(|arg| {
                    tokens_mention(quote::ToTokens::to_token_stream(arg), &|word| {
                        word == "into_inner"
                    })
                });
                &call.receiver
            }
            Expr::MethodCall(call) => break call,
            Expr::Await(awaited) => return takes_async_lock(&awaited.base),
            _ => return None,
        };
    };
    let method = call.method.to_string();
    if !METHODS.contains(&method.as_str()) || !call.args.is_empty() {
        return None;
    }
    Some(Taken {
        guard: guard_type(cx, call, &method, unwrapped),
        is_async: false,
    })
}

fn takes_async_lock(base: &Expr) -> Option<Taken> {
    let Expr::MethodCall(call) = base else { return None };
    let takes = ["lock", "read", "write", "lock_owned", "read_owned", "write_owned"];
    let method = call.method.to_string();
    (takes.contains(&method.as_str()) && call.args.is_empty()).then_some(Taken {
        guard: None,
        is_async: true,
    })
}

/// Which guard it is: by the declared type of the lock, or by the one shape that only std has.
fn guard_type(cx: &Cx<'_>, call: &ExprMethodCall, method: &str, unwrapped: bool) -> Option<&'static str> {
    let origin = cx.origin(&call.receiver).filter(|origin| origin.steps.is_empty());
    let root = origin.map(|origin| origin.root.trim_end_matches("::new").to_owned());
    let known: &[(&str, &[&str], &'static str)] = &[
        ("std::sync::Mutex", &["lock"], "std::sync::MutexGuard"),
        ("std::sync::RwLock", &["read"], "std::sync::RwLockReadGuard"),
        ("std::sync::RwLock", &["write"], "std::sync::RwLockWriteGuard"),
        ("parking_lot::Mutex", &["lock"], "parking_lot::MutexGuard"),
        (
            "parking_lot::RwLock",
            &["read", "upgradable_read"],
            "parking_lot::RwLockReadGuard",
        ),
        ("parking_lot::RwLock", &["write"], "parking_lot::RwLockWriteGuard"),
        ("std::cell::RefCell", &["borrow"], "std::cell::Ref"),
        ("std::cell::RefCell", &["borrow_mut"], "std::cell::RefMut"),
        (
            "tokio::sync::watch::Receiver",
            &["borrow", "borrow_and_update"],
            "tokio::sync::watch::Ref",
        ),
    ];
    // What a function returns is not known; a type, or its constructor, is.
    let is_type = |root: &String| {
        root.rsplit("::")
            .next()
            .is_some_and(|last| last.starts_with(char::is_uppercase))
    };
    if let Some(root) = root.filter(is_type) {
        let row = known
            .iter()
            .find(|(lock, methods, _)| root == *lock && methods.contains(&method));
        return row.map(|(_, _, guard)| *guard);
    }
    // Nothing is known of the lock: an un-awaited `.lock()` that has to be unwrapped is std's.
    (method == "lock" && unwrapped).then_some("std::sync::MutexGuard")
}

/// The lock that a temporary of this expression keeps until the whole statement ends: `m.lock().unwrap().get(k)`.
pub(super) fn temporary<'e>(cx: &Cx<'_>, expr: &'e Expr) -> Option<(&'e Expr, &'static str)> {
    let mut at = expr;
    loop {
        if let Some(guard) = takes_lock(cx, at).and_then(|taken| taken.guard) {
            return Some((at, guard));
        }
        at = match at {
            Expr::MethodCall(call) => &call.receiver,
            Expr::Field(field) => &field.base,
            Expr::Index(index) => &index.expr,
            Expr::Try(inner) => &inner.expr,
            Expr::Paren(inner) => &inner.expr,
            Expr::Reference(inner) => &inner.expr,
            Expr::Unary(inner) => &inner.expr,
            _ => return None,
        };
    }
}

/// A `let` that is there in any build: an attribute sees it before `cfg` is asked, and what it asks about the variable
/// would be there without it.
pub(super) fn local(stmt: &Stmt) -> Option<&Local> {
    let Stmt::Local(local) = stmt else { return None };
    let is_cfg = |path: &syn::Path| path.is_ident("cfg") || path.is_ident("cfg_attr");
    let is_conditional = local.attrs.iter().any(|attribute| is_cfg(attribute.path()));
    (!is_conditional).then_some(local)
}

/// The variable that a statement binds, and what it is set to.
pub(super) fn binding(stmt: &Stmt) -> Option<(&Local, &Ident, &Expr)> {
    let local = local(stmt)?;
    let pattern = match &local.pat {
        Pat::Type(typed) => &*typed.pat,
        other => other,
    };
    let Pat::Ident(ident) = pattern else { return None };
    Some((local, &ident.ident, &local.init.as_ref()?.expr))
}

/// The first `.await` among these statements that runs while the variable still holds its value: before it is
/// dropped, moved, overwritten or shadowed on any path.
pub(super) fn first_await(stmts: &[Stmt], name: &Ident) -> Option<Span> {
    let mut hold = Hold {
        name,
        state: State::Held,
    };
    for stmt in stmts {
        hold.visit_stmt(stmt);
        match hold.state {
            State::Held => {}
            State::Released => return None,
            State::Awaited(at) => return Some(at),
        }
    }
    None
}

/// Any `.await` that runs when this code does.
pub(super) fn any_await(visit: impl FnOnce(&mut dyn FnMut(&Expr))) -> Option<Span> {
    let mut first = None;
    visit(&mut |expr| {
        let mut awaits = Awaits(None);
        awaits.visit_expr(expr);
        first = first.or(awaits.0);
    });
    first
}

struct Awaits(Option<Span>);

impl<'ast> Visit<'ast> for Awaits {
    fn visit_expr_await(&mut self, awaited: &'ast ExprAwait) {
        self.0 = self.0.or(Some(awaited.await_token.span));
    }
    fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'ast ExprAsync) {}
    fn visit_item(&mut self, _: &'ast Item) {}
}

enum State {
    Held,
    Released,
    Awaited(Span),
}

struct Hold<'n> {
    name: &'n Ident,
    state: State,
}

impl Hold<'_> {
    fn is_name(&self, expr: &Expr) -> bool {
        bare_ident(expr).is_some_and(|ident| ident == self.name)
    }

    fn mentioned(&self, node: &impl quote::ToTokens) -> bool {
        tokens_mention(node.to_token_stream(), &|word| *self.name == word)
    }
}

impl<'ast> Visit<'ast> for Hold<'_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        if !matches!(self.state, State::Held) {
            return;
        }
        match expr {
            // In every other place a bare name is a move: `drop(g)`, `f(g)`, `return g`, `let h = g`, `g = …`.
            Expr::Path(_) if self.is_name(expr) => self.state = State::Released,
            Expr::Reference(inner) if self.is_name(&inner.expr) => {}
            Expr::Unary(inner) if self.is_name(&inner.expr) => {}
            Expr::Field(inner) if self.is_name(&inner.base) => {}
            Expr::Index(inner) if self.is_name(&inner.expr) => self.visit_expr(&inner.index),
            Expr::MethodCall(call) if self.is_name(&call.receiver) => {
                // `g.into_inner()` and its like take the guard itself.
                if call.method.to_string().starts_with("into_") {
                    self.state = State::Released;
                }
                call.args.iter().for_each(|arg| self.visit_expr(arg));
            }
            Expr::Binary(inner) if self.is_name(&inner.left) => self.visit_expr(&inner.right),
            Expr::Await(awaited) => {
                self.visit_expr(&awaited.base);
                if matches!(self.state, State::Held) {
                    self.state = State::Awaited(awaited.await_token.span);
                }
            }
            Expr::Closure(_) | Expr::Async(_) => {
                if self.mentioned(expr) {
                    self.state = State::Released;
                }
            }
            _ => visit::visit_expr(self, expr),
        }
    }

    fn visit_local(&mut self, local: &'ast Local) {
        visit::visit_local(self, local);
        // The old guard lives on under a shadow, but nobody could tell which one is meant from here on.
        if matches!(self.state, State::Held) && self.mentioned(&local.pat) {
            self.state = State::Released;
        }
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        if matches!(self.state, State::Held) && tokens_mention(mac.tokens.clone(), &|word| *self.name == word)
        {
            self.state = State::Released;
        }
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}
