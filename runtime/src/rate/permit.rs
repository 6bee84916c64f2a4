//! How a call gets its turn: at once where there is one, else in line.

use std::{
    sync::{Arc, LazyLock, atomic::Ordering::Relaxed},
    time::Duration,
};

use super::{Clock, RateLimit};
use crate::{
    Limit, RateLimited, control,
    telemetry::{self, Event, InLine, Line},
    timeout::with_timeout,
    wait::Wait,
};

/// `#[rate_limit]`: starts a call, or says how long until its turn. Not a future: what usually happens needs none.
#[doc(hidden)]
#[inline]
pub fn start<L: Limiter<C> + ?Sized, C: Clock>(limiter: &L) -> Result<(), Duration> {
    limiter.limiter().try_acquire()
}

/// What comes after `start` where there is no turn. Refuses at once where the wait would be longer than allowed, going by
/// those who wait already.
#[doc(hidden)]
pub async fn wait_turn<L: Limiter<C> + ?Sized, C: Clock>(
    limiter: &L,
    wait: Wait,
    turn_in: Duration,
) -> Result<(), TooFast> {
    match wait.fits(turn_in) {
        _ if is_off(wait, turn_in) => Ok(()),
        // Boxed: a call whose turn it is does not carry the room for waiting.
        true => Box::pin(turn_within(limiter.limiter(), wait)).await,
        false => Err(TooFast { turn_in }),
    }
}

/// Whether limits are switched off.
#[cold]
fn is_off(wait: Wait, turn_in: Duration) -> bool {
    let decision = match wait.fits(turn_in) {
        true => "wait for its turn",
        false => "refuse: rate limit reached",
    };
    !control::LIMITS.lets(wait.operation(), decision)
}

/// It may still take longer than it seemed: the rate may be lowered.
async fn turn_within<C: Clock>(limiter: &RateLimit<C>, wait: Wait) -> Result<(), TooFast> {
    let in_line = InLine::join(wait.operation(), Line::RateLimit);
    match with_timeout(wait.limit(), turn(limiter)).await {
        Ok(()) => {
            in_line.served();
            Ok(())
        }
        Err(_) => Err(TooFast {
            turn_in: limiter.wait_behind(limiter.waiting()),
        }),
    }
}

/// Waits behind those who came before, and then for the time.
pub(super) async fn turn<C: Clock>(limiter: &RateLimit<C>) {
    let _waiter = Waiter::join(limiter);
    // It is never closed. Were it, all would be first in line, and the rate would still be kept.
    let _first = limiter.line.acquire().await.ok();
    loop {
        // Made before the look, so that no change is missed.
        let changed = limiter.changed.notified();
        match limiter.take() {
            Ok(()) => return,
            Err(wait) => {
                let wait = Limit::from(Duration::from_nanos(wait));
                // Looks again after either.
                let _either = with_timeout(wait, changed).await;
            }
        }
    }
}

/// One of those who wait.
struct Waiter<'a, C>(&'a RateLimit<C>);

impl<'a, C> Waiter<'a, C> {
    fn join(limiter: &'a RateLimit<C>) -> Self {
        limiter.waiting.fetch_add(1, Relaxed);
        Self(limiter)
    }
}

impl<C> Drop for Waiter<'_, C> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Relaxed);
    }
}

/// There is no turn; it still has to be told for whom.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct TooFast {
    turn_in: Duration,
}

impl TooFast {
    #[cold]
    #[must_use]
    pub fn of(self, operation: &'static str) -> RateLimited {
        let by = telemetry::Refusal::RateLimited;
        let retry_after = Some(self.turn_in);
        telemetry::tell(operation, Event::Refused { by, retry_after });
        RateLimited::new(operation, self.turn_in)
    }
}

/// What `#[rate_limit]` asks for a turn.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a rate limit",
    label = "expected a `RateLimit`",
    note = "a rate limit is an `etiquette::RateLimit`, or an `Arc` of one",
    note = "(a `KeyedRateLimit` needs to know for which key: `key = …`)"
)]
// The clock is a parameter, not a type of the trait's, since that would be a second error.
pub trait Limiter<C: Clock>: Sync {
    fn limiter(&self) -> &RateLimit<C>;
}

/// `limiter = EXPR`, looked at once, so that there is one error where it is something else.
#[doc(hidden)]
#[inline]
pub fn limiter<L: Limiter<C> + ?Sized, C: Clock>(limiter: &L) -> &RateLimit<C> {
    limiter.limiter()
}

impl<C: Clock> Limiter<C> for RateLimit<C> {
    #[inline]
    fn limiter(&self) -> &Self {
        self
    }
}

macro_rules! pointers {
    ($($pointer:ty),*) => {$(
        // The label says what is meant.
        #[diagnostic::do_not_recommend]
        impl<C: Clock, T: Limiter<C> + ?Sized> Limiter<C> for $pointer
        where
            Self: Sync,
        {
            #[inline]
            fn limiter(&self) -> &RateLimit<C> {
                T::limiter(self)
            }
        }
    )*};
}

pointers!(&T, Arc<T>, Box<T>);

#[diagnostic::do_not_recommend]
impl<C: Clock, T: Limiter<C>, F> Limiter<C> for LazyLock<T, F>
where
    F: FnOnce() -> T,
    Self: Sync,
{
    fn limiter(&self) -> &RateLimit<C> {
        T::limiter(self)
    }
}

#[cfg(test)]
mod tests;
