//! Small questions about expressions that many rules ask.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprAsync, ExprClosure, Item};

use super::expand::Expansions;

/// The expression without parentheses, groups and references.
pub(crate) fn strip(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(inner) => strip(&inner.expr),
        Expr::Group(inner) => strip(&inner.expr),
        Expr::Reference(inner) => strip(&inner.expr),
        _ => expr,
    }
}

/// The name, if the expression is nothing but a variable.
pub(crate) fn bare_ident(expr: &Expr) -> Option<&syn::Ident> {
    match expr {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident(),
        Expr::Paren(inner) => bare_ident(&inner.expr),
        Expr::Group(inner) => bare_ident(&inner.expr),
        _ => None,
    }
}

/// The names of the methods of a chain, first called first; `.await`, `?` and fields are passed over.
pub(crate) fn chain_methods(expr: &Expr) -> Vec<String> {
    let mut methods = Vec::new();
    let mut at = expr;
    loop {
        at = match at {
            Expr::MethodCall(call) => {
                methods.push(call.method.to_string());
                &call.receiver
            }
            Expr::Await(inner) => &inner.base,
            Expr::Try(inner) => &inner.expr,
            Expr::Paren(inner) => &inner.expr,
            Expr::Group(inner) => &inner.expr,
            Expr::Reference(inner) => &inner.expr,
            Expr::Field(inner) => &inner.base,
            _ => break,
        };
    }
    methods.reverse();
    methods
}

/// What a chain of methods starts from.
pub(crate) fn method_chain_root(expr: &Expr) -> &Expr {
    let mut at = expr;
    loop {
        at = match at {
            Expr::MethodCall(call) => &call.receiver,
            Expr::Await(inner) => &inner.base,
            Expr::Try(inner) => &inner.expr,
            Expr::Paren(inner) => &inner.expr,
            Expr::Group(inner) => &inner.expr,
            Expr::Reference(inner) => &inner.expr,
            _ => return at,
        };
    }
}

/// Whether the innermost expression around awaits this one directly.
pub(crate) fn is_awaited_call(around: Option<&Expr>) -> bool {
    matches!(around, Some(Expr::Await(_)))
}

/// `drop(…)`.
pub(crate) fn is_drop_call(expr: &Expr) -> bool {
    let Expr::Call(call) = expr else { return false };
    let Expr::Path(path) = strip(&call.func) else {
        return false;
    };
    path.path.segments.last().is_some_and(|last| last.ident == "drop") && call.args.len() == 1
}

/// The value that a statement ends with and throws away: through `drop(…)`, `_ = …` and parentheses.
pub(crate) fn thrown_away(expr: &Expr) -> &Expr {
    match expr {
        Expr::Call(call) if is_drop_call(expr) => call.args.first().map_or(expr, |arg| thrown_away(arg)),
        Expr::Assign(assign) if matches!(strip(&assign.left), Expr::Infer(_)) => thrown_away(&assign.right),
        Expr::Paren(paren) => thrown_away(&paren.expr),
        _ => expr,
    }
}

/// An attribute whose last word is this.
pub(crate) fn attr_named<'a>(attrs: &'a [Attribute], name: &str) -> Option<&'a Attribute> {
    attrs
        .iter()
        .find(|attr| attr.path().segments.last().is_some_and(|last| last.ident == name))
}

/// Whether any identifier in the tokens satisfies the test.
pub(crate) fn tokens_mention(tokens: TokenStream, test: &dyn Fn(&str) -> bool) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => test(&ident.to_string()),
        TokenTree::Group(group) => tokens_mention(group.stream(), test),
        _ => false,
    })
}

/// Looks for an expression below a node that is run when the node is: not inside closures, async blocks or items.
/// `select!` and its like are looked into.
pub(crate) fn contains(
    expansions: &Expansions,
    start: impl FnOnce(&mut Search<'_>),
    test: &mut dyn FnMut(&Expr) -> Verdict,
    macros: &mut dyn FnMut(&syn::Macro) -> Verdict,
) -> bool {
    let mut search = Search {
        expansions,
        test,
        macros,
        found: false,
    };
    start(&mut search);
    search.found
}

/// What a search makes of one expression.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Found,
    Enter,
    /// Do not look inside.
    Pass,
}

pub(crate) struct Search<'s> {
    expansions: &'s Expansions,
    test: &'s mut dyn FnMut(&Expr) -> Verdict,
    macros: &'s mut dyn FnMut(&syn::Macro) -> Verdict,
    found: bool,
}

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        if self.found {
            return;
        }
        match (self.test)(expr) {
            Verdict::Found => self.found = true,
            Verdict::Pass => {}
            Verdict::Enter => match expr {
                Expr::Macro(found) => self.visit_macro(&found.mac),
                _ => visit::visit_expr(self, expr),
            },
        }
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        match (self.macros)(mac) {
            Verdict::Found => self.found = true,
            Verdict::Pass => return,
            Verdict::Enter => {}
        }
        if let Some(expansion) = self.expansions.get(mac) {
            expansion.each(&mut |expr| self.visit_expr(expr));
        }
    }

    fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'ast ExprAsync) {}
    fn visit_item(&mut self, _: &'ast Item) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}
