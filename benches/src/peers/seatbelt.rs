//! seatbelt: layers around a service, with telemetry off.

use layered::{Execute, Service, Stack};
use seatbelt::{
    RecoveryInfo, ResilienceContext, breaker::Breaker, hedging::Hedging, retry::Retry, timeout::Timeout,
};
use tick::Clock;

use crate::subject::{ATTEMPT, Error, FIRST, Outcome, TOTAL, never, once, ready};

fn context() -> ResilienceContext<u64, Outcome> {
    ResilienceContext::new(Clock::new_tokio())
}

fn judge(out: &Outcome) -> RecoveryInfo {
    match out {
        Err(error) if error.is_transient() => RecoveryInfo::retry(),
        _ => RecoveryInfo::never(),
    }
}

macro_rules! each {
    ($($retry:ident $timeout:ident $stack:ident: $body:ident)*) => {$(
        pub(crate) fn $retry() -> impl AsyncFnMut(u64) -> Outcome + 'static {
            let cx = context();
            let retry = Retry::layer("retry", &cx)
                .clone_input()
                .recovery_with(|out: &Outcome, _| judge(out))
                .max_retry_attempts(2)
                .base_delay(FIRST);
            let service = (retry, Execute::new($body)).into_service();
            async move |x| service.execute(x).await
        }

        pub(crate) fn $timeout() -> impl AsyncFnMut(u64) -> Outcome + 'static {
            let cx = context();
            let timeout = Timeout::layer("timeout", &cx)
                .timeout_output(|_| Err(Error::TimedOut))
                .timeout(TOTAL);
            let service = (timeout, Execute::new($body)).into_service();
            async move |x| service.execute(x).await
        }

        pub(crate) fn $stack() -> impl AsyncFnMut(u64) -> Outcome + 'static {
            let cx = context();
            let total = Timeout::layer("total", &cx).timeout_output(|_| Err(Error::TimedOut)).timeout(TOTAL);
            let retry = Retry::layer("retry", &cx)
                .clone_input()
                .recovery_with(|out: &Outcome, _| judge(out))
                .max_retry_attempts(2)
                .base_delay(FIRST);
            let attempt = Timeout::layer("attempt", &cx).timeout_output(|_| Err(Error::TimedOut)).timeout(ATTEMPT);
            let service = (total, retry, attempt, Execute::new($body)).into_service();
            async move |x| service.execute(x).await
        }
    )*};
}

each! {
    retry_ready timeout_ready stack_ready: ready
    retry_once timeout_once stack_once: once
    retry_never timeout_never stack_never: never
}

/// A rate over 30 seconds: it has no window of calls.
pub(crate) fn breaker() -> impl AsyncFnMut(u64) -> Outcome + 'static {
    let cx = context();
    let breaker = Breaker::layer("breaker", &cx)
        .recovery_with(|out: &Outcome, _| judge(out))
        .rejected_input_error(|_, _| Error::Cancelled)
        .failure_threshold(0.5);
    let service = (breaker, Execute::new(ready)).into_service();
    async move |x| service.execute(x).await
}

pub(crate) fn hedged() -> impl AsyncFnMut(u64) -> Outcome + 'static {
    let cx = context();
    let hedging = Hedging::layer("hedging", &cx)
        .clone_input()
        .recovery_with(|out: &Outcome, _| judge(out))
        .hedging_delay(std::time::Duration::from_millis(50));
    let service = (hedging, Execute::new(ready)).into_service();
    async move |x| service.execute(x).await
}
