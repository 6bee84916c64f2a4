//! `#[with_timeout(LIMIT)]`, `#[with_timeout(until = INSTANT)]`, `#[with_timeout(LIMIT, inherit)]`.

use super::facts::{Facts, Literal, Scope, Stop};
use super::value::duration::LimitArg;
use super::value::expr::{ExprArg, parse_expr};
use super::value::naming::{CratePath, Name};
use super::value::predicate::Callable;
use super::value::word::Flag;
use super::{LayerOptions, Value, exclusive, options};
use crate::diag::{Diagnostic, Diagnostics};
use crate::syntax::list::Form;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, LitStr};

options! {
    pub(crate) struct WithTimeoutOptions for "with_timeout", as in "#[with_timeout(5s)]" {
        (value): LimitArg,
        /// A point in time instead of a length.
        until = "until": Until,
        /// Over all attempts: stands above `retry`.
        total = "total": Flag,
        /// Over one attempt: stands below `retry`.
        attempt = "attempt": Flag,
        /// What the body calls sees the deadline.
        inherit = "inherit": Flag,
        error = "error": Callable,
        or_return = "or_return": ExprArg,
        name = "name": Name,
        krate = "crate": CratePath,
    }
    former {
        "timeout" => "the limit stands alone: `#[with_timeout(5s)]`",
        "duration" => "the limit stands alone: `#[with_timeout(5s)]`",
        "limit" => "the limit stands alone: `#[with_timeout(5s)]`",
        "secs" => "the limit stands alone, with its unit: `#[with_timeout(5s)]`",
        "seconds" => "the limit stands alone, with its unit: `#[with_timeout(5s)]`",
        "ms" => "the limit stands alone, with its unit: `#[with_timeout(250ms)]`",
        "millis" => "the limit stands alone, with its unit: `#[with_timeout(250ms)]`",
        "after" => "the limit stands alone: `#[with_timeout(5s)]`",
        "within" => "the limit stands alone: `#[with_timeout(5s)]`",
        "deadline" => "write `until = …`",
        "at" => "write `until = …`",
        "on_error" => "write `error = …`",
        "on_timeout" => "write `error = …` for the error, or `or_return = …` for the whole return value",
        "map_err" => "write `error = …`",
        "default" => "write `or_return = …`",
        "per_attempt" => "write `attempt`",
        "overall" => "write `total`",
        "propagate" => "write `inherit`",
        "inherited" => "write `inherit`",
    }
}

/// A point in time: any expression but a literal, which could only be a length.
pub(crate) struct Until(ExprArg);

impl Value for Until {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        if let Expr::Lit(_) = parse_expr(&value)? {
            return Err(
                Diagnostic::on(&value, format_args!("`{key}` is a point in time, not a length")).help(
                    format_args!("write `#[with_timeout({value})]` for a length of time"),
                ),
            );
        }
        ExprArg::parse(key, value).map(Self)
    }
}

impl ToTokens for Until {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.0.to_tokens(tokens);
    }
}

impl LayerOptions for WithTimeoutOptions {
    fn name(&self) -> Option<&LitStr> {
        self.name.get().map(|name| &name.0)
    }

    fn facts(&self) -> Facts {
        let limit = self.value.get().map(|limit| &limit.0);
        let total = self.total.key().map(|word| Scope::Total(word.span()));
        let attempt = self.attempt.key().map(|word| Scope::Attempt(word.span()));
        Facts {
            stop: Some(Stop::TimedOut),
            has_own_return: self.error.is_given() || self.or_return.is_given(),
            twice_around_repeats: true,
            bounds: true,
            tells_limit: self.inherit.is_given(),
            limit: limit.and_then(|limit| {
                let value = limit.literal?;
                let written = limit.written().clone();
                Some(Literal { value, written })
            }),
            value: limit.map(|limit| limit.written().clone()).or_else(|| {
                let until = self.until.get()?;
                Some(quote!(until = #until))
            }),
            scope: total.or(attempt),
            expressions: [
                self.until.get().map(ToTokens::to_token_stream),
                self.or_return.get().map(ToTokens::to_token_stream),
                self.error.get().map(ToTokens::to_token_stream),
            ]
            .into_iter()
            .flatten()
            .chain(limit.map(|limit| limit.written().clone()))
            .collect(),
            ..Facts::default()
        }
    }

    fn check(&self, diagnostics: &Diagnostics) {
        exclusive(self.error.key(), self.or_return.key(), diagnostics);
        exclusive(self.total.key(), self.attempt.key(), diagnostics);
        match (self.value.is_given(), self.until.key()) {
            (true, Some(until)) => diagnostics.push(
                Diagnostic::at(until.span(), "`until` conflicts with the limit that is given too")
                    .help("keep one of the two: a length of time, or a point in time"),
            ),
            (false, None) => {
                let word = self.total.key().or(self.attempt.key());
                diagnostics.push(
                    Diagnostic::at(word.map_or_else(Span::call_site, Ident::span), "`#[with_timeout]` needs a limit")
                        .help("write `#[with_timeout(5s)]`, or `#[with_timeout(until = deadline)]` for a point in time"),
                );
            }
            _ => {}
        }
    }
}
