use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use tokio::time::sleep;

use super::*;
use crate::{Drain, Tasks};

const MS: Duration = Duration::from_millis(1);

/// What a test panics with.
fn failure<F: Future<Output = ()>>(body: impl FnOnce(Tasks) -> F) -> Option<String> {
    let run = || test(Runner::new(), body, |()| false);
    let panic = catch_unwind(AssertUnwindSafe(run)).err()?;
    Some(*panic.downcast::<String>().unwrap())
}

#[test]
fn a_test_that_cleans_up_passes() {
    let out = test(Runner::new(), |_| async { 7 }, |_| false);
    assert_eq!(out, 7);
    let ends = failure(|tasks| async move {
        drop(tasks.spawn("worker", std::future::pending::<()>()));
        let drained = tasks.shutdown(Drain::within(Duration::ZERO)).await;
        assert_eq!(drained.laggards().len(), 1);
    });
    assert_eq!(ends, None);
    let awaits = failure(|_| async { tokio::spawn(sleep(MS)).await.unwrap() });
    assert_eq!(awaits, None);
}

#[test]
fn a_task_that_is_about_to_end_is_no_leak() {
    assert_eq!(
        failure(|tasks| async move { drop(tasks.spawn("short", sleep(20 * MS))) }),
        None
    );
    assert_eq!(
        failure(|_| async { tokio::spawn(std::future::pending::<()>()).abort() }),
        None
    );
}

#[test]
fn what_a_test_leaves_behind_is_named() {
    let text =
        failure(|tasks| async move { drop(tasks.spawn("worker", std::future::pending::<()>())) }).unwrap();
    assert!(
        text.starts_with("the test leaves a task behind: `worker` (spawned at "),
        "{text}"
    );
    assert!(text.contains("runner/tests.rs:"), "{text}");
    let text = failure(|tasks| async move {
        drop(tasks.spawn("worker", std::future::pending::<()>()));
        drop(tokio::spawn(std::future::pending::<()>()));
        drop(tokio::spawn(std::future::pending::<()>()));
    })
    .unwrap();
    assert!(
        text.starts_with("the test leaves tasks behind: `worker` (spawned at "),
        "{text}"
    );
    assert!(
        text.contains("), 2 more spawned without a name\nhelp: "),
        "{text}"
    );
    let text = failure(|_| async { drop(tokio::spawn(std::future::pending::<()>())) }).unwrap();
    assert!(
        text.starts_with("the test leaves a task behind: 1 spawned without a name"),
        "{text}"
    );
}

#[test]
fn a_test_that_failed_says_that_and_not_what_it_left() {
    let body = |_| async {
        drop(tokio::spawn(std::future::pending::<()>()));
        Err::<(), _>("no")
    };
    assert_eq!(test(Runner::new(), body, Result::is_err), Err("no"));
}

#[test]
fn a_test_that_takes_too_long_fails() {
    let run = || {
        test(
            Runner::new().timeout(20 * MS),
            |_| std::future::pending::<()>(),
            |()| false,
        )
    };
    let panic = catch_unwind(AssertUnwindSafe(run)).unwrap_err();
    assert_eq!(
        panic.downcast_ref::<String>().unwrap(),
        "the test took longer than 20ms"
    );
    test(Runner::new().timeout(None::<Duration>), |_| sleep(MS), |()| false);
}

#[test]
fn a_test_that_takes_too_long_does_not_wait_for_blocking_work() {
    let (release, released) = std::sync::mpsc::channel::<()>();
    let stuck = move || released.recv().is_err();
    let run = || {
        test(
            Runner::new().timeout(20 * MS),
            |_| async { drop(tokio::task::spawn_blocking(stuck).await) },
            |()| false,
        )
    };
    assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
    drop(release);
}

#[cfg(feature = "test-util")]
#[test]
fn a_leak_on_a_paused_clock_does_not_move_it() {
    let run = || {
        test(
            Runner::new().paused(true),
            |_| async { drop(tokio::spawn(sleep(MS))) },
            |()| false,
        )
    };
    assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
    let start = std::time::Instant::now();
    test(Runner::new().paused(true), |_| sleep(3_600_000 * MS), |()| false);
    assert!(start.elapsed() < 1_000 * MS);
}

#[cfg(feature = "main")]
#[test]
fn workers_are_at_least_one() {
    let count = |runner: Runner| {
        test(
            runner,
            |_| async { tokio::runtime::Handle::current().metrics().num_workers() },
            |_| false,
        )
    };
    assert_eq!(count(Runner::new().multi_thread().workers(3)), 3);
    assert_eq!(count(Runner::new().multi_thread().workers(0)), 1);
}

#[test]
fn a_body_runs_in_the_scope_of_its_tasks() {
    let same = failure(|tasks| async move {
        tasks.scope().cancel("now");
        assert_eq!(crate::Scope::current().reason().as_deref(), Some("now"));
    });
    assert_eq!(same, None);
}
