//! tower-resilience: tower services, each layer in a box.

use tower::{Service, ServiceExt, service_fn};
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
