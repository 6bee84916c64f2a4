//! What a call that timed out returns: `error =`, `or_return =`, a panic in a test, and what is left of the body.

use crate::support::{Counted, Error, Noted, ms, note, notes, pending, sleep, stop_of, timed};
use etiquette::{TimedOut, with_timeout};

// H170
#[tokio::test(start_paused = true)]
async fn the_body_is_dropped_before_the_error_is_built() {
    #[with_timeout(5ms, error = |_| note("error", Error::Bad))]
    async fn call() -> Result<u32, Error> {
        let _local = Noted("body dropped");
        pending().await
    }
    #[with_timeout(5ms, or_return = note("value", 3))]
    async fn value() -> u32 {
        let _local = Noted("body dropped");
        pending().await
    }
    assert_eq!(call().await, Err(Error::Bad));
    assert_eq!(notes(), "body dropped error");
    assert_eq!(value().await, 3);
    assert_eq!(notes(), "body dropped value");
}

#[tokio::test(start_paused = true)]
async fn error_takes_a_path_or_a_closure_and_gets_the_payload() {
    fn named(stop: TimedOut) -> String {
        format!("by path: {stop}")
    }
    #[with_timeout(5ms, error = named)]
    async fn by_path() -> Result<(), String> {
        pending().await
    }
    #[with_timeout(5ms, error = |stop| format!("{id}: {:?}", stop.limit))]
    async fn by_closure(id: u32) -> Result<(), String> {
        pending().await
    }
    assert_eq!(
        by_path().await.unwrap_err(),
        "by path: by_path timed out after 5ms"
    );
    assert_eq!(by_closure(9).await.unwrap_err(), "9: Some(5ms)");
}

#[tokio::test(start_paused = true)]
async fn or_return_gives_the_whole_value_and_may_name_the_arguments() {
    #[with_timeout(5ms, or_return = fallback.to_owned())]
    async fn name(fallback: &str) -> String {
        pending().await
    }
    #[with_timeout(5ms, or_return = None)]
    async fn maybe() -> Option<u32> {
        pending().await
    }
    #[with_timeout(5ms, or_return = ())]
    async fn unit() {
        pending().await
    }
    #[with_timeout(5ms, or_return = Ok(held.others()))]
    async fn owned(held: Counted) -> Result<usize, Error> {
        let _other = held.clone();
        pending().await
    }
    assert_eq!(timed(name("nobody")).await, ("nobody".to_owned(), ms(5)));
    assert_eq!(timed(maybe()).await, (None, ms(5)));
    assert_eq!(timed(unit()).await, ((), ms(5)));
    assert_eq!(owned(Counted::default()).await, Ok(0));
}

#[tokio::test(start_paused = true)]
async fn the_operation_is_named_by_the_option() {
    #[with_timeout(5ms, name = "orders::create")]
    async fn call() -> Result<(), Error> {
        pending().await
    }
    let stop = stop_of(call().await);
    assert_eq!(stop.operation(), "orders::create");
    assert_eq!(stop.to_string(), "create timed out after 5ms");
}

#[should_panic(expected = "never_ends timed out after 5ms")]
#[with_timeout(5ms)]
#[tokio::test(start_paused = true)]
async fn never_ends() {
    pending().await
}

#[with_timeout(5ms)]
#[tokio::test(start_paused = true)]
async fn a_test_that_is_fast_enough_passes() {
    sleep(ms(4)).await;
}
