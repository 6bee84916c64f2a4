//! Work that is done again and again.

use std::{future::Future, time::Duration};

use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, sleep};

use super::{TaskHandle, TaskName, TaskReturn, Tasks, event};
use crate::retry::chance;

/// How often, from when on, and how exactly.
///
/// ```
/// use etiquette::{Every, First};
/// use std::time::Duration;
/// use tokio::time::MissedTickBehavior::Delay;
///
/// // At once, and then every 30 seconds, each time up to 3 seconds late.
/// let polling = Every::new(Duration::from_secs(30)).first(First::Now).jitter(0.1);
/// // A minute from now, and then every minute, or later when a round took longer.
/// let sweeping = Every::new(Duration::from_secs(60)).missed(Delay);
/// # let _ = (polling, sweeping);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Every {
    period: Duration,
    first: First,
    jitter: f64,
    missed: MissedTickBehavior,
}

/// When the first round begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum First {
    /// At once.
    Now,
    /// After one period.
    #[default]
    Later,
}

impl Every {
    /// Every `period`, the first time after one period, exactly, skipping what was missed. A period of zero
    /// counts as a millisecond.
    #[must_use]
    pub const fn new(period: Duration) -> Self {
        const LEAST: Duration = Duration::from_millis(1);
        Self {
            period: if period.is_zero() { LEAST } else { period },
            first: First::Later,
            jitter: 0.0,
            missed: MissedTickBehavior::Skip,
        }
    }

    /// When the first round begins. Default: [`First::Later`].
    #[must_use]
    pub const fn first(mut self, first: First) -> Self {
        self.first = first;
        self
    }

    /// Each round begins up to this part of the period late, anew by chance each time, so that many
    /// processes do not act in step: 0.1 is up to a tenth. Cut to between 0 and 1. Default: 0.
    #[must_use]
    pub const fn jitter(mut self, ratio: f64) -> Self {
        // No number is no jitter.
        self.jitter = if ratio > 0.0 { ratio.min(1.0) } else { 0.0 };
        self
    }

    /// What happens after a round that took longer than the period, in Tokio's words. Default:
    /// [`Skip`](MissedTickBehavior::Skip): one round begins at once, and the next at a multiple of the period
    /// again.
    #[must_use]
    pub const fn missed(mut self, missed: MissedTickBehavior) -> Self {
        self.missed = missed;
        self
    }

    fn ticks(self) -> Interval {
        let now = Instant::now();
        let first = match self.first {
            First::Now => now,
            // Further away than the clock can count is never; years do.
            First::Later => now
                .checked_add(self.period)
                .unwrap_or_else(|| now + Duration::from_secs(86_400 * 365 * 30)),
        };
        let mut ticks = interval_at(first, self.period);
        ticks.set_missed_tick_behavior(self.missed);
        ticks
    }

    async fn lateness(self) {
        if self.jitter > 0.0 {
            sleep(self.period.mul_f64(self.jitter * chance())).await;
        }
    }
}

impl Tasks {
    /// Runs `round` periodically, as a task: one round at a time, until a shutdown begins. A round that is
    /// running then is not cut short.
    ///
    /// An error is logged with `name`, and the next round begins in its time. A panic ends the task.
    ///
    /// ```
    /// use etiquette::{Every, Tasks};
    /// use std::time::Duration;
    ///
    /// # async fn refresh() -> Result<(), std::io::Error> { Ok(()) }
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() {
    /// let tasks = Tasks::new();
    /// let refresher = tasks.every("refresh", Every::new(Duration::from_secs(30)), || refresh());
    /// etiquette::detach(refresher, "ends with the program");
    /// # tasks.shutdown(etiquette::Drain::default()).await;
    /// # assert!(tasks.is_empty());
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// As [`spawn`](Self::spawn).
    #[track_caller]
    pub fn every<F, R>(&self, name: impl Into<TaskName>, every: Every, mut round: F) -> TaskHandle<()>
    where
        F: FnMut() -> R + Send + 'static,
        R: Future<Output: Send> + Send,
        fn() -> R::Output: TaskReturn<R::Output>,
    {
        let name = name.into();
        let (task, tasks) = (name.clone(), self.clone());
        self.start_rounds(name, async move {
            let draining = tasks.draining();
            let mut ticks = every.ticks();
            loop {
                let next = async {
                    ticks.tick().await;
                    every.lateness().await;
                };
                if draining.run_until_cancelled(next).await.is_none() || draining.is_cancelled() {
                    return;
                }
                let out = round().await;
                if let Some(error) = <fn() -> R::Output>::error(&out) {
                    let asked = tasks.0.scope.is_cancelled();
                    event::failed(&task, error, asked || <fn() -> R::Output>::is_cancelled(&out));
                }
            }
        })
    }

    // Where `every`'s bound on its rounds is not in sight, which rustc would take for this one's.
    #[track_caller]
    fn start_rounds<F>(&self, name: TaskName, rounds: F) -> TaskHandle<()>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.spawn(name, rounds)
    }
}
