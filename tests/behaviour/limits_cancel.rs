//! `Limits::or_cancelled`: every source, on any future.

use crate::support::{Runs, after, ms, pending, sleep, timed};
use etiquette::{CancelSource, Limits, Stopped};
use tokio::sync::{broadcast, oneshot, watch};
use tokio_util::sync::CancellationToken;

async fn cancelled_at_20<S: CancelSource>(source: S) {
    let (out, elapsed) = timed(pending::<()>().or_cancelled(source)).await;
    assert!(matches!(out, Err(Stopped::Cancelled(_))), "{out:?}");
    assert_eq!(elapsed, ms(20));
}

#[tokio::test(start_paused = true)]
async fn or_cancelled_takes_every_source() {
    let token = CancellationToken::new();
    let (oneshot_sender, mut oneshot) = oneshot::channel();
    let (watch_sender, mut watch) = watch::channel(false);
    let (broadcast_sender, mut broadcast) = broadcast::channel::<()>(1);
    let at_20 = || async { sleep(ms(20)).await };

    let theirs = token.clone();
    after(ms(20), move || theirs.cancel());
    cancelled_at_20(&token.clone()).await;
    tokio::spawn(async move {
        at_20().await;
        watch_sender.send(true).unwrap();
        at_20().await;
        broadcast_sender.send(()).unwrap();
        at_20().await;
        oneshot_sender.send(()).unwrap();
        pending::<()>().await; // keeps the senders
    });
    cancelled_at_20(&mut watch).await;
    cancelled_at_20(&mut broadcast).await;
    cancelled_at_20(Some(&mut oneshot)).await;
    let none: Option<&CancellationToken> = None;
    assert_eq!(timed(sleep(ms(500)).or_cancelled(none)).await, (Ok(()), ms(500)));
}

#[tokio::test(start_paused = true)]
async fn already_cancelled_means_it_is_never_polled() {
    let (token, runs) = (CancellationToken::new(), Runs::default());
    token.cancel();
    let out = async { runs.next() }.or_cancelled(&token).await;
    assert!(out.unwrap_err().is_cancelled());
    assert_eq!(runs.count(), 0);
}
