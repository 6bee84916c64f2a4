//! Tests and tasks with no feature at all, in edition 2021.

#![forbid(unsafe_code)]
#![deny(warnings)]
#![cfg(test)]

use etiquette::{CancellationToken, Drain, Every, First, Scope, Tasks, cancellable, queue, with_timeout};
use std::time::Duration;

#[cancellable]
async fn worker(draining: CancellationToken) {
    std::future::pending().await
}

#[with_timeout(20ms, inherit)]
async fn inherits() -> Result<(), etiquette::Stopped> {
    Scope::current().cancelled().await;
    std::future::pending().await
}

#[etiquette::test(timeout = 10s)]
async fn everything_is_there(tasks: Tasks) {
    etiquette::detach(tasks.spawn("worker", worker(tasks.draining())), "ends when asked");
    let (sender, mut receiver) = queue::bounded(8);
    let every = Every::new(Duration::from_millis(1)).first(First::Now);
    let beat = tasks.every("beat", every, move || {
        let sent = sender.try_send(());
        async move { sent }
    });
    assert_eq!(receiver.recv().await, Some(()));
    assert!(inherits().await.unwrap_err().is_timeout());
    assert!(tasks.shutdown(Drain::default()).await.is_clean());
    assert!(beat.await.is_ok());
}

/// A worker without an end has another output here than in edition 2024.
#[etiquette::test]
async fn a_task_may_return_never(tasks: Tasks) {
    let work = tasks.spawn("endless", async {
        loop {
            std::future::pending::<()>().await;
        }
    });
    assert_eq!(tasks.shutdown(Drain::within(Duration::ZERO)).await.laggards().len(), 1);
    assert!(work.await.unwrap_err().is_aborted());
}

#[etiquette::test]
#[should_panic = "the test leaves a task behind: `left` (spawned at "]
async fn what_is_left_is_named(tasks: Tasks) {
    drop(tasks.spawn("left", std::future::pending::<()>()));
}

#[etiquette::circuit_breaker(consecutive = 1)]
async fn fails() -> Result<(), etiquette::Stopped> {
    Err(etiquette::TimedOut::new("fails", None).into())
}

/// Without `test-util` nothing looks for a test: what functions keep is the process's, and the tests' together.
#[test]
#[allow(unnameable_test_items, reason = "called by this one")]
fn what_functions_keep_is_shared() {
    #[etiquette::test]
    async fn opens_the_circuit() {
        assert!(fails().await.unwrap_err().is_timeout());
    }

    #[etiquette::test]
    async fn finds_it_open() {
        assert!(fails().await.unwrap_err().is_refusal());
    }

    opens_the_circuit();
    finds_it_open();
}
