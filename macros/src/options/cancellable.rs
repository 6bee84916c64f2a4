//! `#[cancellable]`, `#[cancellable(EXPR)]`, `#[cancellable(future = EXPR)]`.

use super::facts::{Facts, Stop};
use super::value::duration::LimitArg;
use super::value::expr::ExprArg;
use super::value::naming::{CratePath, Name};
use super::value::predicate::Callable;
use super::{LayerOptions, exclusive, options};
use crate::diag::{Diagnostic, Diagnostics};
use quote::ToTokens;
use syn::LitStr;

options! {
    pub(crate) struct CancellableOptions for "cancellable", as in "#[cancellable(self.token)]" {
        (value): ExprArg,
        /// Any future instead of a source: the call is cancelled when it is ready.
        future = "future": ExprArg,
        /// How long the body may go on after the cancel.
        grace = "grace": LimitArg,
        error = "error": Callable,
        or_return = "or_return": ExprArg,
        name = "name": Name,
        krate = "crate": CratePath,
    }
    former {
        "token" => "the source stands alone: `#[cancellable(self.token)]`; a `CancellationToken` parameter needs no mention",
        "source" => "the source stands alone: `#[cancellable(self.token)]`",
        "signal" => "write `future = …`",
        "on_cancel" => "write `or_return = …` for the whole return value, or `error = …` for the error",
        "default" => "write `or_return = …`",
        "map_err" => "write `error = …`",
        "err" => "write `error = …`",
        "timeout" => "put `#[with_timeout(5s)]` below",
    }
}

impl LayerOptions for CancellableOptions {
    fn name(&self) -> Option<&LitStr> {
        self.name.get().map(|name| &name.0)
    }

    fn facts(&self) -> Facts {
        let expressions = [self.value.get(), self.future.get(), self.or_return.get()];
        Facts {
            stop: Some(Stop::Cancelled),
            has_own_return: self.error.is_given() || self.or_return.is_given(),
            bounds: true,
            expressions: expressions
                .into_iter()
                .flatten()
                .map(ToTokens::to_token_stream)
                .chain(self.error.get().map(ToTokens::to_token_stream))
                .chain(self.grace.get().map(|grace| grace.0.to_token_stream()))
                .collect(),
            ..Facts::default()
        }
    }

    fn check(&self, diagnostics: &Diagnostics) {
        exclusive(self.error.key(), self.or_return.key(), diagnostics);
        if let (Some(source), Some(future)) = (self.value.get(), self.future.key()) {
            diagnostics.push(
                Diagnostic::at(
                    future.span(),
                    "`future` conflicts with the source that is given too",
                )
                .help(format_args!(
                    "keep one of the two: `#[cancellable({})]` or `#[cancellable(future = …)]`",
                    source.0
                )),
            );
        }
    }
}
