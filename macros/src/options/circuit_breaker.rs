//! `#[circuit_breaker]`: when to stop asking, and when to ask again.

use super::facts::{Facts, State, Stop};
use super::value::count::{Count, Number, Ratio};
use super::value::duration::{DurationArg, LimitArg};
use super::value::expr::{ExprArg, lone_ident};
use super::value::naming::{CratePath, Name};
use super::value::predicate::Callable;
use super::{LayerOptions, Value, exclusive, options, written};
use crate::diag::{Diagnostic, Diagnostics};
use crate::syntax::list::Form;
use proc_macro2::{Ident, TokenStream};
use syn::{Expr, ExprLit, Lit, LitStr};

options! {
    pub(crate) struct CircuitBreakerOptions for "circuit_breaker", as in "#[circuit_breaker(failure_rate = 0.5)]" {
        failure_rate = "failure_rate": Ratio,
        window = "window": Window,
        min_calls = "min_calls": Count,
        consecutive = "consecutive": Count,
        open_for = "open_for": LimitArg,
        factor = "factor": Number,
        max = "max": LimitArg,
        probes = "probes": Count,
        slow_call = "slow_call": LimitArg,
        slow_rate = "slow_rate": Ratio,
        when = "when": Callable,
        abandoned = "abandoned": Abandoned,
        state = "state": ExprArg,
        key = "key": ExprArg,
        error = "error": Callable,
        or_return = "or_return": ExprArg,
        name = "name": Name,
        krate = "crate": CratePath,
    }
    former {
        "failure_threshold" => "write `failure_rate = 0.5`, or `consecutive = 5` for failures in a row",
        "failure_rate_threshold" => "write `failure_rate = 0.5`",
        "threshold" => "write `failure_rate = 0.5`, or `consecutive = 5` for failures in a row",
        "failures" => "write `consecutive = 5` for failures in a row",
        "sliding_window" => "write `window = 100` for calls, or `window = 30s`",
        "sliding_window_size" => "write `window = 100`",
        "minimum_number_of_calls" => "write `min_calls = 20`",
        "minimum_throughput" => "write `min_calls = 20`",
        "reset_timeout" => "write `open_for = 30s`",
        "wait_duration_in_open_state" => "write `open_for = 30s`",
        "break_duration" => "write `open_for = 30s`",
        "delay" => "write `open_for = 30s`",
        "half_open_max_calls" => "write `probes = 3`",
        "success_threshold" => "write `probes = 3`",
        "slow_call_duration_threshold" => "write `slow_call = 1s`",
        "record_exceptions" => "write `when = …`",
    }
}

/// `window = 100` or `window = 30s`
pub(crate) enum Window {
    Calls(Count),
    Time(DurationArg),
}

impl Value for Window {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let is_count = matches!(
            syn::parse2(value.clone()),
            Ok(Expr::Lit(ExprLit { lit: Lit::Int(int), .. })) if int.suffix().is_empty()
        );
        if is_count {
            return Count::parse(key, value).map(Self::Calls);
        }
        LimitArg::parse(key, value)
            .map(|time| Self::Time(time.0))
            .map_err(|error| error.note("or a number of calls: `window = 100`"))
    }
}

/// `abandoned = ignore | failure`
pub(crate) enum Abandoned {
    Ignore,
    Failure,
}

impl Value for Abandoned {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        match lone_ident(&value) {
            Some(word) if word == "ignore" => Ok(Self::Ignore),
            Some(word) if word == "failure" => Ok(Self::Failure),
            _ => Err(Diagnostic::on(
                &value,
                format_args!("`{key}` says what a call that was dropped counts as"),
            )
            .help(format_args!("write `{key} = ignore` or `{key} = failure`"))),
        }
    }
}

impl CircuitBreakerOptions {
    /// The options that configure a breaker of the function's own, as written.
    fn configuration(&self) -> [(Option<&Ident>, Option<&TokenStream>); 10] {
        [
            (self.failure_rate.key(), self.failure_rate.written()),
            (self.window.key(), self.window.written()),
            (self.min_calls.key(), self.min_calls.written()),
            (self.consecutive.key(), self.consecutive.written()),
            (self.open_for.key(), self.open_for.written()),
            (self.factor.key(), self.factor.written()),
            (self.max.key(), self.max.written()),
            (self.probes.key(), self.probes.written()),
            (self.slow_call.key(), self.slow_call.written()),
            (self.slow_rate.key(), self.slow_rate.written()),
        ]
    }

    /// Whether calls may be slow: a breaker from elsewhere may mind.
    pub(crate) fn measures(&self) -> bool {
        self.slow_call.is_given() || self.state.is_given()
    }

    /// Whether a call that is dropped counts as a failure.
    pub(crate) fn abandoned_is_failure(&self) -> bool {
        matches!(self.abandoned.get(), Some(Abandoned::Failure))
    }
}

impl LayerOptions for CircuitBreakerOptions {
    fn name(&self) -> Option<&LitStr> {
        self.name.get().map(|name| &name.0)
    }

    fn facts(&self) -> Facts {
        Facts {
            stop: Some(Stop::Refused),
            has_own_return: self.error.is_given() || self.or_return.is_given(),
            reads_run: true,
            judges: true,
            // A breaker from elsewhere has settings from elsewhere.
            ignores_abandoned: !self.abandoned_is_failure() && !self.state.is_given(),
            times_body: self.measures(),
            states: State::of(&self.state, "state").into_iter().collect(),
            statics: written(self.configuration().map(|(_, value)| value)),
            state_option: Some("state"),
            expressions: written([
                self.state.written(),
                self.key.written(),
                self.when.written(),
                self.or_return.written(),
                self.error.written(),
            ]),
            ..Facts::default()
        }
    }

    fn check(&self, diagnostics: &Diagnostics) {
        exclusive(self.error.key(), self.or_return.key(), diagnostics);
        for (configured, _) in self.configuration() {
            exclusive(self.state.key(), configured, diagnostics);
        }
        exclusive(self.state.key(), self.abandoned.key(), diagnostics);
        for rate in [self.failure_rate.key(), self.window.key(), self.min_calls.key()] {
            exclusive(self.consecutive.key(), rate, diagnostics);
        }
        if let (Some(rate), None) = (self.slow_rate.key(), self.slow_call.key()) {
            diagnostics.push(
                Diagnostic::at(
                    rate.span(),
                    "`slow_rate` says nothing: no call is slow without `slow_call`",
                )
                .help("write `slow_call = 1s` too"),
            );
        }
        self.check_sizes(diagnostics);
    }
}

impl CircuitBreakerOptions {
    /// Numbers that cannot all be meant.
    fn check_sizes(&self, diagnostics: &Diagnostics) {
        if let (Some(Window::Calls(window)), Some(min)) = (self.window.get(), self.min_calls.get())
            && let (Some(window), Some(min)) = (window.literal, min.literal)
            && min > window
            && let Some(key) = self.min_calls.key()
        {
            diagnostics.push(
                Diagnostic::at(
                    key.span(),
                    format_args!("a window of {window} calls never holds {min}"),
                )
                .help(format_args!(
                    "write `min_calls = {window}` or less, or a larger `window`"
                )),
            );
        }
        if let (Some(open_for), Some(max)) = (self.open_for.get(), self.max.get())
            && let (Some(open_for), Some(max)) = (open_for.0.literal, max.0.literal)
            && max < open_for
            && let Some(key) = self.max.key()
        {
            diagnostics.push(
                Diagnostic::at(
                    key.span(),
                    format_args!("`max` is shorter than `open_for` of {open_for:?}"),
                )
                .help("`max` is how far `open_for` may grow: raise it, or leave it out"),
            );
        }
    }
}
