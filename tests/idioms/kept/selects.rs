//! Selects with more than one thing to wait for stay selects.

use tokio::sync::{mpsc, watch};
use tokio::time::{Duration, interval};
use tokio_util::sync::CancellationToken;

/// What came of a worker.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Log {
    pub(super) stored: Vec<u32>,
    pub(super) refused: u32,
    pub(super) progress: u32,
}

// RW24: guards, a phase in which it drains, and a log of progress.
pub(super) async fn loglet(
    stop: CancellationToken,
    mut stores: mpsc::Receiver<u32>,
    mut seals: mpsc::Receiver<()>,
) -> Log {
    let (mut log, mut sealed, mut open) = (Log::default(), false, true);
    let mut progress = interval(Duration::from_secs(10));
    progress.tick().await;
    while open {
        tokio::select! {
            biased;
            () = stop.cancelled(), if !stores.is_closed() => {
                // No more come in; those that are in the queue are still stored.
                stores.close();
            }
            Some(()) = seals.recv(), if !sealed => sealed = true,
            _ = progress.tick() => log.progress += 1,
            store = stores.recv() => match store {
                Some(_) if sealed => log.refused += 1,
                Some(store) => log.stored.push(store),
                None => open = false,
            },
        }
    }
    log
}

// RW25: branches that are blocks, over handles that may not be there.
pub(super) async fn broker(
    mut push: Option<tokio::task::JoinHandle<u32>>,
    mut pull: Option<tokio::task::JoinHandle<u32>>,
    mut stats: Option<tokio::task::JoinHandle<u32>>,
    gc: Option<Duration>,
    stop: CancellationToken,
) -> Vec<&'static str> {
    let mut ended = Vec::new();
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => break,
            _ = async { push.as_mut().unwrap().await }, if push.is_some() => {
                push = None;
                ended.push("push");
            }
            _ = async { pull.as_mut().unwrap().await }, if pull.is_some() => {
                pull = None;
                ended.push("pull");
            }
            _ = async { stats.as_mut().unwrap().await }, if stats.is_some() => {
                stats = None;
                ended.push("stats");
            }
            _ = async {
                match gc {
                    Some(every) => tokio::time::sleep(every).await,
                    None => std::future::pending().await,
                }
            } => ended.push("gc"),
        }
    }
    ended
}

/// Why a subscription ended.
#[derive(Debug, PartialEq)]
pub(super) enum Closed {
    Cancelled,
    ByServer,
    ByClient,
    SchemaChanged,
    Config,
}

// RW26: five branches, the cancellation first.
pub(super) async fn subscription(
    stop: CancellationToken,
    mut events: mpsc::Receiver<u32>,
    mut client: mpsc::Receiver<()>,
    mut schema: watch::Receiver<u32>,
    mut config: watch::Receiver<u32>,
    sent: &mut Vec<u32>,
) -> Closed {
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => return Closed::Cancelled,
            _ = client.recv() => return Closed::ByClient,
            Ok(()) = schema.changed() => return Closed::SchemaChanged,
            Ok(()) = config.changed() => return Closed::Config,
            event = events.recv() => match event {
                Some(event) => sent.push(event),
                None => return Closed::ByServer,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::{cancelled_after, secs, sleep, timed};

    #[tokio::test(start_paused = true)]
    async fn a_worker_drains() {
        let (store, stores) = mpsc::channel(8);
        let (seal, seals) = mpsc::channel(1);
        let stop = cancelled_after(25_000);
        let feed = async {
            store.send(1).await.unwrap();
            sleep(secs(22)).await;
            seal.send(()).await.unwrap();
            sleep(secs(1)).await;
            store.send(2).await.unwrap();
            sleep(secs(9)).await;
            store.send(3).await.unwrap_err();
        };
        let (log, ()) = tokio::join!(timed(loglet(stop, stores, seals)), feed);
        let wanted = Log {
            stored: vec![1],
            refused: 1,
            progress: 2,
        };
        assert_eq!(log, (wanted, secs(25)));
    }

    #[tokio::test(start_paused = true)]
    async fn a_broker_has_what_it_has() {
        let after = |seconds| Some(tokio::spawn(async move { sleep(secs(seconds)).await }));
        let push = after(2).map(|task| tokio::spawn(async { task.await.map_or(1, |()| 0) }));
        let stats = after(1).map(|task| tokio::spawn(async { task.await.map_or(1, |()| 0) }));
        let ended = broker(push, None, stats, Some(secs(10)), cancelled_after(5_000)).await;
        assert_eq!(ended, ["stats", "push"]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_subscription_ends_for_one_reason() {
        let (send, events) = mpsc::channel(8);
        let (_client, left) = mpsc::channel(1);
        let ((_schema, schema), (_config, config)) = (watch::channel(0), watch::channel(0));
        let stop = CancellationToken::new();
        send.send(7).await.unwrap();
        let mut sent = Vec::new();
        let run = subscription(stop.clone(), events, left, schema, config, &mut sent);
        let (closed, ()) = tokio::join!(run, async {
            sleep(secs(1)).await;
            // All at once: the cancellation is first.
            stop.cancel();
            drop(send);
        });
        assert_eq!((closed, sent), (Closed::Cancelled, vec![7]));
    }
}
