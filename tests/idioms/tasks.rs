//! What is spawned: who owns it, who hears of its end, and who starts it again.

use crate::recorder::Recorder;
use crate::support::{Runs, ms, pending, secs, sleep};
use etiquette::{
    Detachable, Drain, Limits, Scope, TaskError, TaskHandle, Tasks, cancellable, detach, instrument_task,
    retry,
};
use tokio::time::Instant;

struct Worker {
    runs: Runs,
}

impl Worker {
    #[cancellable(Scope::current())]
    async fn run(&self) {
        sleep(secs(10)).await;
        match self.runs.next() {
            1 => panic!("a bug"),
            2 => (), // it ended by itself, which it should not
            _ => pending().await,
        }
    }
}

/// Starts the worker again when it has panicked, or has ended without being asked to.
#[cancellable(Scope::current(), or_return = Ok(()))]
#[retry(attempts = forever, constant(5s), jitter = none, when_result = |_| true)]
async fn supervise(tasks: &Tasks, worker: &'static Worker) -> Result<(), TaskError> {
    tasks.spawn("worker", worker.run()).await
}

// RW15: restarted on an unexpected end; at the end cancelled, and aborted when that does not help.
#[tokio::test(start_paused = true)]
async fn a_worker_is_restarted_until_the_end() {
    static WORKER: Worker = Worker { runs: Runs::new() };
    let (tasks, start) = (Tasks::new(), Instant::now());
    let group = tasks.clone();
    let supervisor = tasks.spawn("supervisor", async move { supervise(&group, &WORKER).await });
    // It hears nobody.
    let deaf = tasks.spawn("deaf", std::future::pending::<()>());
    sleep(secs(35)).await;
    assert_eq!(WORKER.runs.count(), 2);
    sleep(secs(10)).await;
    assert_eq!((WORKER.runs.count(), tasks.len()), (3, 3));
    let drained = tasks
        .shutdown(Drain {
            finish: secs(1),
            cancel: secs(4),
        })
        .await;
    assert_eq!(start.elapsed(), secs(50));
    let late: Vec<&str> = drained.laggards().iter().map(etiquette::Laggard::name).collect();
    assert_eq!(late, ["deaf"]);
    supervisor.await.unwrap().unwrap();
    assert!(deaf.await.unwrap_err().is_aborted());
}

// RW29: a spawn keeps the current span, has a name, logs an error once and is counted.
#[tokio::test(start_paused = true)]
async fn a_spawn_says_who_and_where() {
    #[derive(Debug, thiserror::Error)]
    #[error("the index is damaged")]
    struct Damaged;

    #[instrument_task(fields(request = 7))]
    async fn handle(tasks: &Tasks) {
        let merge = tasks.spawn("merge", async {
            tracing::info!("merging");
            sleep(secs(1)).await;
            Err::<(), _>(Damaged)
        });
        detach(merge, "the request does not wait for it");
    }
    let log = Recorder::install();
    let tasks = Tasks::new();
    handle(&tasks).await;
    assert_eq!(tasks.len(), 1);
    sleep(secs(2)).await;
    assert!(tasks.is_empty());
    let span = log.spans().iter().find(|span| span.name == "handle").unwrap().id;
    let events = log.events();
    let merging = events.iter().find(|event| event.message() == "merging").unwrap();
    assert_eq!(merging.span, Some(span), "it runs in the span of who spawned it");
    let failed: Vec<_> = events
        .iter()
        .filter(|event| event.level == tracing::Level::ERROR)
        .collect();
    assert_eq!(failed.len(), 1, "{failed:?}");
    let line = failed[0].line();
    assert!(
        line.contains("merge") && line.contains("the index is damaged"),
        "{line}"
    );
}

/// The owner that aborts; `detach` is the one that does not.
struct AbortOnDrop<T>(TaskHandle<T>);

impl<T> Drop for AbortOnDrop<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

// RW30: a handle that aborts when it is dropped, or a task in the background; a dropped handle is never an accident.
#[tokio::test(start_paused = true)]
async fn both_ways_to_own_a_task() {
    static DONE: Runs = Runs::new();
    async fn job() {
        sleep(secs(1)).await;
        DONE.next();
    }
    let tasks = Tasks::new();
    let tied = AbortOnDrop(tasks.spawn("tied", job()));
    let background = tasks.spawn("background", job());
    assert_eq!(Detachable::name(&background), Some("background"));
    detach(background, "its result is of no interest");
    drop(tied);
    sleep(ms(1)).await;
    assert_eq!(tasks.len(), 1);
    sleep(secs(1)).await;
    assert_eq!((DONE.count(), tasks.len()), (1, 0));
    // Dropped with the call it belongs to.
    let call = async {
        let _tied = AbortOnDrop(tasks.spawn("tied", job()));
        pending::<()>().await
    };
    assert!(call.with_timeout(ms(500)).await.is_err());
    sleep(secs(2)).await;
    assert_eq!((DONE.count(), tasks.len()), (1, 0));
}

// RW31: intake ends, work is waited for, forced after a deadline, and what is late has a name and a place.
#[tokio::test(start_paused = true)]
async fn the_end_is_waited_for_and_reported() {
    let (tasks, start) = (Tasks::new(), Instant::now());
    detach(tasks.spawn("flush", sleep(secs(8))), "ends by itself");
    let line = line!() + 1;
    let compaction = tasks.spawn("compaction", std::future::pending::<()>());
    detach(compaction, "does not");
    let drained = tasks
        .shutdown(Drain {
            finish: secs(15),
            cancel: secs(5),
        })
        .await;
    assert_eq!(start.elapsed(), secs(20));
    let at = format!("`compaction` (spawned at {}:{line}:", file!());
    let text = drained.to_string();
    assert!(text.starts_with(&format!("aborted after 20s: {at}")), "{text}");
    assert!(tasks.spawn("late", async {}).await.unwrap_err().is_refused());
    assert!(drained.into_result().is_err());
}
