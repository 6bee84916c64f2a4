//! `#[circuit_breaker(key = …)]`: a circuit for each key.

use crate::support::{Error, Runs, ms, secs, sleep, stop_of};
use etiquette::{CircuitState, KeyedCircuitBreaker, circuit_breaker};
use std::sync::Mutex;
use tokio::time::advance;

type Out = Result<u32, Error>;

const FAIL: Out = Err(Error::Busy);

fn is_refused(out: Out) -> bool {
    stop_of(out).is_refusal()
}

#[tokio::test(start_paused = true)]
async fn each_key_has_a_breaker_of_its_own() {
    #[circuit_breaker(key = host, consecutive = 2, open_for = 5s)]
    async fn fetch(host: &str, out: Out) -> Out {
        out
    }
    for _ in 0..2 {
        assert_eq!(fetch("db-1", FAIL).await, FAIL);
    }
    assert_eq!(stop_of(fetch("db-1", Ok(7)).await).retry_after(), Some(secs(5)));
    assert_eq!(fetch("db-2", Ok(7)).await, Ok(7));
    advance(secs(5)).await;
    assert_eq!(fetch("db-1", Ok(7)).await, Ok(7));
}

static HOSTS: KeyedCircuitBreaker = KeyedCircuitBreaker::new().max_keys(2).consecutive(1);

#[tokio::test(start_paused = true)]
async fn a_keyed_breaker_from_elsewhere_is_bounded_and_can_be_looked_at() {
    #[circuit_breaker(state = HOSTS, key = (&host, port))]
    async fn fetch(host: String, port: u16, out: Out) -> Out {
        drop(host);
        out
    }
    let call = |host: &str, out| fetch(host.to_owned(), 80, out);
    assert_eq!(call("a", FAIL).await, FAIL);
    assert_eq!(
        HOSTS.of(&("a".to_owned(), 80_u16)).unwrap().state(),
        CircuitState::Open
    );
    assert!(is_refused(call("a", Ok(7)).await));
    // Successes are not worth a place; an open circuit is.
    for host in ["b", "c", "d"] {
        assert_eq!(call(host, Ok(7)).await, Ok(7));
    }
    assert_eq!(HOSTS.keys(), 2);
    assert_eq!(call("b", FAIL).await, FAIL);
    // Both places are open circuits: what has no place is not guarded, and not refused.
    assert_eq!((call("c", FAIL).await, call("c", FAIL).await), (FAIL, FAIL));
    HOSTS.reset();
    assert_eq!((HOSTS.keys(), call("a", Ok(7)).await), (0, Ok(7)));
}

/// What a key is taken from is let go before the body runs: a lock, or what is not `Send`.
#[tokio::test(start_paused = true)]
async fn a_key_from_behind_a_lock_does_not_keep_it() {
    static CURRENT: Mutex<u32> = Mutex::new(1);
    #[circuit_breaker(key = *CURRENT.lock().unwrap(), consecutive = 1)]
    async fn fetch() -> Out {
        sleep(ms(1)).await;
        *CURRENT.lock().unwrap() += 1;
        FAIL
    }
    fn send<T: Send>(t: T) -> T {
        t
    }
    for _ in 0..3 {
        assert_eq!(send(fetch()).await, FAIL, "another key each time");
    }
    *CURRENT.lock().unwrap() = 1;
    assert!(is_refused(fetch().await));
}

#[tokio::test(start_paused = true)]
async fn a_key_is_evaluated_once_per_call() {
    #[circuit_breaker(key = keys.next(), consecutive = 1)]
    async fn fetch(keys: &Runs) -> Out {
        FAIL
    }
    let keys = Runs::new();
    for _ in 0..3 {
        assert_eq!(fetch(&keys).await, FAIL);
    }
    assert_eq!(keys.count(), 3);
}
