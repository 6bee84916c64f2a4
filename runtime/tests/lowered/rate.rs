//! `#[rate_limit]` alone.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use etiquette::{__private as P, KeyedRateLimit, MonotonicClock, RateLimit, Stopped};
use tokio::time::Instant;

use crate::{Error, is_send, ms};

const OP: &str = concat!(module_path!(), "::fetch");

type Ret = Result<u32, Error>;

/// `#[rate_limit(10, per = 1s, burst = 1, wait = …)]`.
async fn fetch(id: u32, limit: &RateLimit, wait: P::Wait) -> Ret {
    let mut __etq_ended = P::Ended::Body;
    let __etq_out: Ret = match match P::start(&limit) {
        Ok(()) => Ok(()),
        Err(__etq_turn_in) => P::wait_turn(&limit, wait, __etq_turn_in).await,
    } {
        Ok(()) => async { Ok(id) }.await,
        Err(__etq_stop) => {
            __etq_ended = P::Ended::Refused;
            P::stopped::<Ret>(__etq_stop.of(OP))
        }
    };
    assert_eq!(__etq_ended == P::Ended::Refused, __etq_out.is_err());
    return __etq_out;
}

#[tokio::test(start_paused = true)]
async fn waits_for_its_turn_or_is_refused() {
    let limit = RateLimit::new(10, Duration::from_secs(1)).burst(1);
    let start = Instant::now();
    let (a, b, c, d) = tokio::join!(
        is_send(fetch(1, &limit, P::Wait::forever())),
        fetch(2, &limit, P::Wait::at_most(ms(100))),
        fetch(3, &limit, P::Wait::at_most(ms(199))),
        fetch(4, &limit, P::Wait::none()),
    );
    assert_eq!((a, b), (Ok(1), Ok(2)));
    assert_eq!(start.elapsed(), ms(100));
    for out in [c, d] {
        let Err(Error::Stopped(Stopped::RateLimited(stop))) = out else {
            panic!("{out:?}")
        };
        assert_eq!(stop.operation, "lowered::rate::fetch");
        assert_eq!(stop.retry_after(), Some(ms(200)));
    }
}

/// The state of a service, as users write it.
struct Service {
    limit: Arc<RateLimit>,
    customers: KeyedRateLimit,
}

static LAZY: LazyLock<RateLimit<MonotonicClock>> =
    LazyLock::new(|| RateLimit::with_clock(1, Duration::from_secs(60), MonotonicClock));

impl Service {
    /// `#[rate_limit(limiter = …)]`, and `key = customer`.
    async fn fetch(&self, customer: String) -> Ret {
        let (__etq_limiter, __etq_rate) = (&(self.limit), P::limiter(&(LAZY)));
        match match P::start(__etq_limiter) {
            Ok(()) => Ok(()),
            Err(__etq_turn_in) => P::wait_turn(__etq_limiter, P::Wait::forever(), __etq_turn_in).await,
        } {
            Ok(()) => match match P::start(__etq_rate) {
                Ok(()) => Ok(()),
                Err(__etq_turn_in) => P::wait_turn(__etq_rate, P::Wait::none(), __etq_turn_in).await,
            } {
                Ok(()) => {
                    let keyed = P::KeyedPermits::new(&(&self.customers), &(customer));
                    match match P::start(&keyed) {
                        Ok(()) => Ok(()),
                        Err(__etq_turn_in) => P::wait_turn(&keyed, P::Wait::none(), __etq_turn_in).await,
                    } {
                        Ok(()) => async { Ok(customer.len() as u32) }.await,
                        Err(__etq_stop) => P::stopped::<Ret>(__etq_stop.of(OP)),
                    }
                }
                Err(__etq_stop) => P::stopped::<Ret>(__etq_stop.of(OP)),
            },
            Err(__etq_stop) => P::stopped::<Ret>(__etq_stop.of(OP)),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn takes_a_limiter_and_keys() {
    let service = Service {
        limit: Arc::new(RateLimit::new(10, Duration::from_secs(1))),
        customers: KeyedRateLimit::new(1, Duration::from_secs(60)),
    };
    assert_eq!(is_send(service.fetch("abc".into())).await, Ok(3));
    assert_eq!((service.limit.tokens(), service.customers.tokens("abc")), (9, 0));
    let refused = service.fetch("abc".into()).await;
    assert!(matches!(refused, Err(Error::Stopped(stop)) if stop.is_refusal()));
}
