//! What is to be done about the outcome of an attempt.

use std::time::Duration;

use super::budget::{COST, COST_OF_TIMEOUT};
use crate::{Class, Classify};

/// How a run of a stack ended, beside its value.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The body had the last word.
    Body,
    TimedOut,
    /// A breaker or a limit turned it away.
    Refused,
    Cancelled,
}

/// What is to be done about the outcome of an attempt.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Verdict {
    /// It succeeded.
    Done,
    /// It failed in a way that will not change.
    Permanent,
    /// It is worth another try, after the delay the other side asked for.
    Retry { cause: Cause, hint: Option<Duration> },
}

/// What a retry follows.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    Error,
    /// An error that says when to come back.
    Hint,
    TimedOut,
    Refused,
}

impl Cause {
    /// What the retry costs.
    #[inline]
    pub(super) const fn cost(self) -> u8 {
        match self {
            Self::TimedOut => COST_OF_TIMEOUT,
            Self::Error | Self::Hint | Self::Refused => COST,
        }
    }

    /// How events and metrics call it.
    #[cfg(any(feature = "metrics", feature = "test-util"))]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Hint => "hint",
            Self::TimedOut => "timed_out",
            Self::Refused => "refused",
        }
    }
}

impl Verdict {
    const RETRY: Self = Self::after(Cause::Error);

    const fn after(cause: Cause) -> Self {
        Self::Retry { cause, hint: None }
    }

    fn of(class: Class) -> Self {
        match class {
            Class::NotSent | Class::Transient => Self::RETRY,
            Class::TransientAfter(wait) => Self::Retry {
                cause: Cause::Hint,
                hint: Some(wait),
            },
            Class::Permanent | Class::Cancelled => Self::Permanent,
        }
    }
}

/// What a predicate of the user's answers: a `bool` or a [`Class`].
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum Judgement {
    No,
    Yes,
    Class(Class),
}

impl From<bool> for Judgement {
    fn from(retry: bool) -> Self {
        if retry { Self::Yes } else { Self::No }
    }
}

impl From<Class> for Judgement {
    fn from(class: Class) -> Self {
        Self::Class(class)
    }
}

/// What a predicate may answer with. Separate from `Into<Judgement>` only for the words a wrong type
/// is answered with.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not answer whether to try again",
    label = "expected the predicate to return a `bool` or an `etiquette::Class`"
)]
pub trait Answer: Into<Judgement> {}

#[diagnostic::do_not_recommend]
impl Answer for bool {}
#[diagnostic::do_not_recommend]
impl Answer for Class {}

/// A return type that says whether the call failed.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`#[retry]` needs a `Result`, not `{Self}`",
    label = "this return type does not say whether the call failed",
    note = "say which values are worth another try: `when_result = |value| …`"
)]
pub trait Fallible {
    type Error;

    fn error(&self) -> Option<&Self::Error>;
}

#[diagnostic::do_not_recommend]
impl<T, E> Fallible for Result<T, E> {
    type Error = E;

    #[inline]
    fn error(&self) -> Option<&E> {
        self.as_ref().err()
    }
}

/// A return type whose error says by itself what is worth another try.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`#[retry]` needs a `Result`, not `{Self}`",
    label = "this return type does not say whether the call failed",
    note = "say which values are worth another try: `when_result = |value| …`"
)]
pub trait Classified {
    /// `None`: it succeeded.
    fn class(&self) -> Option<Class>;
}

impl<T, E: Classify> Classified for Result<T, E> {
    #[inline]
    fn class(&self) -> Option<Class> {
        self.as_ref().err().map(Classify::class)
    }
}

/// `when = transient`.
#[doc(hidden)]
#[inline]
pub fn transient<R: Classified>(out: &R) -> Verdict {
    out.class().map_or(Verdict::Done, Verdict::of)
}

/// `when = not_sent`.
#[doc(hidden)]
#[inline]
pub fn not_sent<R: Classified>(out: &R) -> Verdict {
    match out.class() {
        None => Verdict::Done,
        Some(Class::NotSent) => Verdict::RETRY,
        Some(_) => Verdict::Permanent,
    }
}

/// `when = any`, given what is known of the error.
#[doc(hidden)]
#[inline]
pub fn any_error<R: Fallible>(out: &R, class: impl FnOnce() -> Option<Class>) -> Verdict {
    match out.error() {
        None => Verdict::Done,
        Some(_) => unless_cancelled(class()),
    }
}

/// `when = f`.
#[doc(hidden)]
#[inline]
pub fn when<R: Fallible, F, D>(out: &R, f: F, class: impl FnOnce() -> Option<Class>) -> Verdict
where
    F: FnOnce(&R::Error) -> D,
    D: Answer,
{
    match out.error() {
        None => Verdict::Done,
        Some(error) => judged(f(error).into(), class).unwrap_or(Verdict::Permanent),
    }
}

/// `when_result = f`.
#[doc(hidden)]
#[inline]
pub fn when_result<R, F, D>(out: &R, f: F, is_err: bool, class: impl FnOnce() -> Option<Class>) -> Verdict
where
    F: FnOnce(&R) -> D,
    D: Answer,
{
    match judged(f(out).into(), class) {
        // A value that is not worth another try is a success, unless it is an error.
        None | Some(Verdict::Permanent) if !is_err => Verdict::Done,
        verdict => verdict.unwrap_or(Verdict::Permanent),
    }
}

/// The class the user named, or the one the error has by itself. `None` for a no.
#[inline]
fn judged(judgement: Judgement, class: impl FnOnce() -> Option<Class>) -> Option<Verdict> {
    match judgement {
        Judgement::No => None,
        Judgement::Yes => Some(unless_cancelled(class())),
        Judgement::Class(named) => match (Verdict::of(named), class()) {
            (Verdict::Retry { .. }, Some(Class::Cancelled)) => Some(Verdict::Permanent),
            (verdict, _) => Some(verdict),
        },
    }
}

/// A yes, whatever the error is: except that who was asked to leave does not come back.
fn unless_cancelled(class: Option<Class>) -> Verdict {
    match class {
        Some(Class::Cancelled) => Verdict::Permanent,
        Some(Class::TransientAfter(wait)) => Verdict::of(Class::TransientAfter(wait)),
        _ => Verdict::RETRY,
    }
}

/// An attempt that a layer below stopped.
#[doc(hidden)]
#[inline]
pub fn judge_stop(ended: Ended, retry_timeouts: bool, retry_refused: bool) -> Verdict {
    match ended {
        Ended::TimedOut if retry_timeouts => Verdict::after(Cause::TimedOut),
        Ended::Refused if retry_refused => Verdict::after(Cause::Refused),
        // `Body` is judged by its value; expansions do not ask here.
        Ended::TimedOut | Ended::Refused | Ended::Cancelled | Ended::Body => Verdict::Permanent,
    }
}

#[cfg(test)]
mod tests;
