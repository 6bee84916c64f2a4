//! What a breaker looks at: the last so many calls, or those of a time.

use super::count::Count;
use super::duration::LimitArg;
use super::expr::{ExprArg, parse_expr};
use super::units::{is_number_type, refuse_inner_literals};
use crate::diag::Diagnostic;
use crate::options::Value;
use crate::syntax::list::Form;
use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{Expr, ExprLit, Lit};

/// `window = 100`, `window = 30s`, `window = limits::WINDOW`
pub(crate) enum Window {
    Calls(Count),
    Time(LimitArg),
    /// One of the two, as its type says.
    Expr(ExprArg),
}

impl Value for Window {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let time = |value| {
            LimitArg::parse(key, value)
                .map(Self::Time)
                .map_err(|error| error.note("or a number of calls: `window = 100`"))
        };
        match parse_expr(&value)? {
            Expr::Lit(ExprLit {
                lit: Lit::Int(int), ..
            }) if int.suffix().is_empty() || is_number_type(int.suffix()) => {
                Count::parse(key, value).map(Self::Calls)
            }
            Expr::Lit(_) | Expr::Unary(_) => time(value),
            // Nothing in `2 * 50` has a type to go by.
            _ if !names_anything(&value) => {
                refuse_inner_literals(&value)?;
                Count::parse(key, value).map(Self::Calls)
            }
            _ => ExprArg::parse(key, value).map(Self::Expr),
        }
    }
}

fn names_anything(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Group(group) => names_anything(&group.stream()),
        _ => false,
    })
}
