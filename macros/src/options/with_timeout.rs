//! `#[with_timeout(LIMIT)]`, `#[with_timeout(until = INSTANT)]`.

use super::facts::{Facts, Literal, Scope, Stop};
use super::value::duration::LimitArg;
use super::value::expr::ExprArg;
use super::value::naming::{CratePath, Name};
use super::value::predicate::Callable;
use super::value::word::Flag;
use super::{LayerOptions, exclusive, options};
use crate::diag::{Diagnostic, Diagnostics};
use proc_macro2::{Ident, Span};
use quote::{ToTokens, quote};
use syn::LitStr;

options! {
    pub(crate) struct WithTimeoutOptions for "with_timeout", as in "#[with_timeout(5s)]" {
        (value): LimitArg,
        /// A point in time instead of a length.
        until = "until": ExprArg,
        /// Over all attempts: stands above `retry`.
        total = "total": Flag,
        /// Over one attempt: stands below `retry`.
        attempt = "attempt": Flag,
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
            expressions: [self.until.get(), self.or_return.get()]
                .into_iter()
                .flatten()
                .map(ToTokens::to_token_stream)
                .chain(self.error.get().map(ToTokens::to_token_stream))
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
