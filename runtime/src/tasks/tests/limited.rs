//! Tasks that hold a slot.

use tokio::sync::Semaphore;

use super::*;
use crate::ConcurrencyLimit;

#[tokio::test(start_paused = true)]
async fn the_slot_comes_before_the_task() {
    static TWO: ConcurrencyLimit = ConcurrencyLimit::new(2);
    let tasks = Tasks::new();
    let start = Instant::now();
    let mut begun = Vec::new();
    for _ in 0..5 {
        drop(tasks.spawn_limited(&TWO, "job", async { sleep(S).await }).await);
        begun.push(start.elapsed().as_secs());
        assert!(tasks.len() <= 2);
    }
    assert_eq!(begun, [0, 0, 1, 1, 2]);
    assert!(tasks.shutdown(Drain::default()).await.is_clean());
    assert_eq!(TWO.in_use(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_slot_is_free_however_the_task_ends() {
    let limit = Arc::new(ConcurrencyLimit::new(1));
    let tasks = Tasks::new();
    let panics = tasks
        .spawn_limited(Arc::clone(&limit), "panics", async { panic!() })
        .await;
    assert!(panics.await.is_err());
    assert_eq!(limit.available(), 1);
    let aborted = tasks
        .spawn_limited(Arc::clone(&limit), "aborted", std::future::pending::<()>())
        .await;
    assert_eq!(limit.available(), 0);
    aborted.abort();
    assert!(aborted.await.is_err());
    assert_eq!(limit.available(), 1);
    // Aborted before its first poll.
    let unpolled = tasks
        .spawn_limited(Arc::clone(&limit), "unpolled", async {})
        .await;
    unpolled.abort();
    assert!(unpolled.await.is_err());
    assert_eq!(limit.available(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_dropped_took_nothing() {
    let limit = Arc::new(ConcurrencyLimit::new(1));
    let tasks = Tasks::new();
    let held = limit.acquire().await;
    let wait = tasks.spawn_limited(Arc::clone(&limit), "waits", async {});
    assert!(tokio::time::timeout(S, wait).await.is_err());
    assert_eq!((limit.waiting(), tasks.len()), (0, 0));
    drop(held);
    assert_eq!(limit.available(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_shutdown_ends_the_wait() {
    let limit = Arc::new(Semaphore::new(1));
    let tasks = Tasks::new();
    let start = Instant::now();
    drop(
        tasks
            .spawn_limited(Arc::clone(&limit), "busy", sleep(3 * S))
            .await,
    );
    let (waited, drained) = tokio::join!(
        async {
            let handle = tasks.spawn_limited(Arc::clone(&limit), "waits", async {}).await;
            (handle.await.unwrap_err().is_refused(), start.elapsed())
        },
        tasks.shutdown(Drain::default())
    );
    assert_eq!(waited, (true, Duration::ZERO));
    assert!(drained.is_clean());
    assert_eq!(limit.available_permits(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_closed_semaphore_refuses() {
    let limit = Arc::new(Semaphore::new(1));
    limit.close();
    let tasks = Tasks::new();
    let handle = tasks.spawn_limited(limit, "never", async {}).await;
    assert!(handle.await.unwrap_err().is_refused());
}
