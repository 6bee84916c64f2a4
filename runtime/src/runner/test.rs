//! The body of a test, and what it leaves behind.

#[cfg(feature = "test-util")]
use std::sync::Arc;
use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    time::{Duration, Instant},
};

use tokio::{runtime::Handle, task::yield_now, time::sleep};

use super::Runner;
#[cfg(feature = "test-util")]
use super::{Runtime, built};
#[cfg(feature = "test-util")]
use crate::testing::{Isolated, World};
use crate::{Laggard, Tasks};

/// How long a task may take that is just about to end when the test is done.
const GRACE: Duration = Duration::from_millis(100);

/// Runs the body of a test; fails it when it takes too long, or leaves tasks behind.
#[doc(hidden)]
#[allow(clippy::panic, reason = "that is how a test fails")]
pub fn test<R, F: Future<Output = R>>(
    runner: Runner,
    body: impl FnOnce(Tasks) -> F,
    is_err: impl FnOnce(&R) -> bool,
) -> R {
    #[cfg(feature = "test-util")]
    let (_own, runtime) = isolated(&runner);
    #[cfg(not(feature = "test-util"))]
    let runtime = runner.runtime();
    let tasks = Tasks::new();
    let work = async {
        let body = tasks.scope().provide(body(tasks.clone()));
        let out = match runner.timeout {
            None => body.await,
            Some(limit) => match tokio::time::timeout(limit, body).await {
                Ok(out) => out,
                Err(_) => panic!("the test took longer than {limit:?}"),
            },
        };
        // A test that has failed says so itself.
        if !is_err(&out)
            && let Some(leak) = leak(&tasks, runner.paused).await
        {
            panic!("{leak}");
        }
        out
    };
    let out = catch_unwind(AssertUnwindSafe(|| runtime.block_on(work)));
    // Blocking work that goes on is not worth waiting for, least of all in a test that has failed.
    runtime.shutdown_timeout(GRACE);
    out.unwrap_or_else(|panic| resume_unwind(panic))
}

/// A runtime whose threads, and this one, share a world of their own: what functions keep from call to call is new in it.
#[cfg(feature = "test-util")]
fn isolated(runner: &Runner) -> (Isolated, Runtime) {
    let world = Arc::new(World::default());
    let of_threads = Arc::clone(&world);
    let mut builder = runner.builder();
    builder.on_thread_start(move || of_threads.adopt_thread());
    let runtime = built(&mut builder);
    (world.enter(), runtime)
}

/// What to say of the tasks that are still there, if there are any.
async fn leak(tasks: &Tasks, paused: bool) -> Option<String> {
    let metrics = Handle::current().metrics();
    let start = Instant::now();
    let mut rounds = 0_u32;
    while metrics.num_alive_tasks() > 0 {
        if start.elapsed() > GRACE || (paused && rounds > 1_000) {
            return Some(text(&tasks.running(), metrics.num_alive_tasks()));
        }
        rounds += 1;
        yield_now().await;
        // To sleep on a paused clock would be to let everything happen that was waiting.
        if !paused && rounds > 10 {
            sleep(Duration::from_millis(1)).await;
        }
    }
    None
}

fn text(named: &[Laggard], alive: usize) -> String {
    let mut who: Vec<String> = named.iter().map(ToString::to_string).collect();
    match alive.saturating_sub(named.len()) {
        0 => {}
        others if who.is_empty() => who.push(format!("{others} spawned without a name")),
        others => who.push(format!("{others} more spawned without a name")),
    }
    let tasks = if alive == 1 { "a task" } else { "tasks" };
    format!(
        "the test leaves {tasks} behind: {}\n\
         help: end them, as in `tasks.shutdown(Drain::default()).await`, or await their handles",
        who.join(", ")
    )
}
