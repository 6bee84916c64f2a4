//! `#[retry]` and `retrying!`: how often, when, with what pauses, at whose expense.

use super::facts::{Endless, Facts, Literal, State, Stop};
use super::value::count::Attempts;
use super::value::duration::{DurationArg, LimitArg};
use super::value::expr::{ExprArg, lone_ident};
use super::value::naming::{CratePath, Name, Names, NewName};
use super::value::predicate::{Callable, When};
use super::value::schedule::{Budget, Constant, Delays, Exponential, Jitter};
use super::value::word::{Bool, Flag};
use super::{LayerOptions, exclusive, options};
use crate::diag::{Diagnostic, Diagnostics};
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use std::time::Duration;
use syn::{Expr, ExprLit, Lit, LitStr};

options! {
    pub(crate) struct RetryOptions for "retry", as in "#[retry(attempts = 3)]" {
        attempts = "attempts": Attempts,
        max_elapsed = "max_elapsed": LimitArg,
        exponential = "exponential": Exponential,
        constant = "constant": Constant,
        delays = "delays": Delays,
        backoff = "backoff": ExprArg,
        jitter = "jitter": Jitter,
        when = "when": When,
        when_result = "when_result": Callable,
        max_hint = "max_hint": DurationArg,
        retry_timeouts = "retry_timeouts": Bool,
        retry_refused = "retry_refused": Flag,
        budget = "budget": Budget,
        key = "key": ExprArg,
        on_retry = "on_retry": Callable,
        clones = "clone": Names,
        attempt = "attempt": NewName,
        policy = "policy": ExprArg,
        name = "name": Name,
        krate = "crate": CratePath,
    }
    former {
        "max_retries" => "write `attempts = 4` for three retries: `attempts` counts every run of the body",
        "retries" => "write `attempts = 4` for three retries: `attempts` counts every run of the body",
        "max_times" => "write `attempts = 4` for three retries: `attempts` counts every run of the body",
        "max_retry_attempts" => "write `attempts = 4` for three retries: `attempts` counts every run of the body",
        "max_attempts" => "write `attempts = 3`",
        "max_tries" => "write `attempts = 3`",
        "tries" => "write `attempts = 3`",
        "times" => "write `attempts = 3`: it counts every run of the body",
        "count" => "write `attempts = 3`",
        "within" => "write `max_elapsed = 30s`",
        "timeout" => "write `max_elapsed = 30s`, or put `#[with_timeout(30s, total)]` above",
        "max_duration" => "write `max_elapsed = 30s`",
        "max_elapsed_time" => "write `max_elapsed = 30s`",
        "total_delay" => "write `max_elapsed = 30s`",
        "delay" => "write `constant(100ms)`",
        "fixed" => "write `constant(100ms)`",
        "wait" => "write `constant(100ms)`",
        "interval" => "write `constant(100ms)`",
        "min_delay" => "write `exponential(100ms)`: the first delay stands alone",
        "initial_interval" => "write `exponential(100ms)`: the first delay stands alone",
        "base" => "write `exponential(100ms)`: the first delay stands alone",
        "max_delay" => "write `exponential(100ms, max = 10s)`",
        "max_interval" => "write `exponential(100ms, max = 10s)`",
        "multiplier" => "write `exponential(100ms, factor = 2)`",
        "factor" => "write `exponential(100ms, factor = 2)`",
        "strategy" => "write `exponential(…)`, `constant(…)`, `delays(…)` or `backoff = …`",
        "retry_if" => "write `when = …`",
        "retry_on" => "write `when = …`",
        "on" => "write `when = …`",
        "predicate" => "write `when = …`",
        "condition" => "write `when = …`",
        "notify" => "write `on_retry = …`",
        "before_retry" => "write `on_retry = …`",
        "forever" => "write `attempts = forever`",
        "unlimited" => "write `attempts = forever`",
        "no_budget" => "write `budget = none`",
        "cloned" => "write `clone(…)`",
    }
    refuse bare: refuse_bare;
}

/// `#[retry(3)]`: five libraries mean three calls by it, five mean four.
fn refuse_bare(value: &TokenStream) -> Diagnostic {
    let calls = match syn::parse2::<Expr>(value.clone()) {
        Ok(Expr::Lit(ExprLit {
            lit: Lit::Int(int), ..
        })) => int.base10_parse::<u32>().ok(),
        _ => None,
    };
    match calls {
        Some(calls) => Diagnostic::on(
            value,
            format_args!("{calls} calls in all, or {calls} retries after the first?"),
        )
        .help(format_args!(
            "write `attempts = {calls}` for {calls} calls in all, `attempts = {}` for {calls} retries",
            calls.saturating_add(1)
        )),
        None => Diagnostic::on(value, "`#[retry]` takes options by name").help("write `attempts = …`"),
    }
}

impl RetryOptions {
    /// The options that say how long to pause, in the order they are listed in errors.
    fn schedules(&self) -> [Option<&Ident>; 5] {
        [
            self.exponential.key(),
            self.constant.key(),
            self.delays.key(),
            self.backoff.key(),
            self.policy.key(),
        ]
    }

    /// The shortest pause between two runs, as far as literals tell: what jitter leaves of the shortest delay.
    fn shortest_delay(&self) -> Option<Literal> {
        let least = |ratio_kept: f64| move |delay: Duration| delay.mul_f64(ratio_kept.clamp(0.0, 1.0));
        let of = |delay: &DurationArg| {
            let value = delay.literal?;
            let written = delay.written().clone();
            Some(Literal { value, written })
        };
        let (mut shortest, usual) = if let Some(constant) = self.constant.get() {
            (of(&constant.0)?, 0.8)
        } else if let Some(delays) = self.delays.get() {
            let all: Option<Vec<Literal>> = delays.0.iter().map(of).collect();
            (all?.into_iter().min_by_key(|delay| delay.value)?, 1.0)
        } else {
            (of(self.exponential.get()?.0.value.get()?)?, 0.0)
        };
        let kept = match self.jitter.get() {
            None => usual,
            Some(Jitter::None) => 1.0,
            Some(Jitter::Equal) => 0.5,
            Some(Jitter::Full) => 0.0,
            Some(Jitter::Proportional(ratio)) => 1.0 - ratio.to_string().parse::<f64>().ok()?,
        };
        shortest.value = least(kept)(shortest.value);
        Some(shortest)
    }

    /// The budget and the policy, where they are more than a word.
    fn states(&self) -> Vec<State> {
        let state = |tokens: &TokenStream, help: &str| State {
            tokens: tokens.clone(),
            borrowed: false,
            help: help.to_owned(),
        };
        let budget = match self.budget.get() {
            Some(Budget::Expr(budget)) => Some(state(
                budget,
                "take `&self`, or name a budget that lives elsewhere: `budget = &BUDGET`",
            )),
            _ => None,
        };
        let policy = self.policy.get();
        let policy = policy.map(|policy| state(&policy.0, "leave the `&` out: a policy is `Copy`"));
        budget.into_iter().chain(policy).collect()
    }

    /// Whether a literal makes some pause zero.
    fn can_be_zero(&self) -> bool {
        let zero = |delay: &DurationArg| delay.literal == Some(Duration::ZERO);
        self.constant.get().is_some_and(|constant| zero(&constant.0))
            || self
                .delays
                .get()
                .is_some_and(|delays| delays.0.last().is_some_and(zero))
            || self
                .exponential
                .get()
                .is_some_and(|exponential| exponential.0.value.get().is_some_and(zero))
    }
}

impl LayerOptions for RetryOptions {
    fn name(&self) -> Option<&LitStr> {
        self.name.get().map(|name| &name.0)
    }

    fn facts(&self) -> Facts {
        let mut words = Vec::new();
        let mut expressions: Vec<TokenStream> = [&self.backoff, &self.key, &self.policy]
            .into_iter()
            .filter_map(|option| option.get().map(|value| value.0.clone()))
            .collect();
        let forever = match self.attempts.get() {
            Some(Attempts::Forever(word)) => {
                words.push(word.clone());
                Some(word.clone())
            }
            Some(Attempts::Expr(value)) => {
                expressions.push(value.clone());
                None
            }
            _ => None,
        };
        if let Some(When::Any | When::Transient | When::NotSent) = self.when.get() {
            words.extend(self.when.written().and_then(lone_ident));
        }
        if let Some(Jitter::Full | Jitter::Equal | Jitter::None) = self.jitter.get() {
            words.extend(self.jitter.written().and_then(lone_ident));
        }
        match self.budget.get() {
            Some(Budget::None) => words.extend(self.budget.written().and_then(lone_ident)),
            Some(Budget::Expr(value)) => expressions.push(value.clone()),
            None => {}
        }
        if let Some(When::Callable(when)) = self.when.get() {
            expressions.push(when.to_token_stream());
        }
        let callables = [self.when_result.get(), self.on_retry.get()];
        expressions.extend(callables.into_iter().flatten().map(ToTokens::to_token_stream));
        let max_elapsed = self.max_elapsed.get().map(|limit| &limit.0);
        expressions.extend(max_elapsed.map(|limit| limit.written().clone()));
        let about = |key: Option<&Ident>, stop| key.map(|key| (key.clone(), stop));
        Facts {
            repeats: true,
            reads_run: true,
            judges: true,
            endless: forever.filter(|_| max_elapsed.is_none()).map(|word| Endless {
                word: Some(word),
                help: "write `max_elapsed = 30s`",
            }),
            shortest_delay: self.shortest_delay(),
            max_elapsed: max_elapsed.and_then(|limit| {
                let value = limit.literal?;
                let written = limit.written().clone();
                Some(Literal { value, written })
            }),
            clones: self.clones.get().map(|names| names.0.clone()).unwrap_or_default(),
            introduces: self.attempt.get().map(|name| name.0.clone()),
            words,
            expressions,
            states: self.states(),
            about_below: [
                about(
                    self.retry_timeouts.get().and(self.retry_timeouts.key()),
                    Stop::TimedOut,
                ),
                about(self.retry_refused.key(), Stop::Refused),
            ]
            .into_iter()
            .flatten()
            .collect(),
            ..Facts::default()
        }
    }

    fn check(&self, diagnostics: &Diagnostics) {
        let mut schedules = self.schedules().into_iter().flatten();
        if let Some(first) = schedules.next() {
            schedules.for_each(|second| exclusive(Some(first), Some(second), diagnostics));
        }
        exclusive(self.when.key(), self.when_result.key(), diagnostics);
        for within in [
            self.attempts.key(),
            self.max_elapsed.key(),
            self.jitter.key(),
            self.max_hint.key(),
        ] {
            exclusive(self.policy.key(), within, diagnostics);
        }
        if let (Some(Budget::None), Some(key)) = (self.budget.get(), self.key.key()) {
            diagnostics.push(
                Diagnostic::at(
                    key.span(),
                    "`key` chooses among budgets, and `budget = none` says there is none",
                )
                .help("leave one of the two out"),
            );
        }
        self.check_budget(diagnostics);
        if let (Some(delay), Some(limit)) = (
            self.shortest_delay(),
            self.max_elapsed.get().and_then(|limit| limit.0.literal),
        ) && delay.value >= limit
        {
            diagnostics.push(
                Diagnostic::on(
                    &delay.written,
                    format_args!(
                        "no pause fits into `max_elapsed` of {limit:?}: less its jitter, the shortest is {:?}",
                        delay.value
                    ),
                )
                .help("shorten the delay or raise `max_elapsed`: as it is, nothing is ever retried"),
            );
        }
    }
}

impl RetryOptions {
    /// The default bucket holds 500, and a retry costs 5 of it.
    fn check_budget(&self, diagnostics: &Diagnostics) {
        const MOST: u32 = 500 / 5 + 1;
        let Some(key) = self.attempts.key() else { return };
        match self.attempts.get() {
            Some(Attempts::Literal(attempts)) if *attempts > MOST && !self.budget.is_given() => diagnostics.push(
                Diagnostic::at(key.span(), format_args!("{attempts} attempts can empty the whole retry budget in one call"))
                    .help(format_args!(
                        "write at most `attempts = {MOST}`, or name a budget: `budget = &BUDGET`, or `budget = none` to do without one"
                    )),
            ),
            Some(Attempts::Forever(_)) if self.can_be_zero() && !self.budget.is_given() && !self.max_elapsed.is_given() => {
                diagnostics.push(
                    Diagnostic::at(key.span(), "`attempts = forever` without a pause is a busy loop")
                        .help("give the schedule a delay, or a bound: `max_elapsed = 30s`"),
                );
            }
            _ => {}
        }
    }
}
