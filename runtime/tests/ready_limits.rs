//! What the limits, the hedge and the fallback cost a call whose turn it is and whose body is ready at
//! once: no allocation and no timer; and what they add to a future. Alone in its process: the
//! allocator counts for all.

use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

use etiquette::{__private as P, ConcurrencyLimit, RateLimit, Stopped};

type Ret = Result<u64, Stopped>;

const SECOND: Duration = Duration::from_secs(1);

static LIMIT: ConcurrencyLimit = ConcurrencyLimit::new(2);
static RATE: RateLimit = RateLimit::new(1_000, SECOND);
static BUDGET: P::RetryBudget = P::RetryBudget::new();

/// Polls once, without a runtime: a timer would panic.
fn ready<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(out) => out,
        Poll::Pending => panic!("not ready"),
    }
}

async fn body<const N: usize>(id: u64, payload: [u8; N]) -> Ret {
    if id == 0 {
        tokio::task::yield_now().await;
    }
    Ok(id + payload.len() as u64)
}

/// What any function is that awaits something before its body takes the arguments.
async fn plain<const N: usize>(id: u64, payload: [u8; N]) -> Ret {
    std::future::ready(()).await;
    body(id, payload).await
}

async fn limited<const N: usize>(id: u64, payload: [u8; N]) -> Ret {
    match P::acquire(&LIMIT, P::Wait::at_most(SECOND)).await {
        Ok(__etq_slot) => P::Slot::run(__etq_slot, body(id, payload)).await,
        Err(__etq_stop) => P::stopped::<Ret>(__etq_stop.of("op")),
    }
}

async fn queued<const N: usize>(id: u64, payload: [u8; N]) -> Ret {
    match P::acquire_queued(&LIMIT, P::Wait::forever(), 7u32).await {
        Ok(__etq_slot) => P::Slot::run(__etq_slot, body(id, payload)).await,
        Err(__etq_stop) => P::stopped::<Ret>(__etq_stop.of("op")),
    }
}

async fn rated<const N: usize>(id: u64, payload: [u8; N]) -> Ret {
    match match P::start(&RATE) {
        Ok(()) => Ok(()),
        Err(__etq_turn_in) => P::wait_turn(&RATE, P::Wait::at_most(SECOND), __etq_turn_in).await,
    } {
        Ok(()) => body(id, payload).await,
        Err(__etq_stop) => P::stopped::<Ret>(__etq_stop.of("op")),
    }
}

async fn hedged(id: u64) -> Ret {
    let (_, __etq_out) = P::hedge("op", P::limit(SECOND), 2u32, P::Shared(&BUDGET), || async {
        let __etq_out: Ret = body(id, []).await;
        P::ran!(P::Ended::Body, __etq_out)
    })
    .await;
    __etq_out
}

/// The second run, at once after the first has failed, fits in as well.
async fn hedged_twice() -> Ret {
    let runs = std::cell::Cell::new(0);
    let (_, __etq_out) = P::hedge("op", P::limit(SECOND), 2u32, P::Shared(&BUDGET), || async {
        runs.set(runs.get() + 1);
        let __etq_out: Ret = match runs.get() {
            1 => Err(etiquette::TimedOut::new("op", SECOND).into()),
            run => Ok(run),
        };
        P::ran!(P::Ended::Body, __etq_out)
    })
    .await;
    __etq_out
}

async fn replaced(id: u64) -> Ret {
    '__etq: {
        {
            let __etq_out: Ret = match id {
                0 => Err(etiquette::AtCapacity::new("op", None).into()),
                id => body(id, []).await,
            };
            if !P::fall_back!(P::fallback::fall_back, P::Ended::Body, &__etq_out) {
                break '__etq __etq_out;
            }
        }
        Ok(9)
    }
}

#[test]
fn costs_no_allocation_and_no_timer() {
    let run = || {
        assert_eq!(ready(limited(7, [])), Ok(7));
        assert_eq!(ready(queued(7, [])), Ok(7));
        assert_eq!(ready(rated(7, [])), Ok(7));
        assert_eq!(ready(hedged(7)), Ok(7));
        assert_eq!(ready(replaced(7)), Ok(7));
        assert_eq!(ready(replaced(0)), Ok(9));
        // Nor does a refusal.
        let slots = [LIMIT.try_acquire(), LIMIT.try_acquire()];
        assert!(ready(P::acquire(&LIMIT, P::Wait::none())).is_err());
        drop(slots);
    };
    // The clock remembers when it was first asked.
    run();
    let info = allocation_counter::measure(run);
    assert_eq!(info.count_total, 0, "{info:?}");
}

/// The first error is kept until all have failed, where a call that does not fail has no room for it.
#[test]
fn a_hedge_keeps_the_first_error_in_one_allocation() {
    assert_eq!(ready(hedged_twice()), Ok(2));
    let info = allocation_counter::measure(|| assert_eq!(ready(hedged_twice()), Ok(2)));
    assert_eq!(info.count_total, 1, "{info:?}");
}

#[test]
fn adds_little_to_a_future() {
    let plain = size_of_val(&plain(1, [0; 1024]));
    // What they need while they wait shares its place with the body, which does not run yet.
    for layered in [
        size_of_val(&limited(1, [0; 1024])),
        size_of_val(&queued(1, [0; 1024])),
        size_of_val(&rated(1, [0; 1024])),
    ] {
        assert!(layered <= plain + 64, "{layered} for {plain}");
    }
}

#[test]
fn is_send_and_sync() {
    fn both<T: Send + Sync>() {}
    fn send<T: Send>(_: T) {}
    both::<ConcurrencyLimit>();
    both::<etiquette::KeyedConcurrencyLimit>();
    both::<etiquette::Slot<'static>>();
    both::<RateLimit>();
    both::<RateLimit<etiquette::MonotonicClock>>();
    both::<etiquette::KeyedRateLimit>();
    send(LIMIT.acquire());
    send(RATE.acquire());
    send(limited(1, []));
    send(rated(1, []));
    send(hedged(1));
    send(etiquette::shielded_idle());
    send(P::shield_as("app::shield", async { 1 }));
    send(P::blocking(Some(&LIMIT), || 1));
}
