//! The layers that limit, refuse, replace and move a call, in their shortest and in their fullest form, for crates in
//! which nothing short may mean what it usually does: all is named in full, and what `crate::traps` holds is in scope.
//!
//! Nothing here needs a runtime: what runs on a task or a thread of its own is only built.

#[allow(unused_imports, reason = "most crates set no traps")]
use crate::traps::*;

use crate::CancellationToken;

type Num = ::core::primitive::u32;
type Answer = ::core::result::Result<Num, Error>;

#[derive(::core::fmt::Debug, ::etiquette::Classify)]
enum Error {
    #[classify(inner)]
    Stopped(::etiquette::Stopped),
    #[transient]
    Busy,
}

impl ::core::convert::From<::etiquette::Stopped> for Error {
    fn from(stopped: ::etiquette::Stopped) -> Self {
        Self::Stopped(stopped)
    }
}

#[::etiquette::circuit_breaker]
async fn short_circuit_breaker(n: Num) -> Answer {
    ::core::result::Result::Ok(n)
}

#[::etiquette::circuit_breaker(
    failure_rate = 0.5,
    window = WINDOW,
    min_calls = 2,
    open_for = 5s,
    factor = 1.5,
    max = 1m,
    probes = PROBES,
    slow_call = 1s,
    slow_rate = 0.9,
    when = |error| ::core::matches!(error, Error::Busy),
    abandoned = failure,
    error = |open| Error::Stopped(::core::convert::Into::into(open)),
    name = "own name"
)]
async fn full_circuit_breaker(n: Num) -> Answer {
    if n == 0 {
        return ::core::result::Result::Err(Error::Busy);
    }
    ::core::result::Result::Ok(n)
}

// Called like what an expansion keeps.
const BREAKER: Num = 1;
const WINDOW: Num = 10;
const PLACES: ::core::primitive::usize = 2;
const PROBES: Num = BREAKER;
const RATE: Num = 3;
const BURST: Num = 3;

#[::etiquette::circuit_breaker(consecutive = BREAKER, open_for = 1h, key = n, or_return = ::core::result::Result::Ok(7))]
async fn breaker_by_key(n: Num) -> Answer {
    ::core::result::Result::Err(Error::Busy)
}

static CIRCUIT: ::etiquette::CircuitBreaker = ::etiquette::CircuitBreaker::new().consecutive(1);
static CIRCUITS: ::etiquette::KeyedCircuitBreaker = ::etiquette::KeyedCircuitBreaker::new().consecutive(1);

#[::etiquette::circuit_breaker(state = CIRCUIT)]
async fn breaker_from_elsewhere(n: Num) -> Answer {
    match n {
        0 => ::core::result::Result::Err(Error::Busy),
        n => ::core::result::Result::Ok(n),
    }
}

#[::etiquette::circuit_breaker(state = &CIRCUITS, key = (n, 1))]
async fn breakers_from_elsewhere(n: Num) -> Answer {
    ::core::result::Result::Err(Error::Busy)
}

#[::etiquette::concurrency_limit(2, wait = forever)]
async fn short_concurrency_limit(n: Num) -> Answer {
    ::core::result::Result::Ok(n)
}

#[::etiquette::concurrency_limit(
    PLACES,
    wait = 1s,
    queue = BREAKER,
    key = n,
    error = |full| Error::Stopped(::core::convert::Into::into(full)),
    name = "own name"
)]
async fn full_concurrency_limit(n: Num) -> Answer {
    ::core::result::Result::Ok(n)
}

static ROOM: ::etiquette::ConcurrencyLimit = ::etiquette::ConcurrencyLimit::new(1);

#[::etiquette::concurrency_limit(semaphore = &ROOM, wait = none, or_return = 9)]
async fn alone(next: ::core::primitive::bool) -> Num {
    if next {
        return ::core::future::IntoFuture::into_future(Self_::boxed(false)).await;
    }
    4
}

/// A call from inside a call.
struct Self_;

impl Self_ {
    fn boxed(
        next: ::core::primitive::bool,
    ) -> ::core::pin::Pin<::std::boxed::Box<dyn ::core::future::Future<Output = Num>>> {
        ::std::boxed::Box::pin(alone(next))
    }
}

#[::etiquette::rate_limit(2, per = 1h, wait = none)]
async fn short_rate_limit(n: Num) -> Answer {
    ::core::result::Result::Ok(n)
}

#[::etiquette::rate_limit(
    RATE,
    per = 1h,
    burst = BURST - 2,
    wait = ::core::time::Duration::ZERO,
    key = n,
    error = |fast| Error::Stopped(::core::convert::Into::into(fast)),
    name = "own name"
)]
async fn full_rate_limit(n: Num) -> Answer {
    ::core::result::Result::Ok(n)
}

static LIMITER: ::etiquette::RateLimit =
    ::etiquette::RateLimit::new(1, ::core::time::Duration::from_secs(3_600));

#[::etiquette::rate_limit(limiter = LIMITER, wait = none, or_return = 8)]
async fn limiter_from_elsewhere() -> Num {
    5
}

#[::etiquette::hedge(after = 50ms)]
async fn short_hedge(n: &Num) -> Answer {
    ::core::result::Result::Ok(*n)
}

static BUDGET: ::etiquette::RetryBudget = ::etiquette::RetryBudget::new();

#[::etiquette::hedge(after = ::core::time::Duration::from_secs(1), attempts = 2 + 1, clone(held), budget = &BUDGET, name = "own name")]
async fn full_hedge(runs: &::core::cell::Cell<Num>, held: [Num; 2]) -> Answer {
    let moved = held;
    runs.set(runs.get() + 1);
    if runs.get() < moved[0] {
        return ::core::result::Result::Err(Error::Busy);
    }
    ::core::result::Result::Ok(runs.get())
}

#[::etiquette::fallback(::core::result::Result::Ok(n + 1))]
async fn short_fallback(n: Num) -> Answer {
    ::core::result::Result::Err(Error::Busy)
}

#[::etiquette::fallback(
    with = |error| {
        ::core::future::ready(()).await;
        match error {
            Error::Busy => ::core::result::Result::Ok(n),
            error => ::core::result::Result::Err(error),
        }
    },
    when = |error| ::core::matches!(error, Error::Busy),
    name = "own name"
)]
async fn full_fallback(n: Num) -> Answer {
    ::core::result::Result::Err(Error::Busy)
}

fn instead(_: Error) -> Answer {
    ::core::result::Result::Ok(6)
}

#[::etiquette::fallback(with = instead)]
async fn fallback_by_path() -> Answer {
    ::core::result::Result::Err(Error::Busy)
}

#[::etiquette::shield]
async fn short_shield(n: Num) -> Num {
    n
}

#[::etiquette::instrument_task]
#[::etiquette::with_timeout(5s, total)]
#[::etiquette::shield(name = "own name")]
#[::etiquette::retry(clone(held), attempt = at)]
#[::etiquette::circuit_breaker]
#[::etiquette::with_timeout(1s, attempt)]
async fn full_shield(held: [Num; 2]) -> Answer {
    let moved = held;
    ::core::result::Result::Ok(moved[0] + at.number)
}

#[::etiquette::blocking]
async fn short_blocking(n: Num) -> Num {
    n
}

#[::etiquette::retry(clone(held))]
#[::etiquette::with_timeout(5s, attempt)]
#[::etiquette::blocking(limit = PLACES, name = "own name")]
async fn full_blocking(held: [Num; 2]) -> Answer {
    let moved = held;
    ::core::result::Result::Ok(moved[0])
}

#[::etiquette::instrument_task]
#[::etiquette::cancellable]
#[::etiquette::fallback(::core::result::Result::Ok(0))]
#[::etiquette::with_timeout(30s, total)]
#[::etiquette::retry(attempts = 3, constant(0s), clone(n), attempt = at)]
#[::etiquette::circuit_breaker(slow_call = 1s)]
#[::etiquette::rate_limit(100, per = 1s)]
#[::etiquette::with_timeout(5s, attempt)]
#[::etiquette::concurrency_limit(16)]
async fn recommended(token: CancellationToken, n: Num) -> Answer {
    let moved = n;
    if at.is_last && !token.is_cancelled() {
        ::core::result::Result::Ok(moved)
    } else {
        ::core::result::Result::Err(Error::Busy)
    }
}

struct Service {
    circuit: ::etiquette::CircuitBreaker,
    room: ::etiquette::ConcurrencyLimit,
    limiter: ::etiquette::RateLimit,
}

impl Service {
    #[::etiquette::circuit_breaker(state = self.circuit)]
    #[::etiquette::concurrency_limit(semaphore = self.room, wait = none)]
    #[::etiquette::rate_limit(limiter = self.limiter, wait = none)]
    async fn limited(&self, n: Num) -> Answer {
        ::core::result::Result::Ok(n + self.room.available() as Num)
    }
}

/// What `future` gives, asked again whenever it is not ready: nothing here waits for anything.
fn now<F: ::core::future::Future>(future: F) -> F::Output {
    let mut future = ::core::pin::pin!(future);
    let mut cx = ::core::task::Context::from_waker(::core::task::Waker::noop());
    for _ in 0..99 {
        let polled = ::core::future::Future::poll(::core::pin::Pin::as_mut(&mut future), &mut cx);
        if let ::core::task::Poll::Ready(out) = polled {
            return out;
        }
    }
    ::core::panic!("still pending")
}

fn is(answer: Answer, expected: Num) {
    match answer {
        ::core::result::Result::Ok(n) => ::core::assert_eq!(n, expected),
        ::core::result::Result::Err(error) => ::core::panic!("{error:?}"),
    }
}

fn is_refused(answer: Answer) {
    ::core::assert!(
        ::core::matches!(answer, ::core::result::Result::Err(Error::Stopped(stopped)) if stopped.is_refusal())
    );
}

fn is_busy(answer: Answer) {
    ::core::assert!(::core::matches!(
        answer,
        ::core::result::Result::Err(Error::Busy)
    ));
}

#[::core::prelude::v1::test]
fn breakers_refuse() {
    is(now(short_circuit_breaker(1)), 1);
    is_busy(now(full_circuit_breaker(0)));
    is_busy(now(full_circuit_breaker(0)));
    is_refused(now(full_circuit_breaker(1)));
    is_busy(now(breaker_by_key(3)));
    is(now(breaker_by_key(3)), 7);
    is(now(breaker_from_elsewhere(1)), 1);
    is_busy(now(breaker_from_elsewhere(0)));
    is_refused(now(breaker_from_elsewhere(1)));
    is_busy(now(breakers_from_elsewhere(1)));
    is_refused(now(breakers_from_elsewhere(1)));
    is_busy(now(breakers_from_elsewhere(2)));
}

#[::core::prelude::v1::test]
fn limits_refuse() {
    is(now(short_concurrency_limit(1)), 1);
    is(now(full_concurrency_limit(2)), 2);
    ::core::assert_eq!(now(alone(false)), 4);
    ::core::assert_eq!(now(alone(true)), 9);
    is(now(short_rate_limit(1)), 1);
    is(now(short_rate_limit(2)), 2);
    is_refused(now(short_rate_limit(3)));
    is(now(full_rate_limit(1)), 1);
    is_refused(now(full_rate_limit(1)));
    is(now(full_rate_limit(2)), 2);
    ::core::assert_eq!(now(limiter_from_elsewhere()), 5);
    ::core::assert_eq!(now(limiter_from_elsewhere()), 8);
    let service = Service {
        circuit: ::etiquette::CircuitBreaker::new(),
        room: ::etiquette::ConcurrencyLimit::new(3),
        limiter: ::etiquette::RateLimit::new(1, ::core::time::Duration::from_secs(3_600)),
    };
    is(now(service.limited(1)), 3);
    is_refused(now(service.limited(1)));
}

#[::core::prelude::v1::test]
fn the_rest_does_what_it_says() {
    is(now(short_hedge(&1)), 1);
    is(now(full_hedge(&::core::cell::Cell::new(0), [3, 0])), 3);
    is(now(short_fallback(1)), 2);
    is(now(full_fallback(3)), 3);
    is(now(fallback_by_path()), 6);
    is(now(recommended(CancellationToken::new(), 8)), 8);
    // Never polled: they would ask for a runtime.
    ::core::mem::drop((short_shield(1), full_shield([1, 2]), short_blocking(1), full_blocking([1, 2])));
}
