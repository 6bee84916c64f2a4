//! What is logged of tasks: with the name, once, at the right level.

#![cfg(feature = "tracing")]

use std::io;

use tracing_subscriber::fmt::MakeWriter;

use super::*;
use crate::{Cancelled, Stopped};

#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    /// What tasks on this thread log from now on.
    fn listen() -> (Self, tracing::subscriber::DefaultGuard) {
        crate::telemetry::keep_callsites_heard();
        let log = Self::default();
        let subscriber = tracing_subscriber::fmt()
            .with_writer(log.clone())
            .with_max_level(tracing::Level::DEBUG)
            .with_ansi(false)
            .without_time();
        (log, tracing::subscriber::set_default(subscriber.finish()))
    }

    fn lines(&self) -> Vec<String> {
        let text = std::mem::take(&mut *self.0.lock().unwrap());
        String::from_utf8(text)
            .unwrap()
            .lines()
            .map(|line| line.trim().to_owned())
            .collect()
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_and_a_panic_are_logged_once() {
    let (log, _listening) = Log::listen();
    let tasks = Tasks::new();
    let failed = tasks.spawn("sync", async { Err::<(), _>("no route") });
    settle().await;
    assert_eq!(
        log.lines(),
        [r#"ERROR etiquette::tasks: the task failed task=sync error=no route"#]
    );
    assert_eq!(failed.await.unwrap(), Err("no route"));
    let panicked = tasks.spawn("sync", async { panic!("oh") });
    assert!(panicked.await.is_err());
    assert_eq!(
        log.lines(),
        ["ERROR etiquette::tasks: the task panicked task=sync panic=oh"]
    );
    assert!(tasks.spawn("fine", async { Ok::<_, String>(7) }).await.is_ok());
    assert_eq!(log.lines(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn one_that_leaves_when_asked_has_not_failed() {
    let (log, _listening) = Log::listen();
    let tasks = Tasks::new();
    let stop = || Stopped::from(Cancelled::new("app::sync"));
    let left = r#"INFO etiquette::tasks: the task left when asked task=sync error=sync was cancelled"#;
    type Boxed = Box<dyn std::error::Error + Send + Sync>;
    drop(tasks.spawn("sync", async move { Err::<(), _>(stop()) }));
    drop(tasks.spawn("sync", async move { Err::<(), _>(io::Error::from(stop())) }));
    drop(tasks.spawn("sync", async move { Err::<(), Boxed>(stop().into()) }));
    settle().await;
    assert_eq!(log.lines(), [left, left, left]);
    // Of other errors nothing is known, but that the task was asked to leave before.
    let token = tasks.token();
    drop(tasks.spawn("sync", async move {
        token.cancelled().await;
        Err::<(), _>("sync was cancelled")
    }));
    assert!(tasks.shutdown(Drain::within(S)).await.is_clean());
    assert_eq!(log.lines().last().unwrap(), left);
}

#[tokio::test(start_paused = true)]
async fn laggards_are_named() {
    let (log, _listening) = Log::listen();
    let tasks = Tasks::new();
    drop(tasks.spawn("stuck", std::future::pending::<()>()));
    let drained = tasks.shutdown(Drain::default()).await;
    let laggard = &drained.laggards()[0];
    assert_eq!(
        log.lines(),
        [
            format!("WARN etiquette::tasks: still running: asked to leave laggard={laggard}"),
            format!("ERROR etiquette::tasks: still running: aborted laggard={laggard}"),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn each_round_that_fails_is_logged() {
    let (log, _listening) = Log::listen();
    let tasks = Tasks::new();
    drop(tasks.every("poll", Every::new(S), || async { Err::<(), _>("busy") }));
    sleep(2500 * MS).await;
    let failed = r#"ERROR etiquette::tasks: the task failed task=poll error=busy"#;
    assert_eq!(log.lines(), [failed, failed]);
}

#[tokio::test(start_paused = true)]
async fn what_is_refused_detached_or_essential_is_told() {
    let (log, _listening) = Log::listen();
    let tasks = Tasks::new();
    detach(tasks.spawn("warm up", async {}), "nobody needs it");
    detach(tokio::spawn(async {}), "nor this");
    drop(tasks.spawn_essential("listener", async {}));
    settle().await;
    drop(tasks.spawn("late", async {}));
    assert_eq!(
        log.lines(),
        [
            r#"DEBUG etiquette::tasks: detached task="warm up" reason="nobody needs it""#,
            r#"DEBUG etiquette::tasks: detached reason="nor this""#,
            "ERROR etiquette::tasks: everything else is cancelled ended=the essential task `listener` ended",
            "WARN etiquette::tasks: the task was not started: shutting down task=late",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_task_is_in_the_span_it_was_spawned_in() {
    let (log, _listening) = Log::listen();
    let tasks = Tasks::new();
    let span = tracing::info_span!("request", id = 7);
    let handle = span.in_scope(|| tasks.spawn("inner", async { Err::<(), _>("no") }));
    handle.await.unwrap().unwrap_err();
    let line = r#"ERROR request{id=7}: etiquette::tasks: the task failed task=inner error=no"#;
    assert_eq!(log.lines(), [line]);
}
