use std::{
    cell::Cell,
    future::{pending, poll_fn, ready},
    pin::pin,
    sync::atomic::{AtomicU32, Ordering::Relaxed},
    task::Waker,
    time::Duration,
};

use tokio::{
    sync::{broadcast, oneshot, watch},
    time::{Instant, advance, sleep},
};
use tokio_util::sync::CancellationToken;

use super::*;
use crate::limit::limit;

const MS: Duration = Duration::from_millis(1);

fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn is_cancelled<T>(out: &Poll<Result<T, CancelStop>>) -> bool {
    matches!(out, Poll::Ready(Err(_)))
}

/// Counts how often it is asked, and how often a waiter is made.
#[derive(Default)]
struct Counting {
    asked: AtomicU32,
    waiters: AtomicU32,
}

impl CancelSource for &Counting {
    fn is_cancelled(&mut self) -> bool {
        self.asked.fetch_add(1, Relaxed);
        false
    }

    fn cancelled(&mut self) -> impl Future<Output = ()> + Send {
        self.waiters.fetch_add(1, Relaxed);
        pending()
    }
}

#[test]
fn asks_once_and_waits_only_once_the_body_does() {
    let source = Counting::default();
    assert!(matches!(
        poll_once(pin!(cancellable(&source, ready(7)))),
        Poll::Ready(Ok(7))
    ));
    assert_eq!((source.asked.load(Relaxed), source.waiters.load(Relaxed)), (1, 0));

    let mut waiting = pin!(cancellable(&source, pending::<()>()));
    for _ in 0..3 {
        assert!(poll_once(waiting.as_mut()).is_pending());
    }
    assert_eq!((source.asked.load(Relaxed), source.waiters.load(Relaxed)), (2, 1));
}

#[test]
fn a_call_that_was_cancelled_before_it_began_never_begins() {
    let token = CancellationToken::new();
    token.cancel();
    let begun = Cell::new(false);
    let body = || async { begun.set(true) };
    assert!(is_cancelled(&poll_once(pin!(cancellable(&token, body())))));
    assert!(is_cancelled(&poll_once(pin!(cancellable_with_grace(
        &token,
        limit(MS),
        body()
    )))));
    assert!(is_cancelled(&poll_once(pin!(cancellable_on(ready(()), body())))));
    assert!(is_cancelled(&poll_once(pin!(cancellable_on_with_grace(
        ready(()),
        limit(MS),
        body()
    )))));
    assert!(!begun.get());
}

#[test]
fn cancellation_comes_first_in_every_poll() {
    let token = CancellationToken::new();
    let polls = Cell::new(0);
    let mut call = pin!(cancellable(
        &token,
        poll_fn(|_| {
            polls.set(polls.get() + 1);
            if polls.get() == 2 {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
    ));
    assert!(poll_once(call.as_mut()).is_pending());
    token.cancel();
    // The body would be ready now; it is not even asked.
    assert!(is_cancelled(&poll_once(call.as_mut())));
    assert_eq!(polls.get(), 1);
}

#[test]
fn a_body_that_cancels_itself_is_stopped_in_the_same_poll() {
    let token = CancellationToken::new();
    let mut call = pin!(cancellable(&token, async {
        token.cancel();
        pending::<()>().await
    }));
    assert!(is_cancelled(&poll_once(call.as_mut())));
    // Unless it is ready: then there is nothing left to stop.
    let token = CancellationToken::new();
    let call = cancellable(&token, async { token.cancel() });
    assert!(matches!(poll_once(pin!(call)), Poll::Ready(Ok(()))));
}

#[tokio::test(start_paused = true)]
async fn every_source_wakes_the_call() {
    async fn ends<S: CancelSource>(source: S) {
        let out = tokio::time::timeout(10 * MS, cancellable(source, pending::<()>()));
        assert!(matches!(out.await, Ok(Err(_))));
    }
    async fn runs<S: CancelSource>(source: S) {
        let out = tokio::time::timeout(10 * MS, cancellable(source, pending::<()>()));
        assert!(out.await.is_err());
    }
    async fn after<T>(f: impl FnOnce() -> T) {
        sleep(MS).await;
        f();
    }

    let token = CancellationToken::new();
    tokio::join!(ends(&token), ends(Some(&token)), after(|| token.cancel()));
    runs(&CancellationToken::new()).await;
    runs(None::<&CancellationToken>).await;
    runs(&None::<CancellationToken>).await;
    ends(&Some(token)).await;

    let (sender, mut receiver) = watch::channel(false);
    let mut dropped = sender.subscribe();
    // `false` again is no request to leave.
    tokio::join!(runs(&mut receiver), after(|| sender.send(false)));
    tokio::join!(ends(&mut receiver), after(|| sender.send(true)));
    ends(&mut receiver).await;
    sender.send_replace(false);
    tokio::join!(ends(&mut dropped), after(|| drop(sender)));
    ends(&mut dropped).await;

    let (sender, mut receiver) = broadcast::channel(1);
    let (mut lagging, mut closed) = (sender.subscribe(), sender.subscribe());
    tokio::join!(ends(&mut receiver), after(|| sender.send("stop")));
    let _ = (sender.send("a"), sender.send("b"));
    ends(&mut lagging).await;
    while !matches!(closed.try_recv(), Err(broadcast::error::TryRecvError::Empty)) {}
    runs(&mut closed).await;
    tokio::join!(ends(&mut closed), after(|| drop(sender)));
    ends(&mut closed).await;

    let (sender, mut receiver) = oneshot::channel();
    tokio::join!(ends(&mut receiver), after(|| sender.send(())));
    // Received already: still cancelled, and no panic.
    ends(&mut receiver).await;
    let (sender, mut receiver) = oneshot::channel();
    runs(&mut receiver).await;
    drop(sender);
    ends(&mut receiver).await;
    ends(&mut receiver).await;
}

#[tokio::test]
async fn sources_know_by_themselves_that_they_have_cancelled() {
    fn asked<S: CancelSource>(mut source: S) -> bool {
        source.is_cancelled()
    }

    let (sender, mut receiver) = watch::channel(false);
    assert!(!asked(&mut receiver));
    sender.send_replace(true);
    assert!(asked(&mut receiver));
    sender.send_replace(false);
    assert!(!asked(&mut receiver));
    drop(sender);
    assert!(asked(&mut receiver));

    let (sender, mut receiver) = broadcast::channel::<()>(1);
    let mut closed = sender.subscribe();
    assert!(!asked(&mut receiver));
    assert!(sender.send(()).is_ok());
    assert!(asked(&mut receiver));
    assert!(closed.try_recv().is_ok() && !asked(&mut closed));
    drop(sender);
    assert!(asked(&mut closed));

    let (sender, mut receiver) = oneshot::channel();
    assert!(!asked(&mut receiver));
    assert_eq!(sender.send(()), Ok(()));
    // Waited for, and waited for again: tokio's own receiver would panic.
    (&mut receiver).cancelled().await;
    (&mut receiver).cancelled().await;
    assert!(asked(&mut receiver));
}

#[test]
fn no_grace_at_all_is_a_plain_cancellation() {
    let token = CancellationToken::new();
    let polls = Cell::new(0);
    let body = poll_fn(|_| {
        polls.set(polls.get() + 1);
        if polls.get() == 2 {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    });
    let mut call = pin!(cancellable_with_grace(&token, limit(Duration::ZERO), body));
    assert!(poll_once(call.as_mut()).is_pending());
    token.cancel();
    assert!(is_cancelled(&poll_once(call.as_mut())));
    assert_eq!(polls.get(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_body_may_end_well_within_the_grace() {
    let start = Instant::now();
    let call = |work: u32, grace: u32| async move {
        let token = CancellationToken::new();
        let out = tokio::join!(
            cancellable_with_grace(&token, limit(grace * MS), async {
                sleep(work * MS).await;
                start.elapsed()
            }),
            async {
                sleep(10 * MS).await;
                token.cancel();
            }
        );
        out.0.ok()
    };
    assert_eq!(call(5, 0).await, Some(5 * MS), "before it was asked to leave");
    let begin = start.elapsed();
    assert!(call(15, 10).await.is_some(), "within the grace");
    assert_eq!(start.elapsed() - begin, 15 * MS);
    assert!(
        call(20, 10).await.is_some(),
        "in the very poll in which the grace ends"
    );
    let begin = start.elapsed();
    assert!(call(25, 10).await.is_none(), "too late");
    assert_eq!(start.elapsed() - begin, 20 * MS);
    let begin = start.elapsed();
    assert!(call(25, 0).await.is_none(), "no grace");
    assert_eq!(start.elapsed() - begin, 10 * MS);
}

#[tokio::test(start_paused = true)]
async fn an_endless_grace_waits_for_the_body() {
    let token = CancellationToken::new();
    let mut call = pin!(cancellable_with_grace(&token, limit(None), sleep(1_000 * MS)));
    assert!(poll_once(call.as_mut()).is_pending());
    token.cancel();
    assert!(poll_once(call.as_mut()).is_pending());
    advance(1_000 * MS).await;
    assert!(matches!(poll_once(call.as_mut()), Poll::Ready(Ok(()))));
}

#[tokio::test(start_paused = true)]
async fn a_source_that_cancels_while_the_body_first_runs_gives_it_its_grace() {
    let token = CancellationToken::new();
    let start = Instant::now();
    let out = cancellable_with_grace(&token, limit(10 * MS), async {
        token.cancel();
        pending::<()>().await
    });
    assert!(out.await.is_err());
    assert_eq!(start.elapsed(), 10 * MS);
}

#[tokio::test(start_paused = true)]
async fn any_future_will_do_and_is_polled_first() {
    let mut bell = pin!(sleep(5 * MS));
    let out = cancellable_on(&mut bell, sleep(5 * MS)).await;
    assert!(out.is_err(), "both are ready in the same poll");
    let task = tokio::spawn(async {});
    assert!(cancellable_on(task, pending::<()>()).await.is_err());
}

#[test]
fn is_small() {
    let token = CancellationToken::new();
    let overhead = size_of_val(&cancellable(&token, pending::<()>()));
    assert!(overhead <= 128, "{overhead}");
}
