//! `#[concurrency_limit(16)]`: how many at once, and how long to queue for a slot.

use super::facts::{Facts, State, Stop, identity};
use super::value::count::Count;
use super::value::expr::ExprArg;
use super::value::naming::{CratePath, Name};
use super::value::predicate::Callable;
use super::value::wait::{Wait, endless, words};
use super::value::word::Flag;
use super::{LayerOptions, exclusive, options, refuse_borrow, written};
use crate::diag::{Diagnostic, Diagnostics};
use proc_macro2::Span;
use quote::quote;
use syn::LitStr;

options! {
    pub(crate) struct ConcurrencyLimitOptions for "concurrency_limit", as in "#[concurrency_limit(16, wait = 1s)]" {
        (value): Count,
        wait = "wait": Wait,
        /// The most that may wait.
        queue = "queue": Count,
        semaphore = "semaphore": ExprArg,
        key = "key": ExprArg,
        /// Hold the slot while a `retry` below sleeps.
        across_retries = "across_retries": Flag,
        error = "error": Callable,
        or_return = "or_return": ExprArg,
        name = "name": Name,
        krate = "crate": CratePath,
    }
    former {
        "max" => "the limit stands alone: `#[concurrency_limit(16)]`",
        "limit" => "the limit stands alone: `#[concurrency_limit(16)]`",
        "permits" => "the limit stands alone: `#[concurrency_limit(16)]`",
        "max_concurrent" => "the limit stands alone: `#[concurrency_limit(16)]`",
        "max_concurrent_calls" => "the limit stands alone: `#[concurrency_limit(16)]`",
        "max_wait" => "write `wait = 1s`",
        "max_wait_duration" => "write `wait = 1s`",
        "timeout" => "write `wait = 1s` for the queue; a limit on the call itself is `#[with_timeout(5s)]`",
        "waiting_task_queue" => "write `queue = 10`",
        "queue_limit" => "write `queue = 10`",
        "max_queue" => "write `queue = 10`",
        "sem" => "write `semaphore = &SEMAPHORE`",
        "state" => "write `semaphore = &SEMAPHORE`",
        "map_err" => "write `error = …`",
        "default" => "write `or_return = …`",
    }
}

impl LayerOptions for ConcurrencyLimitOptions {
    fn name(&self) -> Option<&LitStr> {
        self.name.get().map(|name| &name.0)
    }

    fn facts(&self) -> Facts {
        Facts {
            stop: Some(Stop::Refused),
            has_own_return: self.error.is_given() || self.or_return.is_given(),
            holds_place: !self.across_retries.is_given(),
            across_repeats: self.across_retries.key().cloned(),
            queues: true,
            endless: endless(&self.wait).filter(|_| self.value.is_given() || self.semaphore.is_given()),
            identity: identity([self.semaphore.written(), self.key.written()]),
            value: self.value.written().cloned().or_else(|| {
                let semaphore = self.semaphore.written()?;
                Some(quote!(semaphore = #semaphore))
            }),
            words: words(&self.wait),
            states: State::of(&self.semaphore, "semaphore").into_iter().collect(),
            statics: written([self.value.written()]),
            state_option: Some("semaphore"),
            expressions: written([
                self.semaphore.written(),
                self.key.written(),
                self.wait.written(),
                self.queue.written(),
                self.or_return.written(),
                self.error.written(),
            ]),
            ..Facts::default()
        }
    }

    fn check(&self, diagnostics: &Diagnostics) {
        exclusive(self.error.key(), self.or_return.key(), diagnostics);
        match (self.value.is_given(), self.semaphore.key()) {
            (true, Some(semaphore)) => diagnostics.push(
                Diagnostic::at(semaphore.span(), "the semaphore has its own number of slots")
                    .help("leave the number out: `#[concurrency_limit(semaphore = &SEMAPHORE)]`"),
            ),
            (false, None) => diagnostics.push(
                Diagnostic::at(Span::call_site(), "`#[concurrency_limit]` needs a limit").help(
                    "write `#[concurrency_limit(16, wait = 1s)]`, or `#[concurrency_limit(semaphore = &SEMAPHORE, wait = 1s)]`",
                ),
            ),
            (true, None) => {
                refuse_borrow(self.value.written(), "semaphore", diagnostics);
            }
            _ => {}
        }
        if let (Some(Wait::None(_)), Some(queue)) = (self.wait.get(), self.queue.key()) {
            diagnostics.push(
                Diagnostic::at(
                    queue.span(),
                    "`queue` says nothing: with `wait = none` nobody waits",
                )
                .help("leave one of the two out"),
            );
        }
    }
}
