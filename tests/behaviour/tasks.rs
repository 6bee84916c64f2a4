//! Tasks with layers inside: workers, retries and scopes under one shutdown, as real services have them.

use crate::support::{Error, Runs, ms, pending, secs, sleep, stop_of};
use etiquette::{
    CancellationToken, ConcurrencyLimit, Drain, Every, First, Limits, Scope, Stopped, Tasks, cancellable,
    detach, retry, with_timeout,
};
use std::sync::{Arc, Mutex};
use tokio::time::Instant;

// RW15, RW31: cancel, then abort after a grace period, and say who it was.
#[tokio::test(start_paused = true)]
async fn a_service_drains() {
    #[cancellable]
    async fn intake(draining: CancellationToken) {
        pending().await
    }
    #[cancellable(Scope::current(), or_return = Ok(()))]
    async fn worker() -> Result<(), Error> {
        pending().await
    }
    let (tasks, start) = (Tasks::new(), Instant::now());
    let intake = tasks.spawn("intake", intake(tasks.draining()));
    let request = tasks.spawn("request", async {
        sleep(secs(3)).await;
        "answer"
    });
    let worker = tasks.spawn("worker", worker());
    let stuck = tasks.spawn("stuck", std::future::pending::<()>());
    let ended = |at: Arc<Mutex<Vec<(&'static str, u64)>>>, name, start: Instant| {
        at.lock().unwrap().push((name, start.elapsed().as_secs()));
    };
    let at = Arc::new(Mutex::default());
    let (drained, ..) = tokio::join!(
        tasks.shutdown(Drain::default()),
        async {
            intake.await.unwrap();
            ended(Arc::clone(&at), "intake", start);
        },
        async {
            assert_eq!(request.await.unwrap(), "answer");
            ended(Arc::clone(&at), "request", start);
        },
        async {
            worker.await.unwrap().unwrap();
            ended(Arc::clone(&at), "worker", start);
        },
        async {
            assert!(stuck.await.unwrap_err().is_aborted());
            ended(Arc::clone(&at), "stuck", start);
        }
    );
    assert_eq!(
        *at.lock().unwrap(),
        [("intake", 0), ("request", 3), ("worker", 20), ("stuck", 25)]
    );
    assert_eq!(drained.laggards().len(), 1);
    assert_eq!(drained.laggards()[0].name(), "stuck");
}

#[tokio::test(start_paused = true)]
async fn a_retry_in_a_task_stops_in_the_middle_of_its_pause() {
    #[cancellable(Scope::current())]
    #[retry(attempts = forever, constant(1h), jitter = none)]
    async fn connect() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    let (tasks, start) = (Tasks::new(), Instant::now());
    let handle = tasks.spawn("connect", async { stop_of(connect().await).to_string() });
    assert!(tasks.shutdown(Drain::within(secs(5))).await.is_clean());
    assert_eq!(start.elapsed(), secs(0));
    assert_eq!(handle.await.unwrap(), "connect was cancelled: shutting down");
}

// RW14: cancelled when its caller is dropped, unless it succeeds.
#[tokio::test(start_paused = true)]
#[allow(
    clippy::async_yields_async,
    reason = "the handle is for whoever provides the scope"
)]
async fn a_task_can_be_tied_to_its_caller() {
    async fn tied(tasks: &Tasks, runs: &'static Runs) -> Result<u32, Stopped> {
        let scope = Scope::current().child();
        let on_drop = scope.token().drop_guard();
        let handle = scope.provide(async {
            tasks.spawn("tied", async {
                let out = sleep(secs(10)).or_cancelled(&Scope::current()).await;
                runs.next();
                out.map(|()| 7)
            })
        });
        let out = handle.await.await.expect("it neither panics nor is aborted");
        on_drop.disarm();
        out
    }
    static RUNS: Runs = Runs::new();
    let (tasks, start) = (Tasks::new(), Instant::now());
    assert!(tied(&tasks, &RUNS).with_timeout(secs(1)).await.is_err());
    sleep(ms(1)).await;
    assert_eq!((RUNS.count(), tasks.len(), start.elapsed()), (1, 0, ms(1001)));
    assert_eq!(tied(&tasks, &RUNS).await, Ok(7));
}

// RW27: the slot before the spawn.
#[tokio::test(start_paused = true)]
async fn a_loop_that_spawns_stands_still_while_all_slots_are_taken() {
    let (tasks, limit) = (Tasks::new(), Arc::new(ConcurrencyLimit::new(3)));
    let start = Instant::now();
    for job in 0..9 {
        let work = async move { sleep(secs(1 + job % 2)).await };
        detach(
            tasks.spawn_limited(Arc::clone(&limit), "job", work).await,
            "counted below",
        );
        assert!(limit.in_use() <= 3 && tasks.len() <= 3);
    }
    assert!(tasks.shutdown(Drain::default()).await.is_clean());
    assert_eq!((limit.in_use(), start.elapsed()), (0, secs(5)));
}

// RW36 and the tick loops without a way out.
#[tokio::test(start_paused = true)]
async fn periodic_work_has_a_way_out_and_survives_its_errors() {
    #[with_timeout(500ms)]
    async fn report(runs: &Runs) -> Result<(), Error> {
        match runs.next() {
            2 => pending().await,
            _ => Ok(()),
        }
    }
    static RUNS: Runs = Runs::new();
    let tasks = Tasks::new();
    let every = Every::new(secs(1)).first(First::Now);
    let handle = tasks.every("report", every, || report(&RUNS));
    sleep(ms(3_100)).await;
    assert_eq!(RUNS.count(), 4);
    assert!(tasks.shutdown(Drain::default()).await.is_clean());
    handle.await.unwrap();
}

// RW29: the wrapper that nine teams have written, in one line.
#[tokio::test(start_paused = true)]
async fn a_wrapper_of_ones_own_keeps_the_place_of_its_caller() {
    #[track_caller]
    fn spawn(tasks: &Tasks, work: impl Future<Output = ()> + Send + 'static) {
        detach(tasks.spawn("background", work), "fire and forget");
    }
    let tasks = Tasks::new();
    spawn(&tasks, std::future::pending());
    let line = line!() - 1;
    let drained = tasks.shutdown(Drain::within(secs(0))).await;
    let at = drained.laggards()[0].spawned_at().unwrap();
    assert_eq!((at.file(), at.line()), (file!(), line));
}
