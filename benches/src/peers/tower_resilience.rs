//! tower-resilience: tower services, each layer in a box.

use tower::{Service, ServiceExt, service_fn};
use tower_resilience_bulkhead::{BulkheadLayer, BulkheadServiceError};
use tower_resilience_circuitbreaker::{CircuitBreakerError, CircuitBreakerLayer};
use tower_resilience_ratelimiter::{RateLimiterLayer, RateLimiterServiceError};
use tower_resilience_retry::RetryLayer;
use tower_resilience_timelimiter::{TimeLimiterError, TimeLimiterLayer};

use crate::subject::{Error, FIRST, Outcome, TOTAL, once, ready};

fn unwrap(error: TimeLimiterError<Error>) -> Error {
    error.into_inner().unwrap_or(Error::TimedOut)
}

macro_rules! each {
    ($($retry:ident $timeout:ident: $body:ident)*) => {$(
        pub(crate) fn $retry() -> impl AsyncFnMut(u64) -> Outcome + 'static {
            let layer = RetryLayer::<u64, u64, Error>::builder()
                .max_attempts(3)
                .exponential_backoff(FIRST)
                .retry_on(Error::is_transient)
                .build();
            let mut service = tower::Layer::layer(&layer, service_fn($body));
            async move |x| service.ready().await?.call(x).await
        }

        pub(crate) fn $timeout() -> impl AsyncFnMut(u64) -> Outcome + 'static {
            let layer = TimeLimiterLayer::builder().timeout_duration(TOTAL).build();
            let mut service = tower::Layer::layer(&layer, service_fn($body));
            async move |x| service.ready().await.map_err(unwrap)?.call(x).await.map_err(unwrap)
        }
    )*};
}

each! {
    retry_ready timeout_ready: ready
    retry_once timeout_once: once
}

/// A window of a hundred calls, half of which have to fail.
pub(crate) fn breaker() -> impl AsyncFnMut(u64) -> Outcome + 'static {
    let layer = match CircuitBreakerLayer::builder()
        .failure_rate_threshold(0.5)
        .sliding_window_size(100)
        .minimum_number_of_calls(20)
        .build()
    {
        Ok(layer) => layer,
        Err(error) => unreachable!("a breaker as in its documentation: {error}"),
    };
    let mut service = tower::Layer::layer(&layer, service_fn(ready));
    let inner = |error| match error {
        CircuitBreakerError::Inner(error) => error,
        _ => Error::Cancelled,
    };
    async move |x| service.ready().await.map_err(inner)?.call(x).await.map_err(inner)
}

pub(crate) fn limited() -> impl AsyncFnMut(u64) -> Outcome + 'static {
    let layer = match BulkheadLayer::builder().max_concurrent_calls(64).build() {
        Ok(layer) => layer,
        Err(error) => unreachable!("a bulkhead as in its documentation: {error}"),
    };
    let mut service = tower::Layer::layer(&layer, service_fn(ready));
    let inner = |error| match error {
        BulkheadServiceError::Inner(error) => error,
        BulkheadServiceError::Bulkhead(_) => Error::Cancelled,
    };
    async move |x| service.ready().await.map_err(inner)?.call(x).await.map_err(inner)
}

pub(crate) fn rated() -> impl AsyncFnMut(u64) -> Outcome + 'static {
    let layer = match RateLimiterLayer::builder()
        .limit_for_period(u32::MAX as usize)
        .refresh_period(std::time::Duration::from_secs(1))
        .timeout_duration(std::time::Duration::ZERO)
        .build()
    {
        Ok(layer) => layer,
        Err(error) => unreachable!("a limiter as in its documentation: {error}"),
    };
    let mut service = tower::Layer::layer(&layer, service_fn(ready));
    let inner = |error| match error {
        RateLimiterServiceError::Inner(error) => error,
        RateLimiterServiceError::RateLimited => Error::Cancelled,
    };
    async move |x| service.ready().await.map_err(inner)?.call(x).await.map_err(inner)
}
