//! More than one run, or one that has to wait.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use super::{
    COST, Hedge, More,
    run::{Lane, Means, Ran},
};
use crate::{
    control,
    retry::{Budget, Ended},
    telemetry::{self, Event},
    timeout::When,
};

impl<M, F, B, W, R> Hedge<M, F, B, W, R>
where
    M: FnMut() -> F,
    F: Future<Output = Ran<R>>,
    B: Budget,
    W: When,
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
                _ => {
                    let Some(more) = me.more.as_deref_mut() else {
                        break;
                    };
                    let Some(run) = more.runs.get_mut(lane - 1) else {
                        break;
                    };
                    match run.as_mut().poll(cx) {
                        Poll::Ready(ran) => {
                            // The next one takes its place.
                            drop(more.runs.remove(lane - 1));
                            lane -= 1;
                            Some(ran)
                        }
                        Poll::Pending => None,
                    }
                }
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
            let failed = failures > 0;
            failures = failures.saturating_sub(1);
            let mut me = self.as_mut().project();
            if !control::RETRIES.lets(me.operation, "hedge") || !me.budget.take(COST, me.operation) {
                *me.left = 0;
                break;
            }
            *me.left -= 1;
            *me.runs = me.runs.saturating_add(1);
            let run = (*me.runs).into();
            telemetry::tell(me.operation, Event::Hedged { run, failed });
            me.timer.as_mut().restart();
            if let Some(ran) = self.as_mut().start(cx) {
                match ran.means {
                    Means::Won => return Poll::Ready(self.win(ran, false)),
                    Means::Failed | Means::NoMore => failures += u32::from(self.as_mut().failed(ran)),
                }
            }
        }
        let me = self.project();
        match me.more.as_deref_mut() {
            Some(more) if me.first.is_free() && more.runs.is_empty() => {
                more.failure.take().map_or(Poll::Pending, Poll::Ready)
            }
            _ => Poll::Pending,
        }
    }

    /// Starts a run where there is room for it, and polls it. The lane is asked before the others, so it may only hold
    /// the earliest.
    #[cold]
    fn start(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Option<Ran<R>> {
        let mut me = self.project();
        let run = (me.make)();
        let alone = me.more.as_ref().is_none_or(|more| more.runs.is_empty());
        if me.first.is_free() && alone {
            me.first.set(Lane::Taken { run });
            return me.first.poll(cx);
        }
        let mut run = Box::pin(run);
        match run.as_mut().poll(cx) {
            Poll::Ready(ran) => Some(ran),
            Poll::Pending => {
                More::of(me.more).runs.push(run);
                None
            }
        }
    }

    /// A run has failed: whether that asks for another.
    #[cold]
    pub(super) fn failed(self: Pin<&mut Self>, ran: Ran<R>) -> bool {
        let me = self.project();
        More::of(me.more).failure.get_or_insert((ran.ended, ran.out));
        if ran.means == Means::NoMore {
            *me.left = 0;
        }
        ran.means == Means::Failed
    }

    /// A run has won: the others are dropped.
    fn win(self: Pin<&mut Self>, ran: Ran<R>, was_first: bool) -> (Ended, R) {
        let mut me = self.project();
        me.first.set(Lane::Free);
        *me.more = None;
        match (was_first, *me.runs > 1) {
            // As of a retry that succeeds.
            (false, _) => {
                telemetry::tell(me.operation, Event::HedgeWon);
                me.budget.give_back(COST, || me.operation);
            }
            (true, false) => me.budget.credit(|| me.operation),
            (true, true) => {}
        }
        (ran.ended, ran.out)
    }
}
