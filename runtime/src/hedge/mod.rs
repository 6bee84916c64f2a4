//! The layer that does not wait for the slowest: further runs of a body that takes long, of which
//! the first to succeed wins. All in the caller's task, so a run may borrow and need not be `Send`.

mod race;
mod run;

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use pin_project_lite::pin_project;

use self::run::{Lane, Means};
pub use self::run::{Ran, means};
use crate::{
    retry::{Budget, Ended},
    timeout::{Timer, When},
};

/// What a further run costs: as much as a retry.
const COST: u32 = 5;

pin_project! {
    /// The layer of `#[hedge]`.
    #[doc(hidden)]
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct Hedge<M, F, B, W, R> {
        make: M,
        budget: B,
        operation: &'static str,
        // How many more runs may be started.
        left: u32,
        // How many were started.
        runs: u16,
        // Whether the lane is still that of the first run.
        first_runs: bool,
        #[pin]
        first: Lane<F>,
        // Few calls come to that, and room for it here would double with every hedge that is inside of another.
        more: Option<Box<More<F, R>>>,
        #[pin]
        timer: Timer<W>,
    }
}

/// What a call has once one run is not enough.
#[derive(Debug)]
struct More<F, R> {
    /// The runs beside that in the lane.
    runs: Vec<Pin<Box<F>>>,
    /// How the first run ended that failed.
    failure: Option<(Ended, R)>,
}

impl<F, R> More<F, R> {
    fn of(more: &mut Option<Box<Self>>) -> &mut Self {
        more.get_or_insert_with(|| {
            Box::new(Self {
                runs: Vec::new(),
                failure: None,
            })
        })
    }
}

/// Runs what `make` makes; once more, up to `attempts` in all, each time that what runs has been
/// pending for `after`, and at once when a run fails.
#[doc(hidden)]
#[inline]
pub fn hedge<M, F, B, W, R>(
    operation: &'static str,
    after: W,
    attempts: u32,
    budget: B,
    mut make: M,
) -> Hedge<M, F, B, W, R>
where
    // Who moves an argument is shown this line.
    M: FnMut() -> F, // each run needs its own: `#[hedge(…, clone(argument))]`
    F: Future<Output = Ran<R>>,
    B: Budget,
    W: When,
{
    Hedge {
        first: Lane::Taken { run: make() },
        make,
        budget,
        operation,
        left: attempts.saturating_sub(1),
        runs: 1,
        first_runs: true,
        more: None,
        timer: Timer::new(after),
    }
}

impl<M, F, B, W, R> Future for Hedge<M, F, B, W, R>
where
    M: FnMut() -> F,
    F: Future<Output = Ran<R>>,
    B: Budget,
    W: When,
{
    type Output = (Ended, R);

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self;
        // Alone and ready at once: what usually happens.
        if this.first_runs && this.runs == 1 {
            let had_budget = this.timer.has_budget();
            let me = this.as_mut().project();
            return match me.first.poll(cx) {
                Some(Ran {
                    means: Means::Won,
                    ended,
                    out,
                }) => {
                    me.budget.credit(|| *me.operation);
                    Poll::Ready((ended, out))
                }
                Some(failed) => {
                    *me.first_runs = false;
                    let failures = u32::from(this.as_mut().failed(failed));
                    this.go_on(cx, had_budget, failures)
                }
                None => this.go_on(cx, had_budget, 0),
            };
        }
        this.poll_all(cx)
    }
}

#[cfg(test)]
mod tests;
