//! Numbers that cannot be meant, or not together. What is not a literal is left to the runtime, which takes the nearest
//! that makes sense.

use super::CircuitBreakerOptions;
use crate::diag::{Diagnostic, Diagnostics};
use crate::options::Opt;
use crate::options::value::count::Count;
use crate::options::value::window::Window;
use proc_macro2::Ident;
use std::time::Duration;

/// What the runtime does without a word.
const WINDOW: u32 = 100;
const OPEN_FOR: Duration = Duration::from_secs(30);
/// `CircuitBreaker::MAX_CALLS`, which a test holds equal.
const MAX_CALLS: u32 = 16_383;

impl CircuitBreakerOptions {
    pub(super) fn check_sizes(&self, diagnostics: &Diagnostics) {
        self.check_largest(diagnostics);
        self.check_least(diagnostics);
        self.check_growth(diagnostics);
    }

    fn check_largest(&self, diagnostics: &Diagnostics) {
        let window = match self.window.get() {
            Some(Window::Calls(calls)) => calls.literal,
            _ => None,
        };
        let literal = |count: &Opt<Count>| count.get().and_then(|count| count.literal);
        for (key, count, instead) in [
            (
                self.window.key(),
                window,
                "for more, look at a time: `window = 30s`",
            ),
            (
                self.consecutive.key(),
                literal(&self.consecutive),
                "write a smaller number",
            ),
            (
                self.probes.key(),
                literal(&self.probes),
                "a few are enough: `probes = 3`",
            ),
        ] {
            if let (Some(key), Some(_)) = (key, count.filter(|count| *count > MAX_CALLS)) {
                diagnostics.push(
                    Diagnostic::at(key.span(), format_args!("`{key}` is at most {MAX_CALLS} calls"))
                        .help(instead),
                );
            }
        }
    }

    /// More calls than the window has room for.
    fn check_least(&self, diagnostics: &Diagnostics) {
        let window = match self.window.get() {
            Some(Window::Calls(calls)) => calls.literal,
            None if !self.window.is_given() => Some(WINDOW),
            _ => None,
        };
        if let (Some(key), Some(min), Some(window)) = (self.min_calls.key(), self.min_calls.get(), window)
            && let Some(min) = min.literal
            && min > window
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
    }

    /// How long it is open, from the first time to the longest.
    fn check_growth(&self, diagnostics: &Diagnostics) {
        if let (Some(key), Some(factor)) = (self.factor.key(), self.factor.get())
            && factor.literal.is_some_and(|factor| factor < 1.0)
        {
            diagnostics.push(
                Diagnostic::at(key.span(), "`factor` below 1 would make `open_for` shrink")
                    .help("write `factor = 2`, or `factor = 1` for one length"),
            );
        }
        let Some(max) = self.max.get().and_then(|max| max.0.literal) else {
            return;
        };
        let open_for = match self.open_for.get() {
            Some(open_for) => open_for.0.literal,
            None if !self.open_for.is_given() => Some(OPEN_FOR),
            None => None,
        };
        if let (Some(key), Some(open_for)) = (self.max.key(), open_for.filter(|open_for| max < *open_for)) {
            diagnostics.push(shorter(key, open_for, self.open_for.is_given()));
        }
    }
}

fn shorter(key: &Ident, open_for: Duration, is_written: bool) -> Diagnostic {
    let error = match is_written {
        true => Diagnostic::at(
            key.span(),
            format_args!("`{key}` is shorter than the `open_for` of {open_for:?}"),
        ),
        false => Diagnostic::at(
            key.span(),
            format_args!("`{key}` is shorter than `open_for`, which is {open_for:?} unless written"),
        ),
    };
    error.help("`max` is how far `open_for` may grow: raise it, or leave it out")
}
