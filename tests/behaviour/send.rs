//! A layer takes nothing away: what is `Send` without it is `Send` with it. These tests compile or they fail.

use crate::support::{Error, ms, sleep};
use etiquette::{CancelSource, Limits, Stopped, cancellable, instrument_task, retry, retrying, with_timeout};
use std::cell::Cell;
use std::rc::Rc;
use tokio::sync::{broadcast, oneshot, watch};
use tokio_util::sync::CancellationToken;

fn send<T: Send>(_: T) {}

#[test]
fn an_error_that_is_not_send_does_not_live_across_the_pause() {
    fn failed() -> Rc<str> {
        "failed".into()
    }
    #[retry(attempts = 3, when = any)]
    async fn any() -> Result<u32, Rc<str>> {
        sleep(ms(1)).await;
        Err(failed())
    }
    #[retry(when = |error| error.is_empty(), on_retry = |event| assert!(event.attempt > 0))]
    async fn predicate() -> Result<u32, Rc<str>> {
        sleep(ms(1)).await;
        Err(failed())
    }
    #[retry(when_result = Result::is_err)]
    async fn result() -> Result<Rc<str>, Rc<str>> {
        sleep(ms(1)).await;
        Err(failed())
    }
    #[with_timeout(5s, total, error = |_| failed())]
    #[retry(when = any)]
    #[with_timeout(1s, attempt, error = |_| failed())]
    async fn limits() -> Result<u32, Rc<str>> {
        sleep(ms(1)).await;
        Err(failed())
    }
    send(any());
    send(predicate());
    send(result());
    send(limits());
    send(retrying!(when = any, async {
        sleep(ms(1)).await;
        Err::<u32, _>(failed())
    }));
}

// H167
#[test]
fn every_source_and_a_generic_one() {
    #[cancellable(source)]
    async fn generic<S>(mut source: S) -> Result<u32, Error>
    where
        for<'a> &'a mut S: CancelSource,
        S: Send,
    {
        sleep(ms(1)).await;
        Ok(7)
    }
    #[cancellable(source)]
    async fn by_value<S: CancelSource>(source: S) -> Result<u32, Error> {
        sleep(ms(1)).await;
        Ok(7)
    }
    #[cancellable]
    async fn token(token: CancellationToken) -> Result<u32, Error> {
        token.cancelled().await;
        Ok(7)
    }
    #[cancellable]
    async fn watch(stop: watch::Receiver<bool>) -> Result<u32, Error> {
        sleep(ms(1)).await;
        Ok(7)
    }
    #[cancellable(stop)]
    async fn broadcast(stop: broadcast::Receiver<Cell<u8>>) -> Result<u32, Error> {
        sleep(ms(1)).await;
        Ok(7)
    }
    #[cancellable(stop)]
    async fn oneshot(stop: &mut oneshot::Receiver<()>) -> Result<u32, Error> {
        sleep(ms(1)).await;
        Ok(7)
    }
    #[cancellable(stop)]
    async fn option(stop: Option<CancellationToken>) -> Result<u32, Error> {
        sleep(ms(1)).await;
        Ok(7)
    }
    let cancel = CancellationToken::new();
    send(generic(oneshot::channel().1));
    send(by_value(&cancel));
    send(token(cancel.clone()));
    send(watch(watch::channel(false).1));
    send(broadcast(broadcast::channel(1).1));
    send(oneshot(&mut oneshot::channel().1));
    send(option(None));
}

#[test]
fn generic_errors_and_values() {
    #[instrument_task]
    #[cancellable]
    #[with_timeout(5s, total)]
    #[retry(when = any)]
    async fn call<T, E>(token: CancellationToken, make: fn() -> Result<T, E>) -> Result<T, E>
    where
        E: From<Stopped>,
    {
        sleep(ms(1)).await;
        make()
    }
    send(call::<Rc<u8>, Error>(CancellationToken::new(), || Ok(Rc::new(7))));
}

#[test]
fn limits_on_expressions() {
    let token = CancellationToken::new();
    send(
        async { sleep(ms(1)).await }
            .with_timeout(ms(5))
            .or_cancelled(&token),
    );
    send(async { Cell::new(7) }.with_timeout_at(tokio::time::Instant::now()));
}

/// A recursive function names its own future: nothing in an expansion may ask whether that is `Send`.
// H118, H119
#[tokio::test(start_paused = true)]
async fn recursion() {
    #[with_timeout(5s, total)]
    #[retry(attempts = 2)]
    #[with_timeout(1s, attempt)]
    async fn count(n: u32) -> Result<u32, Error> {
        if n == 0 {
            return Ok(0);
        }
        Ok(Box::pin(count(n - 1)).await? + 1)
    }
    assert_eq!(count(5).await, Ok(5));
}
