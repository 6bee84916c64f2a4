//! Spawning, handles, names and scopes.

#![allow(clippy::async_yields_async, reason = "the handle is what is looked at")]

use super::*;
use crate::Limits;

#[tokio::test(start_paused = true)]
async fn a_handle_gives_the_value() {
    let tasks = Tasks::new();
    let handle = tasks.spawn("sum", async { 1 + 1 });
    assert_eq!((handle.name(), tasks.len()), ("sum", 1));
    assert_eq!(handle.await.unwrap(), 2);
    let failing = tasks.spawn(format!("job {}", 7), async { Err::<(), _>("no") });
    assert_eq!(failing.name(), "job 7");
    assert_eq!(failing.await.unwrap(), Err("no"));
    assert!(tasks.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_dropped_handle_does_not_cancel() {
    static DONE: AtomicU32 = AtomicU32::new(0);
    let tasks = Tasks::new();
    let work = |n| async move {
        sleep(n * S).await;
        DONE.fetch_add(1, SeqCst);
    };
    drop(tasks.spawn("dropped", work(1)));
    detach(tasks.spawn("detached", work(2)), "a test");
    detach(tokio::spawn(work(3)), "another");
    drop(tasks);
    sleep(4 * S).await;
    assert_eq!(DONE.load(SeqCst), 3);
}

#[tokio::test(start_paused = true)]
async fn a_panic_stays_in_its_task() {
    let tasks = Tasks::new();
    let error = tasks
        .spawn("bad", async { panic!("oh {}", std::hint::black_box(1)) })
        .await
        .unwrap_err();
    assert!(error.is_panic() && !error.is_aborted() && !error.is_refused());
    assert_eq!(error.to_string(), "the task `bad` panicked");
    let panic = error.try_into_panic().unwrap();
    assert_eq!(panic.downcast_ref::<String>().unwrap(), "oh 1");
    assert!(tasks.is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_aborted_task_is_gone_at_once() {
    let tasks = Tasks::new();
    let handle = tasks.spawn("long", std::future::pending::<()>());
    settle().await;
    handle.abort();
    assert!(!handle.is_finished());
    let error = handle.await.unwrap_err();
    assert!(error.is_aborted() && error.try_into_panic().is_err());
    assert!(tasks.is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_abort_handle_outlives_the_handle() {
    let tasks = Tasks::new();
    let handle = tasks.spawn("long", std::future::pending::<()>());
    let abort = handle.abort_handle().unwrap();
    drop(handle);
    abort.abort();
    settle().await;
    assert!(tasks.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_task_inherits_the_scope_it_was_spawned_in() {
    let tasks = Tasks::new();
    let scope = Scope::new().with_timeout(3 * S);
    let spawned = scope.provide(async {
        tasks.spawn("inside", async {
            let left = Scope::current().remaining();
            (left, sleep(60 * S).or_cancelled(&Scope::current()).await)
        })
    });
    let handle = spawned.await;
    settle().await;
    scope.cancel("the request is over");
    let (left, out) = match handle.await {
        Ok(out) => Ok::<_, ()>(out),
        Err(_) => Err(()),
    }
    .unwrap();
    assert_eq!(left, Some(3 * S));
    assert!(
        out.unwrap_err()
            .to_string()
            .ends_with("was cancelled: the request is over")
    );
}

#[tokio::test(start_paused = true)]
async fn a_shutdown_cancels_also_in_scopes_of_others() {
    let tasks = Tasks::new();
    let others = Scope::new();
    let listening = |name| {
        tasks.spawn(name, async {
            let out = sleep(3600 * S).or_cancelled(&Scope::current()).await;
            out.unwrap_err().to_string()
        })
    };
    let handles = [
        listening("plain"),
        others.provide(async { listening("in a scope") }).await,
    ];
    assert!(tasks.shutdown(Drain::within(S)).await.is_clean());
    for handle in handles {
        assert!(handle.await.unwrap().ends_with("was cancelled: shutting down"));
    }
    assert!(!others.is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn a_deadline_outside_of_any_scope_is_inherited_too() {
    let tasks = Tasks::new();
    let limit = crate::Limit::from(3 * S);
    let body = async { tasks.spawn("left", async { Scope::current().remaining() }).await };
    let left = crate::scope::inherit(limit, body).await.unwrap();
    assert_eq!(left.unwrap(), Some(3 * S));
}

#[test]
fn a_runtime_that_goes_takes_its_tasks_along() {
    let tasks = Tasks::new();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let handle = runtime.block_on(async { tasks.spawn("gone", std::future::pending::<()>()) });
    assert_eq!(tasks.len(), 1);
    drop(runtime);
    assert!(tasks.is_empty() && handle.is_finished());
    assert_eq!(tasks.0.running.laggards(), []);
}

#[test]
fn a_spawn_outside_of_a_runtime_leaves_nothing_behind() {
    let tasks = Tasks::new();
    let spawn = std::panic::AssertUnwindSafe(|| drop(tasks.spawn("nowhere", async {})));
    assert!(std::panic::catch_unwind(spawn).is_err());
    assert!(tasks.is_empty());
    assert_eq!(tasks.0.running.laggards(), []);
}

#[test]
fn handles_and_futures_are_send() {
    fn is_send<T: Send>(_: T) {}
    fn is_error<T: std::error::Error + Send + Sync + 'static>() {}
    let tasks = Tasks::new();
    is_send(tasks.shutdown(Drain::default()));
    is_send(tasks.clone());
    is_error::<TaskError>();
    is_error::<Drained>();
    is_error::<EssentialEnded>();
    let limit = Arc::new(crate::ConcurrencyLimit::new(1));
    is_send(tasks.spawn_limited(limit, "one", async {}));
}

/// A worker without an end has the output `!`.
#[tokio::test(start_paused = true)]
async fn a_task_may_return_never_and_other_values() {
    let tasks = Tasks::new();
    let handle = tasks.spawn("worker", async {
        loop {
            sleep(S).await;
        }
    });
    drop(handle);
    assert_eq!(tasks.spawn("text", async { "a".to_owned() }).await.unwrap(), "a");
    assert_eq!(
        tasks
            .spawn("some", async { Some(Arc::new(1)) })
            .await
            .unwrap()
            .as_deref(),
        Some(&1)
    );
    assert_eq!(names(&tasks.shutdown(Drain::default()).await), ["worker"]);
}
