//! Tokens: in `self`, as a parameter, in the air, and one that a caller's end cancels.

use crate::support::{Error, Runs, after, cancelled_after, ms, pending, secs, sleep, timed};
use etiquette::{CancellationToken, Limits, Scope, cancellable, retry};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

struct Reconciler {
    cancel: CancellationToken,
    runs: Runs,
}

#[derive(Debug, PartialEq, thiserror::Error)]
enum ReconcileError {
    #[error("shutting down")]
    Cancelled,
    #[error("the node does not answer")]
    Node,
}

impl Reconciler {
    // Heard at the head of the loop, at every await of an attempt, and in the pauses.
    #[cancellable(self.cancel, error = |_| ReconcileError::Cancelled)]
    #[retry(attempts = 32, exponential(1s, max = 60s), jitter = none, when = any)]
    async fn reconcile(&self) -> Result<(), ReconcileError> {
        self.runs.next();
        sleep(ms(100)).await;
        Err(ReconcileError::Node)
    }
}

// RW08: the token is in `self`, is looked at before each round and races the pause.
#[tokio::test(start_paused = true)]
async fn a_token_in_self() {
    for (at, runs) in [(50, 1), (600, 1), (1_150, 2), (60_000, 6)] {
        let cancel = cancelled_after(at);
        let reconciler = Reconciler {
            cancel,
            runs: Runs::new(),
        };
        let out = timed(reconciler.reconcile()).await;
        assert_eq!(out, (Err(ReconcileError::Cancelled), ms(at)));
        assert_eq!(reconciler.runs.count(), runs, "cancelled at {at}");
    }
}

#[cancellable(or_return = Ok(()))]
async fn send_worker(cancel: CancellationToken, sent: &Runs) -> Result<(), Error> {
    loop {
        sleep(secs(1)).await;
        if sent.next() == 100 {
            return Err(Error::Bad);
        }
    }
}

// RW09: a cancellation is a good end, and nothing but `Ok(())`.
#[tokio::test(start_paused = true)]
async fn a_cancelled_worker_ends_well() {
    let sent = Runs::new();
    let out = timed(send_worker(cancelled_after(3_500), &sent)).await;
    assert_eq!((out, sent.count()), ((Ok(()), ms(3_500)), 3));
    let sent = Runs::new();
    assert_eq!(
        send_worker(CancellationToken::new(), &sent).await,
        Err(Error::Bad)
    );
}

async fn partition(restored: &AtomicBool) -> Result<u32, Error> {
    let out = run_inner().await;
    // Also when it was cancelled: only the inner part is dropped.
    restored.store(true, Relaxed);
    out
}

#[cancellable(Scope::current())]
async fn run_inner() -> Result<u32, Error> {
    pending().await
}

// RW13: an ambient token, around the inner part of a task.
#[tokio::test(start_paused = true)]
async fn a_token_in_the_air() {
    let (scope, restored) = (Scope::new(), Arc::new(AtomicBool::new(false)));
    let theirs = scope.clone();
    after(secs(2), move || assert!(theirs.cancel("leadership lost")));
    let (out, elapsed) = timed(scope.provide(partition(&restored))).await;
    let Err(Error::Stopped(stop)) = out else {
        panic!("{out:?}")
    };
    assert_eq!(stop.to_string(), "run_inner was cancelled: leadership lost");
    assert_eq!((elapsed, restored.load(Relaxed)), (secs(2), true));
}

/// Runs on another task; whoever drops this call cancels it.
async fn spawn_cancel_on_drop<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    work: impl FnOnce(CancellationToken) -> F,
) -> T {
    let token = CancellationToken::new();
    let on_drop = token.clone().drop_guard();
    let out = tokio::spawn(work(token)).await.expect("it does not panic");
    on_drop.disarm();
    out
}

// RW14: cancelled when the caller is dropped; disarmed when it is done.
#[tokio::test(start_paused = true)]
async fn a_caller_that_leaves_cancels() {
    #[cancellable(or_return = { left.store(true, Relaxed); Ok(0) })]
    async fn search(token: CancellationToken, left: Arc<AtomicBool>) -> Result<u32, Error> {
        sleep(secs(5)).await;
        Ok(7)
    }
    let left = Arc::new(AtomicBool::new(false));
    let call = spawn_cancel_on_drop(|token| search(token, Arc::clone(&left)));
    assert_eq!(timed(call).await, (Ok(7), secs(5)));
    assert!(!left.load(Relaxed));
    let call = spawn_cancel_on_drop(|token| search(token, Arc::clone(&left)));
    assert!(call.with_timeout(secs(1)).await.is_err());
    sleep(ms(1)).await;
    assert!(left.load(Relaxed));
}
