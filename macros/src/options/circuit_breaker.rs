//! `#[circuit_breaker]`: when to stop asking, and when to ask again.

use super::facts::{Facts, State, Stop};
use super::value::count::{Count, Number, Ratio};
use super::value::duration::LimitArg;
use super::value::expr::{ExprArg, lone_ident};
use super::value::naming::{CratePath, Name};
use super::value::predicate::Callable;
use super::value::window::Window;
use super::{LayerOptions, Value, exclusive, options, written};
use crate::diag::{Diagnostic, Diagnostics};
use crate::syntax::list::Form;
use proc_macro2::{Ident, TokenStream};
use syn::LitStr;

mod sizes;

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
        when = "when": Counts,
        abandoned = "abandoned": Abandoned,
        state = "state": ExprArg,
        key = "key": ExprArg,
        error = "error": Callable,
        or_return = "or_return": ExprArg,
        name = "name": Name,
        krate = "crate": CratePath,
    }
    former {
        "failure_rate_threshold" => "write `failure_rate = 0.5`",
        "failure_ratio" => "write `failure_rate = 0.5`",
        "error_rate" => "write `failure_rate = 0.5`",
        "failure_threshold" => "write `failure_rate = 0.5`, or `consecutive = 5` for failures in a row",
        "threshold" => "write `failure_rate = 0.5`, or `consecutive = 5` for failures in a row",
        "failures" => "write `consecutive = 5` for failures in a row",
        "max_failures" => "write `consecutive = 5` for failures in a row",
        "consecutive_failures" => "write `consecutive = 5`",
        "sliding_window" => "write `window = 100` for calls, or `window = 30s`",
        "sliding_window_size" => "write `window = 100`",
        "window_size" => "write `window = 100`",
        "sampling_duration" => "write `window = 30s`",
        "minimum_number_of_calls" => "write `min_calls = 20`",
        "minimum_throughput" => "write `min_calls = 20`",
        "min_throughput" => "write `min_calls = 20`",
        "request_volume_threshold" => "write `min_calls = 20`",
        "min_requests" => "write `min_calls = 20`",
        "reset_timeout" => "write `open_for = 30s`",
        "recovery_timeout" => "write `open_for = 30s`",
        "wait_duration_in_open_state" => "write `open_for = 30s`",
        "break_duration" => "write `open_for = 30s`",
        "duration_of_break" => "write `open_for = 30s`",
        "cooldown" => "write `open_for = 30s`",
        "delay" => "write `open_for = 30s`",
        "timeout" => "write `open_for = 30s`; for a limit on each call put `#[with_timeout(2s)]` below",
        "half_open_max_calls" => "write `probes = 3`",
        "permitted_number_of_calls_in_half_open_state" => "write `probes = 3`",
        "success_threshold" => "write `probes = 3`",
        "trials" => "write `probes = 3`",
        "slow_call_duration_threshold" => "write `slow_call = 1s`",
        "slow_call_rate_threshold" => "write `slow_rate = 0.5`",
        "record_exceptions" => "write `when = …`",
        "ignore_exceptions" => "write `when = …`: it says which errors count",
        "should_handle" => "write `when = …`",
        "is_failure" => "write `when = …`",
        "predicate" => "write `when = …`",
        "breaker" => "write `state = …`",
        "circuit_breaker" => "write `state = …`",
        "on_error" => "write `error = …`",
        "map_err" => "write `error = …`",
        "fallback" => "put `#[fallback(…)]` above, or write `or_return = …`",
    }
}

/// `when = P`: which errors count.
pub(crate) struct Counts(pub(crate) Callable);

impl Value for Counts {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let word = lone_ident(&value).map(|word| word.to_string());
        match word.as_deref() {
            Some("any") => Err(Diagnostic::on(
                &value,
                format_args!("every error counts unless `{key}` says otherwise"),
            )
            .help(format_args!("leave `{key}` out"))),
            Some(word @ ("transient" | "not_sent")) => Err(Diagnostic::on(
                &value,
                format_args!(
                    "`{word}` is a word of `#[retry]`: here `{key}` is a path to a function, or a closure"
                ),
            )
            .help(format_args!(
                "for errors that may pass write `{key} = etiquette::Classify::class`, or `{key} = |error| …`"
            ))),
            _ => Callable::parse(key, value).map(Self),
        }
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
    /// The options that configure a breaker of the function's own: the name, the value, and what is called on one that
    /// is made by hand.
    fn configuration(&self) -> [(Option<&Ident>, Option<&TokenStream>, &'static str); 11] {
        let row = |key, value, made_with| (key, value, made_with);
        let window = match self.window.get() {
            Some(Window::Time(_)) => "window_time(…)",
            _ => "window(…)",
        };
        [
            row(
                self.failure_rate.key(),
                self.failure_rate.written(),
                "failure_rate(…)",
            ),
            row(self.window.key(), self.window.written(), window),
            row(self.min_calls.key(), self.min_calls.written(), "min_calls(…)"),
            row(
                self.consecutive.key(),
                self.consecutive.written(),
                "consecutive(…)",
            ),
            row(self.open_for.key(), self.open_for.written(), "open_for(…)"),
            row(self.factor.key(), self.factor.written(), "factor(…)"),
            row(self.max.key(), self.max.written(), "max(…)"),
            row(self.probes.key(), self.probes.written(), "probes(…)"),
            row(self.slow_call.key(), self.slow_call.written(), "slow_call(…)"),
            row(self.slow_rate.key(), self.slow_rate.written(), "slow_rate(…)"),
            // A word, and no part of the expression.
            row(self.abandoned.key(), None, "abandoned_is_failure()"),
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

    fn check_state(&self, diagnostics: &Diagnostics) {
        let ty = match self.key.is_given() {
            true => "KeyedCircuitBreaker",
            false => "CircuitBreaker",
        };
        for (key, _, made_with) in self.configuration() {
            if let (Some(state), Some(key)) = (self.state.key(), key) {
                diagnostics.push(
                    Diagnostic::at(
                        key.span(),
                        format_args!(
                            "`{key}` conflicts with `{state}`: that breaker has settings of its own"
                        ),
                    )
                    .help(format_args!(
                        "leave it out, and make the breaker with `{ty}::new().{made_with}`"
                    )),
                );
            }
        }
    }

    fn check_consecutive(&self, diagnostics: &Diagnostics) {
        let Some(consecutive) = self.consecutive.key() else {
            return;
        };
        exclusive(Some(consecutive), self.failure_rate.key(), diagnostics);
        // Slow calls are a part of the calls in a window all the same.
        if !self.slow_call.is_given() {
            for sized in [self.window.key(), self.min_calls.key()] {
                exclusive(Some(consecutive), sized, diagnostics);
            }
        }
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
            statics: written(self.configuration().map(|(_, value, _)| value)),
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
        self.check_state(diagnostics);
        self.check_consecutive(diagnostics);
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
