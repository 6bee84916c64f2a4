//! Programs under `#[etiquette::main]`, one per way to end; `tests/process` runs them and looks at how they do.
//!
//! Each says `ready` on its standard output when it is worth a signal.

#![allow(missing_docs, reason = "a binary")]

use etiquette::{CancellationToken, Scope, Stopped, Tasks, cancellable, shield};
use std::{error::Error, time::Duration};
use tokio::time::sleep;

type Boxed = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Boxed> {
    let scenario = std::env::args().nth(1).unwrap_or_default();
    match scenario.as_str() {
        "returns" => returns(),
        "fails" => return fails(),
        "cancelled" => return cancelled().map_err(Into::into),
        "boxed" => return boxed(),
        "own_cancel" => return own_cancel().map_err(Into::into),
        "essential" => essential(),
        "body" => body(),
        "blocked" => blocked(),
        "blocked_one" => blocked_one(),
        "blocking" => blocking(),
        "shielded" => shielded(),
        "panics" => panics(),
        "begins" => begins(),
        "long" => long(),
        "renamed" => renamed(),
        other => return Err(format!("no scenario {other}").into()),
    }
    Ok(())
}

fn ready() {
    println!("ready");
}

/// What is still running when the body is done is drained too.
#[etiquette::main]
async fn returns(tasks: Tasks) {
    ready();
    let handle = tasks.spawn("last words", async {
        sleep(Duration::from_millis(100)).await;
        println!("last words");
    });
    drop(handle);
}

#[etiquette::main(flavor = "current_thread")]
async fn fails() -> Result<(), Boxed> {
    Err("out of luck".into())
}

#[etiquette::main(finish = 100ms)]
async fn cancelled() -> Result<(), Stopped> {
    #[cancellable(Scope::current())]
    async fn work() -> Result<(), Stopped> {
        std::future::pending().await
    }
    ready();
    work().await
}

#[etiquette::main(finish = 100ms, worker_threads = 1)]
async fn boxed(tasks: Tasks) -> Result<(), Boxed> {
    #[cancellable]
    async fn work(token: CancellationToken) -> Result<(), Boxed> {
        let _ = &token;
        std::future::pending().await
    }
    ready();
    work(tasks.draining()).await
}

/// Cancelled, and not by a signal: an error like any other.
#[etiquette::main]
async fn own_cancel() -> Result<(), Stopped> {
    let scope = Scope::new();
    scope.cancel("changed its mind");
    scope.run(async {}).await
}

#[etiquette::main]
async fn essential(tasks: Tasks) {
    let handle = tasks.spawn_essential("listener", async {
        sleep(Duration::from_millis(50)).await;
        Err::<(), _>("address in use")
    });
    drop(handle);
    tasks.token().cancelled().await;
}

/// A body that hears nobody.
#[etiquette::main(finish = 100ms, cancel = 100ms)]
async fn body() {
    ready();
    std::future::pending().await
}

// The sleeps of threads below are real: what is looked at is a process whose threads block.

/// A task that holds its thread: it cannot be aborted, and is named.
#[etiquette::main(finish = 100ms, cancel = 100ms)]
async fn blocked(tasks: Tasks) {
    let handle = tasks.spawn("blocks", async { std::thread::sleep(Duration::from_secs(60)) });
    drop(handle);
    ready();
}

/// The same on the only thread there is.
#[etiquette::main(flavor = "current_thread", finish = 100ms, cancel = 100ms)]
async fn blocked_one(tasks: Tasks) {
    let handle = tasks.spawn("blocks", async {
        ready();
        std::thread::sleep(Duration::from_secs(60));
    });
    drop(handle);
    sleep(Duration::from_secs(60)).await;
}

/// Blocking work in flight has time to finish, and no more than that.
#[etiquette::main(finish = 100ms, cancel = 300ms)]
async fn blocking() {
    drop(tokio::task::spawn_blocking(|| {
        std::thread::sleep(Duration::from_secs(60))
    }));
    drop(tokio::task::spawn_blocking(|| {
        std::thread::sleep(Duration::from_millis(100));
        println!("written");
    }));
}

#[etiquette::main]
async fn shielded() {
    let work = shield(async {
        sleep(Duration::from_millis(100)).await;
        println!("committed");
    });
    assert!(
        tokio::time::timeout(Duration::from_millis(10), work)
            .await
            .is_err()
    );
}

#[etiquette::main]
async fn panics() {
    panic!("in the body");
}

/// Asks itself to end.
#[etiquette::main]
async fn begins(tasks: Tasks) {
    tasks.begin_shutdown();
    tasks.draining().cancelled().await;
    println!("bye");
}

/// Only ends when it is asked twice.
#[etiquette::main(finish = 60s)]
async fn long() {
    ready();
    std::future::pending().await
}

#[etiquette::main(crate = ::etiquette)]
async fn renamed(_: Tasks) {
    println!("found");
}
