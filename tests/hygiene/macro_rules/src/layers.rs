//! The layers that limit, refuse, replace and move a call, out of `macro_rules!`.

use super::{busy, now, Answer};
use etiquette::{
    blocking, circuit_breaker, concurrency_limit, fallback, hedge, rate_limit, retry, shield, with_timeout,
    CircuitBreaker, ConcurrencyLimit, RateLimit, Stopped,
};

// The attributes and the signature are the macro's, the body is the caller's.
macro_rules! body_of_the_caller {
    ($name:ident $arg:ident $body:block) => {
        #[fallback(with = |error| Err(error))]
        #[with_timeout(30s, total)]
        #[retry(attempts = 3, constant(0s), when = any, attempt = at, clone($arg))]
        #[circuit_breaker]
        #[rate_limit(100, per = 1s)]
        #[with_timeout(5s, attempt)]
        #[concurrency_limit(16)]
        async fn $name($arg: Vec<u32>) -> Answer $body
    };
}
body_of_the_caller!(callers_body list {
    let moved = list;
    if at.is_last { Ok(moved[0] + at.number) } else { Err(busy()) }
});

// The arguments are the caller's, one by one.
macro_rules! arguments_of_the_caller {
    ($name:ident($arg:ident), $places:expr, $calls:literal, $per:tt, $key:expr, $after:literal, $instead:expr, $when:expr) => {
        #[fallback($instead, when = $when)]
        #[hedge(after = $after, clone($arg), key = $key)]
        #[circuit_breaker(key = $key, window = $calls, min_calls = 1)]
        #[rate_limit($calls, per = $per, key = $key, wait = $after)]
        #[concurrency_limit($places, key = $key, wait = none)]
        async fn $name($arg: String) -> Answer {
            let moved = $arg;
            moved.parse().map_err(|_| busy())
        }
    };
}
const PLACES: usize = 1;
arguments_of_the_caller!(callers_arguments(text), PLACES + 1, 100, 1m30s, text.len(), 50ms, Ok(9), |error| error.is_timeout());

// A closure, a place and a word as token trees.
macro_rules! options_of_the_caller {
    ([$($attr:ident($($option:ident = $value:tt),*))*] async fn $($rest:tt)*) => {
        $( #[$attr($($option = $value),*)] )*
        async fn $($rest)*
    };
}
options_of_the_caller! {
    [concurrency_limit(semaphore = ROOM, wait = none) rate_limit(limiter = RATE, wait = none)]
    async fn callers_options(n: u32) -> Answer { Ok(n) }
}

static ROOM: ConcurrencyLimit = ConcurrencyLimit::new(1);
static RATE: RateLimit = RateLimit::new(1, std::time::Duration::from_secs(3_600));

// Every part is a fragment.
macro_rules! fragments {
    ($v:vis $a:ident $name:ident($p:ident: $t:ty) -> $ret:ty $b:block) => {
        #[circuit_breaker]
        #[hedge(after = 50ms, clone($p))]
        #[concurrency_limit(4, wait = 1s)]
        $v $a fn $name($p: $t) -> $ret $b
    };
}
fragments!(pub(crate) async fragments_as_groups(n: u32) -> Result<u32, Stopped> { Ok(n) });

macro_rules! owned_fragments {
    ($name:ident($p:ident: $t:ty) -> $ret:ty $b:block) => {
        #[retry(when = any, clone($p))]
        #[shield]
        #[with_timeout(5s, attempt)]
        #[blocking(limit = 2)]
        async fn $name($p: $t) -> $ret $b
    };
}
owned_fragments!(on_a_thread(list: Vec<u32>) -> Answer {
    let moved = list;
    Ok(moved[0])
});

macro_rules! whole_item {
    ($item:item) => {
        #[fallback(Ok(7))]
        #[circuit_breaker]
        $item
    };
}
whole_item! {
    async fn as_an_item() -> Answer { Err(busy()) }
}

// A place in a receiver that is a fragment.
macro_rules! method {
    (|$s:ident| $state:expr => $body:expr) => {
        #[circuit_breaker(state = $state)]
        async fn method(&$s) -> Answer { $body }
    };
}

struct Service {
    breaker: CircuitBreaker,
    value: u32,
}

impl Service {
    method!(|self| self.breaker => if self.value > 0 { Ok(self.value) } else { Err(busy()) });
}

#[test]
fn macros_may_write_it() {
    assert_eq!(now(callers_body(vec![1])), Ok(4));
    assert_eq!(now(callers_arguments("8".to_owned())), Ok(8));
    assert_eq!(now(callers_arguments("x".to_owned())), Ok(9));
    assert_eq!(now(callers_options(1)), Ok(1));
    assert!(now(callers_options(1)).is_err_and(|stopped| stopped.is_refusal()));
    assert_eq!(now(fragments_as_groups(5)), Ok(5));
    assert_eq!(now(as_an_item()), Ok(7));
    // Never polled: it would ask for a runtime.
    drop(on_a_thread(vec![1]));
    let service = Service {
        breaker: CircuitBreaker::new().consecutive(1),
        value: 3,
    };
    assert_eq!(now(service.method()), Ok(3));
    let service = Service { value: 0, ..service };
    assert_eq!(now(service.method()), Err(busy()));
    assert!(now(service.method()).is_err_and(|stopped| stopped.is_refusal()));
}
