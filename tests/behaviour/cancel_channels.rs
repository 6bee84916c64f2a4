//! Channels that `#[cancellable]` listens to: `watch`, `broadcast`, `oneshot`.

use crate::support::{Error, Runs, after, ms, pending, sleep, stop_of, timed};
use etiquette::{CancelSource, cancellable};
use std::future::Future;
use std::time::Duration;
use tokio::sync::{broadcast, oneshot, watch};
use tokio::time::timeout;

/// The call must be cancelled after exactly 20 ms.
async fn cancelled_at_20<F: Future<Output = Result<u32, Error>>>(call: F) {
    let (out, elapsed) = timed(call).await;
    assert!(stop_of(out).is_cancelled());
    assert_eq!(elapsed, ms(20));
}

#[tokio::test(start_paused = true)]
async fn a_watch_cancels_when_it_turns_true() {
    #[cancellable]
    async fn owned(stop: watch::Receiver<bool>) -> Result<u32, Error> {
        pending().await
    }
    #[cancellable]
    async fn exclusive(stop: &mut watch::Receiver<bool>) -> Result<u32, Error> {
        pending().await
    }
    #[cancellable]
    async fn shared(stop: &watch::Receiver<bool>) -> Result<u32, Error> {
        pending().await
    }
    #[cancellable(stop.clone())]
    async fn also_used(mut stop: watch::Receiver<bool>, seen: &Runs) -> Result<u32, Error> {
        let _ = stop.changed().await;
        seen.next();
        pending().await
    }
    fn turned() -> (watch::Receiver<bool>, watch::Sender<bool>) {
        let (sender, receiver) = watch::channel(false);
        let theirs = sender.clone();
        tokio::spawn(async move {
            sleep(ms(10)).await;
            theirs.send(false).unwrap(); // a change that is no cancellation
            sleep(ms(10)).await;
            theirs.send(true).unwrap();
        });
        (receiver, sender)
    }
    let (receiver, _sender) = turned();
    cancelled_at_20(owned(receiver)).await;
    let (mut receiver, _sender) = turned();
    cancelled_at_20(exclusive(&mut receiver)).await;
    let (receiver, _sender) = turned();
    cancelled_at_20(shared(&receiver)).await;
    let (receiver, _sender) = turned();
    let seen = Runs::default();
    cancelled_at_20(also_used(receiver, &seen)).await;
    assert_eq!(seen.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_watch_cancels_when_its_sender_is_gone_or_it_is_true_already() {
    #[cancellable]
    async fn call(stop: &mut watch::Receiver<bool>, runs: &Runs) -> Result<u32, Error> {
        runs.next();
        pending().await
    }
    let runs = Runs::default();
    let (sender, mut receiver) = watch::channel(false);
    after(ms(20), move || drop(sender));
    cancelled_at_20(call(&mut receiver, &runs)).await;
    assert_eq!(runs.count(), 1);
    let (out, elapsed) = timed(call(&mut receiver, &runs)).await;
    assert!(stop_of(out).is_cancelled());
    let (_sender, mut receiver) = watch::channel(true);
    assert!(stop_of(call(&mut receiver, &runs).await).is_cancelled());
    assert_eq!((elapsed, runs.count()), (Duration::ZERO, 1));
}

#[tokio::test(start_paused = true)]
async fn a_broadcast_cancels_on_a_message_on_lag_and_when_closed() {
    #[cancellable(stop)]
    async fn owned(stop: broadcast::Receiver<u8>) -> Result<u32, Error> {
        pending().await
    }
    #[cancellable(&mut stop)]
    async fn lent(mut stop: broadcast::Receiver<u8>) -> Result<u32, Error> {
        pending().await
    }
    #[cancellable(stop)]
    async fn exclusive(stop: &mut broadcast::Receiver<u8>) -> Result<u32, Error> {
        pending().await
    }
    let (sender, receiver) = broadcast::channel(1);
    let theirs = sender.clone();
    after(ms(20), move || drop(theirs.send(1)));
    cancelled_at_20(owned(receiver)).await;
    let theirs = sender.clone();
    after(ms(20), move || drop(theirs.send(1)));
    cancelled_at_20(lent(sender.subscribe())).await;

    let mut receiver = sender.subscribe();
    let mut lagging = sender.subscribe();
    after(ms(20), move || drop(sender));
    cancelled_at_20(exclusive(&mut receiver)).await;
    // Closed already.
    assert!(stop_of(exclusive(&mut lagging).await).is_cancelled());

    let (sender, mut lagging) = broadcast::channel(1);
    sender.send(1).unwrap();
    sender.send(2).unwrap();
    assert!(stop_of(exclusive(&mut lagging).await).is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn a_oneshot_cancels_when_sent_when_the_sender_is_gone_and_ever_after() {
    #[cancellable(stop)]
    async fn call(stop: &mut oneshot::Receiver<()>) -> Result<u32, Error> {
        pending().await
    }
    #[cancellable(stop)]
    async fn owned(stop: oneshot::Receiver<()>) -> Result<u32, Error> {
        pending().await
    }
    let (sender, receiver) = oneshot::channel();
    after(ms(20), move || sender.send(()).unwrap());
    cancelled_at_20(owned(receiver)).await;
    let (sender, mut receiver) = oneshot::channel();
    after(ms(20), move || sender.send(()).unwrap());
    cancelled_at_20(call(&mut receiver)).await;
    assert!(stop_of(call(&mut receiver).await).is_cancelled());
    assert!(stop_of(call(&mut receiver).await).is_cancelled());

    let (sender, mut receiver) = oneshot::channel();
    after(ms(20), move || drop(sender));
    cancelled_at_20(call(&mut receiver)).await;
    assert!(stop_of(call(&mut receiver).await).is_cancelled());
}

/// A layer asks `is_cancelled` first; whoever does not must not be punished with a panic.
#[tokio::test(start_paused = true)]
async fn a_oneshot_that_is_done_may_be_waited_for_again() {
    let (sender, mut receiver) = oneshot::channel();
    sender.send(()).unwrap();
    for _ in 0..2 {
        let mut source = &mut receiver;
        timeout(ms(1), source.cancelled()).await.unwrap();
    }
}
