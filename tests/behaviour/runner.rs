//! `#[etiquette::test]`, by tests that use it. What `#[etiquette::main]` does is in `process`.

use crate::support::{Error, Runs, ms, pending, secs, sleep};
use etiquette::{Drain, Tasks, cancellable, retry, with_timeout};
use std::time::Duration;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::time::Instant;

#[etiquette::test]
async fn the_clock_is_the_real_one_and_there_is_one_thread() {
    assert_eq!(Handle::current().runtime_flavor(), RuntimeFlavor::CurrentThread);
    let start = std::time::Instant::now();
    sleep(ms(20)).await; // really
    assert!(start.elapsed() >= ms(20));
}

#[etiquette::test(paused)]
async fn a_paused_clock_moves_by_itself() {
    let (start, real) = (Instant::now(), std::time::Instant::now());
    sleep(secs(86_400)).await;
    assert_eq!(start.elapsed(), secs(86_400));
    assert!(real.elapsed() < secs(60));
}

#[etiquette::test(start_paused = true)]
async fn it_may_be_said_as_in_tokio() {
    let start = Instant::now();
    sleep(secs(86_400)).await;
    assert_eq!(start.elapsed(), secs(86_400));
}

#[etiquette::test(flavor = "multi_thread", worker_threads = 1 + 1)]
async fn there_may_be_several_threads() {
    assert_eq!(Handle::current().metrics().num_workers(), 2);
}

#[etiquette::test(flavor = "multi_thread")]
async fn without_a_number_there_are_as_many_as_tokio_says() {
    assert_eq!(Handle::current().runtime_flavor(), RuntimeFlavor::MultiThread);
}

#[etiquette::test]
async fn the_value_is_that_of_the_body() -> Result<(), Box<dyn std::error::Error>> {
    let seven: u32 = "7".parse()?;
    if seven == 7 {
        return Ok(());
    }
    Err("unreachable".into())
}

#[etiquette::test]
async fn a_group_of_tasks_is_handed_over(tasks: Tasks) {
    let token = tasks.token();
    let worker = tasks.spawn("worker", async move { token.cancelled().await });
    assert!(tasks.shutdown(Drain::within(ms(100))).await.is_clean());
    worker.await.unwrap();
}

#[etiquette::test(paused)]
#[should_panic = "the test leaves a task behind: `worker` (spawned at tests/behaviour/runner.rs:"]
async fn a_task_that_is_left_fails_the_test(tasks: Tasks) {
    drop(tasks.spawn("worker", pending::<()>()));
}

#[etiquette::test]
#[should_panic = "the test leaves tasks behind: 2 spawned without a name"]
async fn however_it_was_spawned() {
    drop(tokio::spawn(std::future::pending::<()>()));
    drop(tokio::spawn(std::future::pending::<()>()));
}

#[etiquette::test(timeout = 5s, paused)]
#[should_panic = "the test took longer than 5s"]
async fn a_test_that_takes_too_long_fails() {
    sleep(ms(5_001)).await;
}

const LIMIT: Duration = Duration::from_secs(5);

#[etiquette::test(timeout = LIMIT, paused)]
async fn one_that_takes_as_long_passes() {
    sleep(LIMIT).await;
}

#[etiquette::test(timeout = None::<Duration>, crate = ::etiquette)]
async fn no_limit_is_none() {
    tokio::task::yield_now().await;
}

#[etiquette::test(paused)]
#[should_panic = "the_body timed out after 1s"]
#[with_timeout(1s, name = "the_body")]
async fn layers_may_stand_below() {
    pending::<()>().await;
}

#[with_timeout(1s, name = "the_body")]
#[etiquette::test(paused)]
#[should_panic = "the_body timed out after 1s"]
async fn layers_may_stand_above() {
    pending::<()>().await;
}

#[etiquette::test(paused)]
#[with_timeout(30s, total)]
#[retry(attempts = 3, constant(1s), jitter = none)]
async fn several_layers_are_one_stack() -> Result<(), Error> {
    static RUNS: Runs = Runs::new();
    match RUNS.next() {
        3 => Ok(()),
        _ => Err(Error::Busy),
    }
}

#[etiquette::test(paused)]
#[should_panic = "layers_see_the_group was cancelled"]
#[cancellable(tasks.token())]
async fn layers_see_the_group(tasks: Tasks) {
    let group = tasks.clone();
    crate::support::after(secs(1), move || drop(group.spawn_essential("ends", async {})));
    pending::<()>().await;
}

mod no_prelude {
    #![no_implicit_prelude]
    #![allow(dead_code, reason = "traps")]

    mod core {}
    mod std {}
    mod tokio {}
    mod etiquette {}
    struct Tasks;
    struct Result;
    struct Ok;

    #[::etiquette::test(timeout = 5s)]
    async fn nothing_is_taken_from_the_scope(
        _: ::etiquette::Tasks,
    ) -> ::std::result::Result<(), ::std::io::Error> {
        ::std::result::Result::Ok(())
    }
}
