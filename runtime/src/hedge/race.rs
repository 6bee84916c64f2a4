//! More than one run, or one that has to wait.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use super::{
    COST, Hedge,
    run::{Lane, Means, Ran},
};
use crate::{
    control,
    retry::{Budget, Ended},
    timeout::Timer,
};

impl<M, F, B, R> Hedge<M, F, B, R>
where
    M: FnMut() -> F,
    F: Future<Output = Ran<R>>,
    B: Budget,
{
    /// Polls all runs, and starts another if it is time.
    pub(super) fn poll_all(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<(Ended, R)> {
        let had_budget = self.timer.has_budget();
        let mut failures = 0;
        let mut lane = 0;
        loop {
            let me = self.as_mut().project();
            let is_first = lane == 0 && *me.first_runs;
            let ran = match lane {
                0 => me.first.poll(cx),
                _ => match me.more.get_mut(lane - 1) {
                    Some(run) => match run.as_mut().poll(cx) {
                        Poll::Ready(ran) => {
                            // The next one takes its place.
                            drop(me.more.remove(lane - 1));
                            lane -= 1;
                            Some(ran)
                        }
                        Poll::Pending => None,
                    },
                    None => break,
                },
            };
            if let Some(ran) = ran {
                let was_first = is_first && std::mem::take(me.first_runs);
                match ran.means {
                    Means::Won => return Poll::Ready(self.win(ran, was_first)),
                    Means::Failed | Means::NoMore => failures += u32::from(self.as_mut().failed(ran)),
                }
            }
            lane += 1;
        }
        self.go_on(cx, had_budget, failures)
    }

    /// Starts further runs as long as it is time: for each that failed, and when the timer says so.
    pub(super) fn go_on(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        had_budget: bool,
        mut failures: u32,
    ) -> Poll<(Ended, R)> {
        while self.left > 0 {
            let due = failures > 0
                || self
                    .as_mut()
                    .project()
                    .timer
                    .poll_after(cx, had_budget)
                    .is_ready();
            if !due {
                return Poll::Pending;
            }
            failures = failures.saturating_sub(1);
            let mut me = self.as_mut().project();
            if !control::RETRIES.lets(me.operation, "hedge") || !me.budget.take(COST, me.operation) {
                *me.left = 0;
                break;
            }
            *me.left -= 1;
            *me.hedged = true;
            me.timer.set(Timer::new(*me.after));
            if let Some(ran) = self.as_mut().start(cx) {
                match ran.means {
                    Means::Won => return Poll::Ready(self.win(ran, false)),
                    Means::Failed | Means::NoMore => failures += u32::from(self.as_mut().failed(ran)),
                }
            }
        }
        let me = self.project();
        match me.first.is_free() && me.more.is_empty() {
            true => me.failure.take().map_or(Poll::Pending, Poll::Ready),
            false => Poll::Pending,
        }
    }

    /// Starts a run where there is room for it, and polls it. The lane is asked before the others, so it may only hold
    /// the earliest.
    fn start(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Option<Ran<R>> {
        let mut me = self.project();
        let run = (me.make)();
        if me.first.is_free() && me.more.is_empty() {
            me.first.set(Lane::Taken { run });
            return me.first.poll(cx);
        }
        let mut run = Box::pin(run);
        match run.as_mut().poll(cx) {
            Poll::Ready(ran) => Some(ran),
            Poll::Pending => {
                me.more.push(run);
                None
            }
        }
    }

    /// A run has failed: whether that asks for another.
    pub(super) fn failed(self: Pin<&mut Self>, ran: Ran<R>) -> bool {
        let me = self.project();
        me.failure.get_or_insert((ran.ended, ran.out));
        if ran.means == Means::NoMore {
            *me.left = 0;
        }
        ran.means == Means::Failed
    }

    /// A run has won: the others are dropped.
    fn win(self: Pin<&mut Self>, ran: Ran<R>, was_first: bool) -> (Ended, R) {
        let mut me = self.project();
        me.first.set(Lane::Free);
        me.more.clear();
        match (was_first, *me.hedged) {
            // As of a retry that succeeds.
            (false, _) => me.budget.give_back(COST),
            (true, false) => me.budget.credit(),
            (true, true) => {}
        }
        (ran.ended, ran.out)
    }
}
