//! Values that are functions: a path, or a closure written in place.

use super::expr::{lone_ident, parse_expr};
use super::units::refuse_inner_literals;
use crate::diag::Diagnostic;
use crate::options::Value;
use crate::syntax::list::Form;
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::Expr;

/// A path or a closure literal.
pub(crate) struct Callable {
    tokens: TokenStream,
}

impl Callable {
    /// The closure's parameter and body when it awaits: it cannot be called then, only written in place.
    pub(crate) fn awaiting(&self) -> Option<(TokenStream, TokenStream)> {
        let Ok(Expr::Closure(closure)) = syn::parse2(self.tokens.clone()) else {
            return None;
        };
        let body = closure.body.to_token_stream();
        let mut inputs = closure.inputs.iter();
        let (Some(input), None) = (inputs.next(), inputs.next()) else {
            return None;
        };
        crate::syntax::scan::awaits(&body).then(|| (input.to_token_stream(), body))
    }
}

impl Value for Callable {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        match parse_expr(&value)? {
            Expr::Path(_) | Expr::Closure(_) => {
                refuse_inner_literals(&value)?;
                Ok(Self { tokens: value })
            }
            _ => Err(Diagnostic::on(
                &value,
                format_args!("`{key}` is a path to a function, or a closure"),
            )
            .help(format_args!("write `{key} = |it| …`"))),
        }
    }
}

impl ToTokens for Callable {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

/// `when = P | any | transient | not_sent`
pub(crate) enum When {
    Any,
    Transient,
    NotSent,
    Callable(Callable),
}

impl Value for When {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        match lone_ident(&value).as_ref().map(Ident::to_string).as_deref() {
            Some("any") => Ok(Self::Any),
            Some("transient") => Ok(Self::Transient),
            Some("not_sent") => Ok(Self::NotSent),
            _ => Callable::parse(key, value.clone())
                .map(Self::Callable)
                .map_err(|error| {
                    if matches!(parse_expr(&value), Ok(Expr::Path(_) | Expr::Closure(_))) {
                        error
                    } else {
                        error.note("or one of the words `any`, `transient`, `not_sent`")
                    }
                }),
        }
    }
}
