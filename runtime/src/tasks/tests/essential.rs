//! Tasks that the program cannot do without.

use super::*;

#[tokio::test(start_paused = true)]
async fn its_end_cancels_all() {
    let tasks = Tasks::new();
    let token = tasks.token();
    let other = tasks.spawn("other", async move { token.cancelled().await });
    let essential = tasks.spawn_essential("listener", async {
        sleep(S).await;
        Err::<(), _>("address in use")
    });
    let start = Instant::now();
    other.await.unwrap();
    assert_eq!(start.elapsed(), S);
    assert!(tasks.draining().is_cancelled() && tasks.token().is_cancelled());
    let text = "the essential task `listener` failed: address in use";
    assert_eq!(tasks.scope().reason().as_deref(), Some(text));
    assert_eq!(essential.await.unwrap(), Err("address in use"));
    let drained = tasks.shutdown(Drain::default()).await;
    assert_eq!(drained.failure().unwrap().to_string(), text);
    assert_eq!(drained.into_result().unwrap_err().to_string(), text);
}

#[tokio::test(start_paused = true)]
async fn however_it_ends() {
    let ended = |how: &str| format!("the essential task `x` {how}");
    let returned = Tasks::new();
    drop(returned.spawn_essential("x", async {}));
    let panicked = Tasks::new();
    drop(panicked.spawn_essential("x", async { panic!("oh") }));
    let aborted = Tasks::new();
    aborted.spawn_essential("x", std::future::pending::<()>()).abort();
    settle().await;
    for (tasks, how) in [
        (returned, "ended"),
        (panicked, "panicked: oh"),
        (aborted, "was aborted"),
    ] {
        let failure = tasks.failure().unwrap();
        assert_eq!((failure.to_string(), failure.name()), (ended(how), "x"));
        assert_eq!(failure.is_panic(), how.starts_with("panicked"));
    }
}

#[tokio::test(start_paused = true)]
async fn the_first_is_the_one_that_is_told() {
    let tasks = Tasks::new();
    drop(tasks.spawn_essential("first", async {}));
    drop(tasks.spawn_essential("second", async {}));
    settle().await;
    assert_eq!(tasks.failure().unwrap().name(), "first");
}

#[tokio::test(start_paused = true)]
async fn in_a_shutdown_it_may_end() {
    let tasks = Tasks::new();
    let draining = tasks.draining();
    drop(tasks.spawn_essential("listener", async move { draining.cancelled().await }));
    drop(tasks.spawn_essential("stuck", std::future::pending::<()>()));
    let drained = tasks.shutdown(Drain::default()).await;
    assert_eq!((names(&drained), drained.failure()), (vec!["stuck"], None));
}
