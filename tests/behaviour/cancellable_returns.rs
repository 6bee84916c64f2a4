//! What a cancelled call returns: `error =`, `or_return =`, `()`, and what is left of the body by then.

use crate::support::{Error, Noted, Runs, cancelled_after, ms, note, notes, pending, sleep, stop_of, timed};
use etiquette::{Cancelled, cancellable};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use tokio_util::sync::CancellationToken;

#[tokio::test(start_paused = true)]
async fn the_body_is_dropped_before_the_return_value_is_built() {
    #[cancellable(token, error = |_| note("error", Error::Bad))]
    async fn call(token: &CancellationToken) -> Result<u32, Error> {
        let _local = Noted("body dropped");
        pending().await
    }
    #[cancellable(token, or_return = note("value", 3))]
    async fn worker(token: &CancellationToken) -> u32 {
        let _local = Noted("body dropped");
        pending().await
    }
    assert_eq!(call(&cancelled_after(5)).await, Err(Error::Bad));
    assert_eq!(notes(), "body dropped error");
    assert_eq!(worker(&cancelled_after(5)).await, 3);
    assert_eq!(notes(), "body dropped value");
}

#[tokio::test(start_paused = true)]
async fn error_takes_a_path_or_a_closure_and_gets_the_payload() {
    fn named(stop: Cancelled) -> String {
        format!("by path: {stop}")
    }
    #[cancellable(error = named)]
    async fn by_path(token: CancellationToken) -> Result<(), String> {
        pending().await
    }
    #[cancellable(error = |stop| format!("{id}: {}", stop.operation))]
    async fn by_closure(token: CancellationToken, id: u32) -> Result<(), String> {
        pending().await
    }
    assert_eq!(
        by_path(cancelled_after(1)).await.unwrap_err(),
        "by path: by_path was cancelled"
    );
    let operation = concat!(module_path!(), "::by_closure");
    assert_eq!(
        by_closure(cancelled_after(1), 9).await.unwrap_err(),
        format!("9: {operation}")
    );
}

#[tokio::test(start_paused = true)]
async fn or_return_gives_the_whole_value_and_may_name_the_arguments() {
    #[cancellable(or_return = (*name).to_owned() + &done.load(Relaxed).to_string())]
    async fn work(token: CancellationToken, name: &str, done: Arc<AtomicU32>) -> String {
        for _ in 0..100 {
            sleep(ms(10)).await;
            done.fetch_add(1, Relaxed);
        }
        unreachable!("nothing ended it")
    }
    let done = Arc::default();
    assert_eq!(
        timed(work(cancelled_after(35), "orders", done)).await,
        ("orders3".to_owned(), ms(35))
    );
}

#[tokio::test(start_paused = true)]
async fn a_worker_loop_ends_cleanly() {
    #[cancellable(or_return = Ok(()))]
    async fn work(token: CancellationToken, runs: &Runs) -> Result<(), Error> {
        for _ in 0..100 {
            runs.next();
            sleep(ms(10)).await;
        }
        unreachable!("nothing ended it")
    }
    let runs = Runs::default();
    assert_eq!(timed(work(cancelled_after(25), &runs)).await, (Ok(()), ms(25)));
    assert_eq!(runs.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_function_without_a_result_simply_ends() {
    #[cancellable]
    async fn work(token: CancellationToken) {
        pending().await
    }
    #[cancellable]
    async fn spelled_out(token: CancellationToken) -> () {
        pending().await
    }
    assert_eq!(timed(work(cancelled_after(25))).await, ((), ms(25)));
    assert_eq!(timed(spelled_out(cancelled_after(25))).await, ((), ms(25)));
}

#[tokio::test(start_paused = true)]
async fn the_operation_is_named_by_the_option() {
    #[cancellable(name = "orders::sync")]
    async fn call(token: CancellationToken) -> Result<(), Error> {
        pending().await
    }
    let stop = stop_of(call(cancelled_after(1)).await);
    assert_eq!(
        (stop.operation(), stop.to_string()),
        ("orders::sync", "sync was cancelled".to_owned())
    );
}
