//! Rate limiters and semaphores: governor, leaky-bucket, tokio's own.

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock, MonotonicClock},
    middleware::NoOpMiddleware,
    state::{InMemoryState, NotKeyed},
};
use tokio::sync::Semaphore;

use crate::subject::{Error, Outcome, ready};

/// One limit for all, on the clock `C`.
pub(crate) type Governor<C> =
    Arc<RateLimiter<NotKeyed, InMemoryState, C, NoOpMiddleware<<C as Clock>::Instant>>>;

/// On the processor's own counter, which it takes from the crate quanta.
pub(crate) fn governor() -> Governor<DefaultClock> {
    Arc::new(RateLimiter::direct(Quota::per_second(NonZeroU32::MAX)))
}

/// On the clock of std, as etiquette's.
pub(crate) fn governor_monotonic() -> Governor<MonotonicClock> {
    Arc::new(RateLimiter::direct_with_clock(
        Quota::per_second(NonZeroU32::MAX),
        MonotonicClock,
    ))
}

pub(crate) async fn governed<C: Clock>(limiter: &Governor<C>, x: u64) -> Outcome {
    match limiter.check() {
        Ok(()) => ready(x).await,
        Err(_) => Err(Error::Cancelled),
    }
}

/// It is asked with a reading of the clock, and nothing more.
pub(crate) async fn clock_read(x: u64) -> Outcome {
    std::hint::black_box(tokio::time::Instant::now());
    ready(x).await
}

pub(crate) fn leaky_bucket() -> impl AsyncFnMut(u64) -> Outcome + 'static {
    let limiter = leaky_bucket::RateLimiter::builder()
        .initial(1 << 40)
        .max(1 << 40)
        .refill(1 << 30)
        .interval(Duration::from_secs(1))
        .build();
    async move |x| {
        limiter.acquire_one().await;
        ready(x).await
    }
}

/// What `#[concurrency_limit]` stands for.
pub(crate) async fn acquire(semaphore: &Semaphore, x: u64) -> Outcome {
    match semaphore.acquire().await {
        Ok(_permit) => ready(x).await,
        Err(_) => Err(Error::Cancelled),
    }
}
