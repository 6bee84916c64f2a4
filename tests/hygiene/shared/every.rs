//! Every attribute in its shortest and in its fullest form, `retrying!` and `derive(Classify)`, for crates in which
//! nothing short may mean what it usually does: all is named in full, and what `crate::traps` holds is in scope.
//!
//! Nothing here needs a runtime: the crate under test may not even name Tokio.

#[allow(unused_imports, reason = "most crates set no traps")]
use crate::traps::*;

type Num = ::core::primitive::u32;
type Answer = ::core::result::Result<Num, Error>;
use crate::CancellationToken;

#[derive(::core::fmt::Debug, ::etiquette::Classify)]
enum Error {
    #[classify(inner)]
    Stopped(::etiquette::Stopped),
    #[transient]
    Busy,
    #[transient(after = wait)]
    Later { wait: ::core::time::Duration },
    #[transient(after = Self::pause)]
    Full,
    #[not_sent]
    Unsent,
    #[permanent]
    Bad,
}

impl Error {
    fn pause(&self) -> ::core::time::Duration {
        ::core::time::Duration::ZERO
    }
}

impl ::core::convert::From<::etiquette::Stopped> for Error {
    fn from(stopped: ::etiquette::Stopped) -> Self {
        Self::Stopped(stopped)
    }
}

#[derive(::core::fmt::Debug, ::etiquette::Classify)]
#[classify(otherwise = permanent)]
enum Sparse<T> {
    #[transient]
    Some,
    None(T),
}

#[derive(::etiquette::Classify)]
#[classify(inner)]
struct Wrapped(Error);

#[::etiquette::cancellable]
async fn short_cancellable(token: &CancellationToken) -> Answer {
    ::core::result::Result::Ok(1)
}

#[::etiquette::with_timeout(5s)]
async fn short_with_timeout() -> Answer {
    ::core::result::Result::Ok(2)
}

#[::etiquette::retry]
async fn short_retry(n: Num) -> Answer {
    ::core::result::Result::Ok(n)
}

#[::etiquette::instrument_task]
async fn short_instrument_task() -> Num {
    4
}

#[::etiquette::cancellable(
    token,
    grace = 1s,
    error = |cancelled| Error::Stopped(::core::convert::Into::into(cancelled)),
    name = "own name"
)]
async fn full_cancellable(token: CancellationToken, mut n: Num) -> Answer {
    n += 1;
    if token.is_cancelled() {
        return ::core::result::Result::Err(Error::Bad);
    }
    ::core::result::Result::Ok(n)
}

#[::etiquette::cancellable(future = ::core::future::ready(()), or_return = 6)]
async fn cancelled_by_a_future() -> Num {
    ::core::future::pending().await
}

#[::etiquette::with_timeout(until = crate::NEVER, error = |late| Error::Stopped(::core::convert::Into::into(late)), name = "own name")]
async fn full_with_timeout(limits: &[Num]) -> Answer {
    ::core::result::Result::Ok(limits[0])
}

static BUDGET: ::etiquette::RetryBudget = ::etiquette::RetryBudget::new();
static BUDGETS: ::etiquette::KeyedRetryBudget = ::etiquette::KeyedRetryBudget::new();
const POLICY: ::etiquette::RetryPolicy = ::etiquette::RetryPolicy::new().attempts(3);

#[::etiquette::retry(
    attempts = 4,
    max_elapsed = 1m,
    exponential(0s, factor = 2, max = 1s),
    jitter = full,
    when = |error| !::core::matches!(error, Error::Bad),
    max_hint = 5s,
    budget = &BUDGET,
    on_retry = |retry| ::core::assert!(retry.attempt > 0),
    clone(text, list),
    attempt = at,
    name = "own name"
)]
async fn full_retry(text: &::core::primitive::str, list: [Num; 2], count: &mut Num) -> Answer {
    let moved = list;
    *count += 1;
    if at.number < 4 {
        return ::core::result::Result::Err(match at.number {
            1 => Error::Busy,
            2 => Error::Full,
            _ => Error::Unsent,
        });
    }
    ::core::result::Result::Ok(*count + moved[0] + text.len() as Num)
}

#[::etiquette::retry(delays(0s, 0s), when_result = |answer| answer.is_err(), jitter = 0.2, budget = &BUDGETS, key = n + 1)]
async fn judged_whole(n: Num, count: &mut Num) -> Answer {
    *count += n;
    if *count < 3 {
        ::core::result::Result::Err(Error::Bad)
    } else {
        ::core::result::Result::Ok(*count)
    }
}

#[::etiquette::retry(attempts = 2, constant(0s), when = any, budget = none)]
async fn any_error(count: &mut Num) -> ::core::result::Result<Num, Sparse<Num>> {
    *count += 1;
    match *count {
        1 => ::core::result::Result::Err(Sparse::None(1)),
        n => ::core::result::Result::Ok(n),
    }
}

#[::etiquette::retry(attempts = 2, backoff = |_| ::core::time::Duration::ZERO, when = not_sent, key = 1)]
async fn not_sent() -> Answer {
    ::core::result::Result::Err(Error::Later {
        wait: ::core::time::Duration::ZERO,
    })
}

#[::etiquette::retry(policy = POLICY)]
async fn by_policy() -> ::core::result::Result<Num, Sparse<Num>> {
    ::core::result::Result::Err(Sparse::None(7))
}

#[::etiquette::instrument_task(name = "span", target = "target", level = debug)]
#[::etiquette::cancellable]
#[::etiquette::with_timeout(30s, total)]
#[::etiquette::retry(attempts = 3, constant(0s), clone(n), attempt = at)]
#[::etiquette::with_timeout(5s, attempt)]
async fn stacked(token: CancellationToken, n: Num, _held: Error) -> Answer {
    let moved = n;
    let child = ::core::clone::Clone::clone(&token);
    if at.is_last && !child.is_cancelled() {
        ::core::result::Result::Ok(moved)
    } else {
        ::core::result::Result::Err(Error::Busy)
    }
}

struct Service {
    token: CancellationToken,
    calls: Num,
}

impl Service {
    #[::etiquette::instrument_task]
    #[::etiquette::cancellable(self.token)]
    #[::etiquette::retry(attempts = self.calls, constant(0s))]
    async fn shared(&self) -> Answer {
        ::core::result::Result::Ok(self.calls)
    }

    #[::etiquette::cancellable(self.token)]
    #[::etiquette::with_timeout(::core::time::Duration::from_secs(9), total)]
    #[::etiquette::retry(attempts = 3, constant(0s))]
    #[::etiquette::with_timeout(::core::option::Option::None::<::core::time::Duration>, attempt)]
    async fn exclusive(&mut self) -> Answer {
        self.calls += 1;
        if self.calls < 5 {
            return ::core::result::Result::Err(Error::Busy);
        }
        ::core::result::Result::Ok(self.calls)
    }

    #[::etiquette::instrument_task]
    #[::etiquette::cancellable(self.token)]
    #[::etiquette::with_timeout(9s)]
    async fn owned(self) -> ::core::result::Result<Self, Error> {
        ::core::result::Result::Ok(self)
    }
}

async fn by_hand(n: Num) -> Answer {
    let mut count = 0;
    ::etiquette::retrying!(async { ::core::result::Result::<Num, Error>::Ok(1) }).await?;
    ::etiquette::retrying!(attempts = 3, constant(0s), attempt = at, async || -> Answer {
        count += at.number;
        if count < n {
            return ::core::result::Result::Err(Error::Busy);
        }
        ::core::result::Result::Ok(count)
    })
    .await
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

#[::core::prelude::v1::test]
fn every_form_works() {
    let token = || CancellationToken::new();
    is(now(short_cancellable(&token())), 1);
    is(now(short_with_timeout()), 2);
    is(now(short_retry(3)), 3);
    ::core::assert_eq!(now(short_instrument_task()), 4);
    is(now(full_cancellable(token(), 4)), 5);
    ::core::assert_eq!(now(cancelled_by_a_future()), 6);
    is(now(full_with_timeout(&[7])), 7);
    is(now(full_retry("ab", [3, 0], &mut 0)), 9);
    is(now(judged_whole(1, &mut 0)), 3);
    ::core::assert!(::core::matches!(
        now(any_error(&mut 0)),
        ::core::result::Result::Ok(2)
    ));
    ::core::assert!(::core::matches!(
        now(not_sent()),
        ::core::result::Result::Err(Error::Later { .. })
    ));
    ::core::assert!(::core::matches!(
        now(by_policy()),
        ::core::result::Result::Err(Sparse::None(7))
    ));
    is(now(stacked(token(), 8, Error::Bad)), 8);
    let mut service = Service {
        token: token(),
        calls: 2,
    };
    is(now(service.shared()), 2);
    is(now(service.exclusive()), 5);
    ::core::assert!(
        ::core::matches!(now(service.owned()), ::core::result::Result::Ok(owned) if owned.calls == 5)
    );
    is(now(by_hand(3)), 3);
    let wrapped = Wrapped(Error::Unsent);
    ::core::assert_eq!(
        ::etiquette::Classify::class(&wrapped),
        ::etiquette::Class::NotSent
    );
    let sparse = Sparse::<Num>::Some;
    ::core::assert_eq!(
        ::etiquette::Classify::class(&sparse),
        ::etiquette::Class::Transient
    );
}
