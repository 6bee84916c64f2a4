//! The stages of a shutdown, to the second.

use super::*;

#[tokio::test(start_paused = true)]
async fn nothing_to_wait_for_takes_no_time() {
    let tasks = Tasks::new();
    let start = Instant::now();
    let drained = tasks.shutdown(Drain::default()).await;
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert!(drained.is_clean() && drained.into_result().is_ok());
    assert!(tasks.draining().is_cancelled() && !tasks.token().is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn work_in_flight_finishes() {
    let tasks = Tasks::new();
    let handle = tasks.spawn("request", async {
        sleep(7 * S).await;
        "done"
    });
    let start = Instant::now();
    assert!(tasks.shutdown(Drain::default()).await.is_clean());
    assert_eq!(start.elapsed(), 7 * S);
    assert_eq!(handle.await.unwrap(), "done");
}

#[tokio::test(start_paused = true)]
async fn asked_at_20_and_aborted_at_25() {
    let tasks = Tasks::new();
    let (start, token) = (Instant::now(), tasks.token());
    let leaves = tasks.spawn("leaves", async move {
        token.cancelled().await;
        let asked = start.elapsed();
        sleep(2 * S).await;
        asked
    });
    let stuck = tasks.spawn("stuck", std::future::pending::<()>());
    let drained = tasks.shutdown(Drain::default()).await;
    assert_eq!(start.elapsed(), 25 * S);
    assert_eq!(leaves.await.unwrap(), 20 * S);
    assert_eq!(names(&drained), ["stuck"]);
    let at = drained.laggards()[0].spawned_at().unwrap();
    assert!(at.file().ends_with("drain.rs"), "{at}");
    assert_eq!(
        drained.to_string(),
        format!("aborted after 25s: `stuck` (spawned at {at})")
    );
    assert!(drained.into_result().is_err());
    assert!(stuck.await.unwrap_err().is_aborted());
    assert!(tasks.is_empty());
}

#[tokio::test(start_paused = true)]
async fn laggards_come_in_the_order_in_which_they_began() {
    let tasks = Tasks::new();
    let names_of_five = ["e", "a", "d", "b", "c"];
    let handles = names_of_five.map(|name| tasks.spawn(name, std::future::pending::<()>()));
    let drain = Drain {
        finish: 2 * S,
        cancel: S,
    };
    let start = Instant::now();
    assert_eq!(names(&tasks.shutdown(drain).await), names_of_five);
    assert_eq!(start.elapsed(), 3 * S);
    drop(handles);
}

#[tokio::test(start_paused = true)]
async fn new_work_is_refused_from_outside() {
    let tasks = Tasks::new();
    let busy = tasks.spawn("busy", sleep(10 * S));
    let ends = tokio::spawn({
        let tasks = tasks.clone();
        async move { tasks.shutdown(Drain::default()).await.is_clean() }
    });
    settle().await;
    let refused = tasks.spawn("late", async { panic!("begun") });
    assert!(refused.is_finished() && refused.abort_handle().is_none());
    let error = refused.await.unwrap_err();
    assert!(error.is_refused() && !error.is_aborted() && !error.is_panic());
    assert_eq!(
        error.to_string(),
        "the task `late` was not started: shutting down"
    );
    assert!(error.try_into_panic().is_err());
    assert!(ends.await.unwrap());
    drop(busy);
}

#[tokio::test(start_paused = true)]
async fn work_in_flight_may_spawn_to_finish() {
    let tasks = Tasks::new();
    let start = Instant::now();
    let request = tasks.spawn("request", {
        let tasks = tasks.clone();
        async move {
            sleep(2 * S).await;
            let receipt = tasks.spawn("receipt", async { sleep(3 * S).await });
            assert!(receipt.await.is_ok());
            sleep(19 * S).await; // and too late, at 24
            tasks.spawn("too late", async {}).await.unwrap_err().is_refused()
        }
    });
    assert!(tasks.shutdown(Drain::default()).await.is_clean());
    assert_eq!(start.elapsed(), 24 * S);
    assert!(request.await.unwrap());
}

#[tokio::test(start_paused = true)]
async fn a_shutdown_that_is_dropped_goes_on_later() {
    let tasks = Tasks::new();
    let stuck = tasks.spawn("stuck", std::future::pending::<()>());
    let drain = Drain {
        finish: 5 * S,
        cancel: 5 * S,
    };
    for (after, asked) in [(S, false), (7 * S, true)] {
        assert!(tokio::time::timeout(after, tasks.shutdown(drain)).await.is_err());
        assert!(tasks.draining().is_cancelled());
        assert_eq!(tasks.token().is_cancelled(), asked);
        assert_eq!(tasks.len(), 1);
    }
    assert_eq!(names(&tasks.shutdown(Drain::within(S)).await), ["stuck"]);
    assert!(tasks.is_empty());
    drop(stuck);
}

#[tokio::test(start_paused = true)]
async fn two_shutdowns_at_once_agree() {
    let tasks = Tasks::new();
    drop(tasks.spawn("slow", sleep(3 * S)));
    let start = Instant::now();
    let (a, b) = tokio::join!(tasks.shutdown(Drain::default()), tasks.shutdown(Drain::default()));
    assert!(a.is_clean() && b.is_clean());
    assert_eq!(start.elapsed(), 3 * S);
}

/// Real time: a thread that blocks cannot be waited for on a paused clock.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_task_that_holds_its_thread_is_reported_all_the_same() {
    let tasks = Tasks::new();
    drop(tasks.spawn("blocks", async { std::thread::sleep(Duration::from_millis(800)) }));
    let drain = Drain {
        finish: 50 * MS,
        cancel: 50 * MS,
    };
    let start = std::time::Instant::now();
    let drained = tasks.shutdown(drain).await;
    assert_eq!(names(&drained), ["blocks"]);
    assert!(start.elapsed() < 700 * MS, "{:?}", start.elapsed());
}
