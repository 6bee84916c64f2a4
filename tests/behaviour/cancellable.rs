//! `#[cancellable]`: when it looks, and who wins.

use crate::support::{Error, Runs, cancelled_after, ms, pending, sleep, stop_of, timed};
use etiquette::{CancelSource, Cancelled, Stopped, cancellable};
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use tokio_util::sync::CancellationToken;

#[cancellable]
async fn fetch(token: &CancellationToken, runs: &Runs, wait: u64) -> Result<u32, Error> {
    runs.next();
    sleep(ms(wait)).await;
    Ok(7)
}

#[tokio::test(start_paused = true)]
async fn a_call_that_nobody_cancels_ends_as_it_would() {
    let (token, runs) = (CancellationToken::new(), Runs::default());
    assert_eq!(timed(fetch(&token, &runs, 30)).await, (Ok(7), ms(30)));
    assert_eq!(runs.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn cancelled_while_it_runs_it_ends_at_once() {
    let (token, runs) = (cancelled_after(20), Runs::default());
    let (out, elapsed) = timed(fetch(&token, &runs, 1_000)).await;
    let stop = Cancelled::new(concat!(module_path!(), "::fetch"));
    assert_eq!(stop_of(out), Stopped::Cancelled(stop));
    assert_eq!((elapsed, runs.count()), (ms(20), 1));
}

#[tokio::test(start_paused = true)]
async fn already_cancelled_means_the_body_never_starts() {
    let (token, runs) = (CancellationToken::new(), Runs::default());
    token.cancel();
    assert!(stop_of(fetch(&token, &runs, 0).await).is_cancelled());
    assert_eq!(runs.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn cancelled_after_its_end_is_too_late() {
    let (token, runs) = (cancelled_after(31), Runs::default());
    assert_eq!(timed(fetch(&token, &runs, 30)).await, (Ok(7), ms(30)));
}

#[tokio::test(start_paused = true)]
async fn cancellation_is_first_at_every_poll() {
    // Both are due in the same poll: the body would be ready in it.
    let (token, runs) = (CancellationToken::new(), Runs::default());
    let call = fetch(&token, &runs, 30);
    tokio::pin!(call);
    assert!(futures_poll(call.as_mut()).await.is_pending());
    tokio::time::advance(ms(30)).await;
    token.cancel();
    assert!(stop_of(call.await).is_cancelled());
}

/// One poll.
async fn futures_poll<F: Future + Unpin>(mut future: F) -> std::task::Poll<F::Output> {
    std::future::poll_fn(|cx| std::task::Poll::Ready(std::pin::Pin::new(&mut future).poll(cx))).await
}

#[tokio::test(start_paused = true)]
async fn a_body_that_cancels_its_own_token_and_is_ready_has_won() {
    #[cancellable(token)]
    async fn last_words(token: &CancellationToken) -> Result<u32, Error> {
        token.cancel();
        Ok(7)
    }
    assert_eq!(last_words(&CancellationToken::new()).await, Ok(7));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_cancels_its_own_token_and_waits_is_left_in_the_same_poll() {
    #[cancellable(token)]
    async fn leave(token: &CancellationToken) -> Result<u32, Error> {
        token.cancel();
        pending().await
    }
    let token = CancellationToken::new();
    let (out, elapsed) = timed(leave(&token)).await;
    assert!(stop_of(out).is_cancelled());
    assert_eq!(elapsed, ms(0));
}

/// A source that counts how it is asked.
struct Asked {
    checks: Arc<AtomicU32>,
    waiters: Arc<AtomicU32>,
}

impl CancelSource for &Asked {
    fn is_cancelled(&mut self) -> bool {
        self.checks.fetch_add(1, Relaxed);
        false
    }

    fn cancelled(&mut self) -> impl Future<Output = ()> + Send {
        self.waiters.fetch_add(1, Relaxed);
        std::future::pending()
    }
}

#[tokio::test(start_paused = true)]
async fn it_asks_once_and_waits_only_once_the_body_is_pending() {
    #[cancellable(source)]
    async fn call(source: &Asked, naps: u32) -> Result<(), Error> {
        for _ in 0..naps {
            sleep(ms(1)).await;
        }
        Ok(())
    }
    let asked = Asked {
        checks: Arc::default(),
        waiters: Arc::default(),
    };
    call(&asked, 0).await.unwrap();
    assert_eq!((asked.checks.load(Relaxed), asked.waiters.load(Relaxed)), (1, 0));
    call(&asked, 5).await.unwrap();
    assert_eq!((asked.checks.load(Relaxed), asked.waiters.load(Relaxed)), (2, 1));
}
