//! The layer that does not hurry: at most so many calls in a while, the others in line.

mod cell;
mod clock;
mod keyed;
mod permit;

use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use tokio::sync::{Notify, Semaphore};

use self::cell::Pace;
pub use self::{
    clock::{Clock, MonotonicClock, TokioClock},
    keyed::{KeyedPermits, KeyedRateLimit},
    permit::{limiter, start, wait_turn},
};

/// A clock that is behind by more than these nanoseconds is another one.
const OTHER_CLOCK: u64 = 1_000_000_000;

/// At most so many calls in a while; the others wait in line, first come first served.
///
/// What `#[rate_limit(100, per = 1s)]` uses. A static of your own shares one between functions, can
/// be read, and can be changed while it is in use:
///
/// ```
/// use etiquette::RateLimit;
/// use std::time::Duration;
///
/// static MAIL: RateLimit = RateLimit::new(100, Duration::from_secs(1)).burst(2);
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// assert!(MAIL.try_acquire().is_ok());
/// assert!(MAIL.try_acquire().is_ok());
/// assert_eq!(MAIL.try_acquire(), Err(Duration::from_millis(10)));
/// MAIL.acquire().await;
/// MAIL.set(10, Duration::from_secs(1));
/// assert_eq!(MAIL.try_acquire(), Err(Duration::from_millis(100)));
/// # }
/// ```
///
/// Calls may start as fast as they like until a burst (by default as many as the rate) is used up;
/// from then on one starts each time that its share of the period has passed. So in no period start
/// more than the rate and the burst together.
///
/// A call takes its place in the rate when it starts: one that waits has taken nothing, and if it
/// stops waiting those behind it move up. Only the first in line looks at the clock, so with a burst
/// of 1 no more than one call starts in each millisecond, which is as fine as Tokio's timer is.
#[derive(Debug)]
pub struct RateLimit<C = TokioClock> {
    full_at: AtomicU64,
    interval: AtomicU64,
    burst: AtomicU64,
    // Whether that was said, and does not follow the rate.
    burst_is_set: AtomicBool,
    waiting: AtomicUsize,
    // Who holds its one permit is the first in line.
    line: Semaphore,
    changed: Notify,
    // Held while the rate is changed.
    changing: Mutex<()>,
    clock: C,
}

impl RateLimit {
    /// `calls` per `period`, and as many at once; 0 counts as 1.
    #[must_use]
    pub const fn new(calls: u32, period: Duration) -> Self {
        Self::with_clock(calls, period, TokioClock)
    }
}

impl<C> RateLimit<C> {
    /// The same by another clock than Tokio's.
    #[must_use]
    pub const fn with_clock(calls: u32, period: Duration, clock: C) -> Self {
        Self {
            full_at: AtomicU64::new(0),
            interval: AtomicU64::new(interval(calls, period)),
            burst: AtomicU64::new(at_least_1(calls)),
            burst_is_set: AtomicBool::new(false),
            waiting: AtomicUsize::new(0),
            line: Semaphore::const_new(1),
            changed: Notify::const_new(),
            changing: Mutex::new(()),
            clock,
        }
    }

    /// How many calls may start at once after a rest; 0 counts as 1.
    #[must_use]
    pub const fn burst(mut self, calls: u32) -> Self {
        self.make_burst(calls);
        self
    }

    const fn make_burst(&mut self, calls: u32) {
        self.burst = AtomicU64::new(at_least_1(calls));
        self.burst_is_set = AtomicBool::new(true);
    }

    /// How many calls wait for their turn.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.load(Relaxed)
    }

    #[inline]
    fn pace(&self) -> Pace {
        Pace {
            interval: self.interval.load(Relaxed),
            burst: self.burst.load(Relaxed),
        }
    }

    fn lock(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C: Clone> RateLimit<C> {
    /// A new one of the same rate.
    fn like(&self) -> Self {
        let _changing = self.lock();
        let pace = self.pace();
        Self {
            interval: AtomicU64::new(pace.interval),
            burst: AtomicU64::new(pace.burst),
            burst_is_set: AtomicBool::new(self.burst_is_set.load(Relaxed)),
            ..Self::with_clock(1, Duration::ZERO, self.clock.clone())
        }
    }
}

impl<C: Clock> RateLimit<C> {
    /// Waits for its turn.
    ///
    /// There is no limit to the wait but what is put around it, such as
    /// [`with_timeout`](crate::Limits::with_timeout). Dropped before it is done, it has taken nothing.
    pub async fn acquire(&self) {
        if self.try_acquire().is_err() {
            permit::turn(self).await;
        }
    }

    /// Starts a call, if one may start now and nobody waits.
    ///
    /// # Errors
    ///
    /// How long until there is a turn for a call that begins to wait now.
    #[inline]
    pub fn try_acquire(&self) -> Result<(), Duration> {
        match self.waiting.load(Relaxed) {
            0 => self.take().map_err(Duration::from_nanos),
            waiting => Err(self.wait_behind(waiting)),
        }
    }

    /// How many calls could start now. For a gauge: it reads the clock.
    #[must_use]
    pub fn tokens(&self) -> u64 {
        self.pace().left(self.ahead())
    }

    /// Changes the rate; 0 counts as 1.
    ///
    /// The burst changes with it, unless it was given. Calls that have started stay counted, those
    /// that wait do so at the new rate.
    pub fn set(&self, calls: u32, period: Duration) {
        let _changing = self.lock();
        let burst = match self.burst_is_set.load(Relaxed) {
            true => self.burst.load(Relaxed),
            false => at_least_1(calls),
        };
        let interval = interval(calls, period);
        self.change(Pace { interval, burst });
    }

    /// Changes how many calls may start at once after a rest; 0 counts as 1.
    pub fn set_burst(&self, calls: u32) {
        let _changing = self.lock();
        self.burst_is_set.store(true, Relaxed);
        let burst = at_least_1(calls);
        self.change(Pace { burst, ..self.pace() });
    }

    fn change(&self, to: Pace) {
        let from = self.pace();
        self.interval.store(to.interval, Relaxed);
        self.burst.store(to.burst, Relaxed);
        cell::change(&self.full_at, self.clock.now(), from, to);
        self.changed.notify_waiters();
    }

    /// Forgets all calls that have started.
    pub fn reset(&self) {
        let _changing = self.lock();
        self.full_at.store(0, Relaxed);
        self.changed.notify_waiters();
    }

    /// One call, or the nanoseconds until there is one.
    #[inline]
    fn take(&self) -> Result<(), u64> {
        let pace = self.pace();
        match cell::take(&self.full_at, self.clock.now(), pace) {
            Ok(()) => Ok(()),
            // No call has to wait for longer than an interval.
            Err(wait) if wait <= pace.interval => Err(wait),
            Err(_) => self.take_by_another_clock(),
        }
    }

    /// After a change of rate in this very moment; or by the clock of another test, which is behind.
    #[cold]
    fn take_by_another_clock(&self) -> Result<(), u64> {
        let _changing = self.lock();
        let pace = self.pace();
        cell::begin_anew(&self.full_at, self.clock.now(), pace, OTHER_CLOCK);
        cell::take(&self.full_at, self.clock.now(), pace)
    }

    /// Whether it is as good as new.
    fn is_whole(&self) -> bool {
        self.ahead() == 0
    }

    /// How far ahead the word is.
    fn ahead(&self) -> u64 {
        self.full_at.load(Relaxed).saturating_sub(self.clock.now())
    }

    /// How long until there is a turn behind so many others.
    #[cold]
    fn wait_behind(&self, waiting: usize) -> Duration {
        let pace = self.pace();
        let others = u64::try_from(waiting).unwrap_or(u64::MAX);
        let ahead = self.ahead().saturating_add(others.saturating_mul(pace.interval));
        Duration::from_nanos(ahead.saturating_sub(pace.slack()))
    }
}

#[cfg(feature = "test-util")]
impl crate::state::Fresh for RateLimit {
    fn fresh(&self) -> Self {
        self.like()
    }
}

const fn at_least_1(calls: u32) -> u64 {
    if calls == 0 { 1 } else { calls as u64 }
}

/// Rounded up: rather a nanosecond late than a call too many.
#[allow(clippy::cast_possible_truncation, reason = "the branch rules it out")]
const fn interval(calls: u32, period: Duration) -> u64 {
    match period.as_nanos().div_ceil(at_least_1(calls) as u128) {
        0 => 1,
        long if long > u64::MAX as u128 => u64::MAX,
        interval => interval as u64,
    }
}

#[cfg(test)]
mod tests;
