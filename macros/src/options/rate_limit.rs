//! `#[rate_limit(100, per = 1s)]`: how many in a stretch of time.

use super::facts::{Facts, State, Stop, identity};
use super::value::count::Count;
use super::value::duration::LimitArg;
use super::value::expr::ExprArg;
use super::value::naming::{CratePath, Name};
use super::value::predicate::Callable;
use super::value::wait::{Wait, endless, words};
use super::{LayerOptions, exclusive, options, refuse_borrow, written};
use crate::diag::{Diagnostic, Diagnostics};
use proc_macro2::{Ident, Span};
use quote::quote;
use syn::LitStr;

options! {
    pub(crate) struct RateLimitOptions for "rate_limit", as in "#[rate_limit(100, per = 1s, wait = none)]" {
        (value): Count,
        per = "per": LimitArg,
        burst = "burst": Count,
        wait = "wait": Wait,
        limiter = "limiter": ExprArg,
        key = "key": ExprArg,
        error = "error": Callable,
        or_return = "or_return": ExprArg,
        name = "name": Name,
        krate = "crate": CratePath,
    }
    former {
        "rate" => "the number stands alone: `#[rate_limit(100, per = 1s)]`",
        "limit" => "the number stands alone: `#[rate_limit(100, per = 1s)]`",
        "calls" => "the number stands alone: `#[rate_limit(100, per = 1s)]`",
        "limit_for_period" => "the number stands alone: `#[rate_limit(100, per = 1s)]`",
        "window" => "write `per = 1s`",
        "period" => "write `per = 1s`",
        "interval" => "write `per = 1s`",
        "every" => "write `per = 1s`",
        "refresh_period" => "write `per = 1s`",
        "per_second" => "write `#[rate_limit(100, per = 1s)]`",
        "per_minute" => "write `#[rate_limit(100, per = 1m)]`",
        "timeout" => "write `wait = 1s`",
        "max_wait" => "write `wait = 1s`",
        "timeout_duration" => "write `wait = 1s`",
        "state" => "write `limiter = &LIMITER`",
        "map_err" => "write `error = …`",
        "default" => "write `or_return = …`",
    }
}

impl LayerOptions for RateLimitOptions {
    fn name(&self) -> Option<&LitStr> {
        self.name.get().map(|name| &name.0)
    }

    fn facts(&self) -> Facts {
        let (rate, per, burst) = (self.value.written(), self.per.written(), self.burst.written());
        Facts {
            stop: Some(Stop::Refused),
            has_own_return: self.error.is_given() || self.or_return.is_given(),
            queues: true,
            endless: endless(&self.wait).filter(|_| rate.is_some() || self.limiter.is_given()),
            identity: identity([rate, per, burst, self.limiter.written(), self.key.written()]),
            value: match (rate, per, self.limiter.written()) {
                (Some(rate), Some(per), _) => Some(quote!(#rate, per = #per)),
                (_, _, Some(limiter)) => Some(quote!(limiter = #limiter)),
                _ => None,
            },
            words: words(&self.wait),
            states: State::of(&self.limiter, "limiter").into_iter().collect(),
            statics: written([rate, per, burst]),
            state_option: Some("limiter"),
            expressions: written([
                self.limiter.written(),
                self.key.written(),
                self.wait.written(),
                self.or_return.written(),
                self.error.written(),
            ]),
            ..Facts::default()
        }
    }

    fn check(&self, diagnostics: &Diagnostics) {
        exclusive(self.error.key(), self.or_return.key(), diagnostics);
        let missing = |span: Span, rule: &str| {
            diagnostics.push(
                Diagnostic::at(span, rule)
                    .help("write `#[rate_limit(100, per = 1s, wait = 1s)]`, or `#[rate_limit(limiter = &LIMITER, wait = 1s)]`"),
            );
        };
        let own = [self.per.key(), self.burst.key()].into_iter().flatten().next();
        if !self.limiter.is_given() && refuse_borrow(self.value.written(), "limiter", diagnostics) {
            return;
        }
        match (self.value.is_given(), own, self.limiter.key()) {
            (true, _, Some(limiter)) | (_, Some(_), Some(limiter)) => diagnostics.push(
                Diagnostic::at(limiter.span(), "the limiter has its own rate")
                    .help("leave the rate out: `#[rate_limit(limiter = &LIMITER)]`"),
            ),
            (true, _, None) if !self.per.is_given() => missing(
                Span::call_site(),
                "a rate is a number in a stretch of time, and `per` is missing",
            ),
            (false, own, None) => missing(
                own.map_or_else(Span::call_site, Ident::span),
                "`#[rate_limit]` needs a rate",
            ),
            _ => {}
        }
    }
}
