//! tower: services, one future per layer, no boxes.

use std::{future::Ready, sync::Arc};

use tower::{
    BoxError, Service, ServiceBuilder, ServiceExt,
    retry::{
        Policy,
        budget::{Budget, TpsBudget},
    },
    service_fn,
};

use crate::subject::{ATTEMPT, Calls, Error, Outcome, TOTAL, flaky, never, once, ready};

/// Two retries of transient errors, with no delay: what a delay needs, tower leaves to its users.
#[derive(Clone)]
pub(crate) struct Twice<B> {
    left: u32,
    budget: B,
}

/// Asks nobody.
#[derive(Clone)]
pub(crate) struct NoBudget;

impl<B: Clone + Ask> Twice<B> {
    fn again<T, E>(
        &mut self,
        result: &mut Result<T, E>,
        transient: impl Fn(&E) -> bool,
    ) -> Option<Ready<()>> {
        match result {
            Ok(_) => {
                self.budget.credit();
                None
            }
            Err(error) if self.left > 0 && transient(error) && self.budget.take() => {
                self.left -= 1;
                Some(std::future::ready(()))
            }
            Err(_) => None,
        }
    }
}

/// What a policy asks before a retry.
pub(crate) trait Ask {
    fn credit(&self);
    fn take(&self) -> bool;
}

impl Ask for NoBudget {
    fn credit(&self) {}

    fn take(&self) -> bool {
        true
    }
}

impl Ask for Arc<TpsBudget> {
    fn credit(&self) {
        self.deposit();
    }

    fn take(&self) -> bool {
        self.withdraw()
    }
}

impl<B: Clone + Ask> Policy<u64, u64, Error> for Twice<B> {
    type Future = Ready<()>;

    fn retry(&mut self, _: &mut u64, result: &mut Result<u64, Error>) -> Option<Ready<()>> {
        self.again(result, Error::is_transient)
    }

    fn clone_request(&mut self, request: &u64) -> Option<u64> {
        Some(*request)
    }
}

impl<B: Clone + Ask> Policy<u64, u64, BoxError> for Twice<B> {
    type Future = Ready<()>;

    fn retry(&mut self, _: &mut u64, result: &mut Result<u64, BoxError>) -> Option<Ready<()>> {
        self.again(result, |error| {
            error.downcast_ref().is_none_or(Error::is_transient)
        })
    }

    fn clone_request(&mut self, request: &u64) -> Option<u64> {
        Some(*request)
    }
}

fn unbox(error: BoxError) -> Error {
    error.downcast().map_or(Error::TimedOut, |error| *error)
}

macro_rules! each {
    ($($retry:ident $timeout:ident $stack:ident: $body:ident)*) => {$(
        pub(crate) fn $retry() -> impl AsyncFnMut(u64) -> Outcome + 'static {
            let policy = Twice { left: 2, budget: NoBudget };
            let mut service = ServiceBuilder::new().retry(policy).service(service_fn($body));
            async move |x| service.ready().await?.call(x).await
        }

        pub(crate) fn $timeout() -> impl AsyncFnMut(u64) -> Outcome + 'static {
            let mut service = ServiceBuilder::new().timeout(TOTAL).service(service_fn($body));
            async move |x| service.ready().await.map_err(unbox)?.call(x).await.map_err(unbox)
        }

        pub(crate) fn $stack() -> impl AsyncFnMut(u64) -> Outcome + 'static {
            let policy = Twice { left: 2, budget: NoBudget };
            let mut service = ServiceBuilder::new()
                .timeout(TOTAL)
                .retry(policy)
                .timeout(ATTEMPT)
                .service(service_fn($body));
            async move |x| service.ready().await.map_err(unbox)?.call(x).await.map_err(unbox)
        }
    )*};
}

each! {
    retry_ready timeout_ready stack_ready: ready
    retry_once timeout_once stack_once: once
    retry_never timeout_never stack_never: never
}

pub(crate) fn retry_flaky(calls: Arc<Calls>) -> impl AsyncFnMut(u64) -> Outcome + 'static {
    let policy = Twice {
        left: 2,
        budget: NoBudget,
    };
    let service = service_fn(move |x| {
        let calls = Arc::clone(&calls);
        async move { flaky(x, &calls).await }
    });
    let mut service = ServiceBuilder::new().retry(policy).service(service);
    async move |x| service.ready().await?.call(x).await
}

/// With a budget that threads share.
pub(crate) fn retry_budget(budget: Arc<TpsBudget>) -> impl AsyncFnMut(u64) -> Outcome + 'static {
    let policy = Twice { left: 2, budget };
    let mut service = ServiceBuilder::new().retry(policy).service(service_fn(ready));
    async move |x| service.ready().await?.call(x).await
}

/// As many at once as `#[concurrency_limit]` lets in.
pub(crate) fn limited() -> impl AsyncFnMut(u64) -> Outcome + 'static {
    let mut service = ServiceBuilder::new()
        .concurrency_limit(64)
        .service(service_fn(ready));
    async move |x| service.ready().await?.call(x).await
}

/// More a second than anybody asks for.
pub(crate) fn rated() -> impl AsyncFnMut(u64) -> Outcome + 'static {
    let second = std::time::Duration::from_secs(1);
    let mut service = ServiceBuilder::new()
        .rate_limit(u64::from(u32::MAX), second)
        .service(service_fn(ready));
    async move |x| service.ready().await?.call(x).await
}
