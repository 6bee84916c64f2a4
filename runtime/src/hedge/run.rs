//! One run of a hedged body, and what its end means for the others.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use pin_project_lite::pin_project;

use crate::{Class, retry::Ended};

/// What the end of a run means for the others.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// It has won.
    Won,
    /// It is worth another run.
    Failed,
    /// It failed in a way that another run is no answer to.
    NoMore,
}

/// How a run ended, with what, and what that means.
#[doc(hidden)]
#[derive(Debug)]
pub struct Ran<R> {
    pub(super) means: Means,
    pub(super) ended: Ended,
    pub(super) out: R,
}

impl<R> Ran<R> {
    #[inline]
    pub const fn new(means: Means, ended: Ended, out: R) -> Self {
        Self { means, ended, out }
    }
}

/// What an end means, given what is known of the value.
#[doc(hidden)]
#[inline]
pub fn means(
    ended: Ended,
    is_err: bool,
    class: impl FnOnce() -> Option<Class>,
    refused: impl FnOnce() -> bool,
) -> Means {
    match ended {
        Ended::Body if !is_err => Means::Won,
        Ended::Body => failed(class, refused),
        Ended::TimedOut => Means::Failed,
        // Who was turned away, or asked to leave, does not come back at once.
        Ended::Refused | Ended::Cancelled => Means::NoMore,
    }
}

/// Apart from what succeeds, so that this stays small enough to be inlined.
#[cold]
#[inline(never)]
fn failed(class: impl FnOnce() -> Option<Class>, refused: impl FnOnce() -> bool) -> Means {
    match class() {
        Some(Class::Cancelled) => Means::NoMore,
        _ if refused() => Means::NoMore,
        _ => Means::Failed,
    }
}

/// The value of a run in `P::hedge`.
#[doc(hidden)]
#[macro_export]
macro_rules! __ran {
    ($ended:expr, $out:expr) => {{
        use $crate::__private::probe::by::*;
        let ended = $ended;
        let out = $out;
        let means = {
            let probe = $crate::__private::probe::Probe(&out);
            $crate::__private::hedged::means(
                ended,
                (&&probe).__etq_is_err(),
                || (&&&&&probe).__etq_class(),
                || (&&&&&probe).__etq_refused(),
            )
        };
        $crate::__private::hedged::Ran::new(means, ended, out)
    }};
}

pin_project! {
    /// A place for a run.
    #[derive(Debug)]
    #[project = LaneProj]
    pub(super) enum Lane<F> {
        Free,
        Taken { #[pin] run: F },
    }
}

impl<F> Lane<F> {
    pub(super) const fn is_free(&self) -> bool {
        matches!(self, Self::Free)
    }
}

impl<R, F: Future<Output = Ran<R>>> Lane<F> {
    /// What its run came to, if it just did. Then the lane is free, and the run is dropped.
    #[inline]
    pub(super) fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Option<Ran<R>> {
        match self.as_mut().project() {
            LaneProj::Free => None,
            LaneProj::Taken { run } => match run.poll(cx) {
                Poll::Ready(ran) => {
                    self.set(Self::Free);
                    Some(ran)
                }
                Poll::Pending => None,
            },
        }
    }
}
