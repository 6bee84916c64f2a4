//! What all contenders run: the same bodies, the same error, the same limits.

use std::{
    future::{Future, poll_fn},
    hint::black_box,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    task::Poll,
    time::Duration,
};

use etiquette::{Classify, Stopped};

/// The limit of a whole call.
pub const TOTAL: Duration = Duration::from_secs(30);
/// The limit of one attempt.
pub const ATTEMPT: Duration = Duration::from_secs(2);
/// The first delay between attempts.
pub const FIRST: Duration = Duration::from_millis(100);
/// The longest delay between attempts.
pub const LONGEST: Duration = Duration::from_secs(10);

/// An error as services have it. Every contender returns this one.
#[derive(Debug, thiserror::Error, Classify)]
pub enum Error {
    /// Worth another attempt.
    #[error("busy")]
    #[transient]
    Busy,
    /// What hand-written code and peers say of a timeout.
    #[error("timed out")]
    #[transient]
    TimedOut,
    /// What hand-written code and peers say of a cancellation.
    #[error("cancelled")]
    #[permanent]
    Cancelled,
    /// What etiquette says of both.
    #[error("stopped")]
    #[classify(inner)]
    Stopped(#[from] Stopped),
}

impl Error {
    /// The question that hand-written loops ask.
    #[must_use]
    #[inline]
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::Busy | Self::TimedOut)
    }
}

/// What every call returns.
pub type Outcome = Result<u64, Error>;

/// What a call came to, as a number: contenders of one job have to agree on it.
#[must_use]
#[inline]
pub fn digest(outcome: &Outcome) -> u64 {
    match outcome {
        Ok(value) => *value,
        Err(error) => u64::MAX - code(error),
    }
}

#[cold]
fn code(error: &Error) -> u64 {
    match error {
        Error::Busy => 1,
        Error::TimedOut => 2,
        Error::Cancelled => 3,
        Error::Stopped(stop) if stop.is_timeout() => 2,
        Error::Stopped(stop) if stop.is_cancelled() => 3,
        Error::Stopped(_) => 4,
    }
}

/// Ready in its first poll.
#[inline(never)]
pub async fn ready(x: u64) -> Outcome {
    Ok(black_box(x))
}

/// Pending once, then ready.
#[inline(never)]
pub async fn once(x: u64) -> Outcome {
    tick().await;
    Ok(black_box(x))
}

/// Ready in its first poll; one call of a hundred fails.
#[inline(never)]
pub async fn seldom(x: u64) -> Outcome {
    if black_box(x).is_multiple_of(100) {
        Err(Error::Busy)
    } else {
        Ok(black_box(x))
    }
}

/// Never ready.
#[inline(never)]
pub async fn never(x: u64) -> Outcome {
    std::future::pending::<()>().await;
    Ok(black_box(x))
}

/// Holds its argument across a wait.
#[inline(never)]
pub async fn carry<const N: usize>(bytes: &[u8; N]) -> Outcome {
    tick().await;
    Ok(u64::from(black_box(bytes)[N / 2]))
}

/// How often a body ran. Relaxed loads and stores: no locked instruction.
pub type Calls = AtomicU64;

/// Fails twice, then succeeds, and so on.
#[inline(never)]
pub async fn flaky(x: u64, calls: &Calls) -> Outcome {
    let run = calls.load(Relaxed) + 1;
    calls.store(run, Relaxed);
    if black_box(run).is_multiple_of(3) {
        Ok(x + run)
    } else {
        Err(Error::Busy)
    }
}

/// Pending once. Wakes nobody: whoever polls it comes back by itself, so that the cost of a trip
/// through the scheduler, which is the same for all, does not hide that of the layers.
fn tick() -> impl Future<Output = ()> {
    let mut waited = false;
    poll_fn(move |_| match std::mem::replace(&mut waited, true) {
        false => Poll::Pending,
        true => Poll::Ready(()),
    })
}
