//! `#[hedge]`: when further runs begin, which run wins, and what becomes of the others.

use crate::support::{Counted, Error, Runs, ms, pending, sleep, timed};
use etiquette::{Class, Classify, Stopped, hedge};
use std::cell::{Cell, RefCell};
use std::time::Duration;
use tokio::time::Instant;

/// What each run does: how long it waits, and how it ends.
type Script = &'static [(u64, Result<u32, Error>)];

/// When each run began, and how many are there.
struct World {
    script: Script,
    start: Instant,
    began: RefCell<Vec<u128>>,
    alive: Counted,
}

impl World {
    fn new(script: Script) -> Self {
        Self {
            script,
            start: Instant::now(),
            began: RefCell::default(),
            alive: Counted::default(),
        }
    }

    async fn run(&self) -> Result<u32, Error> {
        let _alive = self.alive.clone();
        let number = self.began.borrow().len();
        self.began.borrow_mut().push(self.start.elapsed().as_millis());
        let (wait, ref out) = self.script[number];
        if wait > 0 {
            sleep(ms(wait)).await;
        }
        match out {
            Ok(value) => Ok(*value),
            Err(Error::Bad) => Err(Error::Bad),
            Err(_) => Err(Error::Busy),
        }
    }
}

#[hedge(after = 50ms, budget = none)]
async fn two(world: &World) -> Result<u32, Error> {
    world.run().await
}

#[hedge(after = 50ms, attempts = 3, budget = none)]
async fn three(world: &World) -> Result<u32, Error> {
    world.run().await
}

/// The value, when it came, and when each run began; nothing is left of the runs.
async fn of<'a, F>(call: impl FnOnce(&'a World) -> F, world: &'a World) -> (F::Output, u128, Vec<u128>)
where
    F: Future + 'a,
{
    let (out, took) = timed(call(world)).await;
    assert_eq!(world.alive.others(), 0, "the others are dropped");
    (out, took.as_millis(), world.began.take())
}

macro_rules! of {
    ($call:ident, $script:expr) => {
        of($call, &World::new(const { &$script })).await
    };
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_fast_stays_alone() {
    assert_eq!(of!(two, [(0, Ok(1))]), (Ok(1), 0, vec![0]));
    assert_eq!(of!(two, [(49, Ok(1))]), (Ok(1), 49, vec![0]));
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_slow_gets_company_and_the_first_success_wins() {
    assert_eq!(of!(two, [(500, Ok(1)), (20, Ok(2))]), (Ok(2), 70, vec![0, 50]));
    assert_eq!(of!(two, [(60, Ok(1)), (20, Ok(2))]), (Ok(1), 60, vec![0, 50]));
}

#[tokio::test(start_paused = true)]
async fn a_run_that_fails_is_followed_at_once() {
    assert_eq!(
        of!(two, [(10, Err(Error::Busy)), (20, Ok(2))]),
        (Ok(2), 30, vec![0, 10])
    );
    assert_eq!(
        of!(two, [(0, Err(Error::Bad)), (0, Ok(2))]),
        (Ok(2), 0, vec![0, 0])
    );
    // The failure of the hedge leaves the first its time.
    assert_eq!(
        of!(two, [(90, Ok(1)), (10, Err(Error::Bad))]),
        (Ok(1), 90, vec![0, 50])
    );
}

#[tokio::test(start_paused = true)]
async fn if_all_fail_the_first_error_is_returned() {
    let late_and_early = of!(two, [(80, Err(Error::Bad)), (10, Err(Error::Busy))]);
    assert_eq!(
        late_and_early,
        (Err(Error::Busy), 80, vec![0, 50]),
        "the first to fail"
    );
    let at_once = of!(
        three,
        [(0, Err(Error::Bad)), (0, Err(Error::Busy)), (5, Err(Error::Busy))]
    );
    assert_eq!(at_once, (Err(Error::Bad), 5, vec![0, 0, 0]));
}

#[tokio::test(start_paused = true)]
async fn attempts_counts_every_run() {
    const LONG: u64 = 10_000;
    let out = of!(three, [(LONG, Ok(1)), (LONG, Ok(2)), (5, Ok(3))]);
    assert_eq!(out, (Ok(3), 105, vec![0, 50, 100]));
    // All run by now: there is no fourth.
    let out = of!(three, [(300, Ok(1)), (LONG, Ok(2)), (LONG, Ok(3))]);
    assert_eq!(out, (Ok(1), 300, vec![0, 50, 100]));
}

#[tokio::test(start_paused = true)]
async fn options_are_expressions_that_see_the_arguments() {
    struct Client {
        slow: Duration,
    }
    impl Client {
        #[hedge(after = self.slow, attempts = runs, budget = none)]
        async fn read(&self, runs: u32, world: &World) -> Result<u32, Error> {
            world.run().await
        }
    }
    #[hedge(after = after, budget = none)]
    async fn maybe(after: Option<Duration>, world: &World) -> Result<u32, Error> {
        world.run().await
    }
    #[hedge(after = "1m 30s", budget = none)]
    async fn patient(world: &World) -> Result<u32, Error> {
        world.run().await
    }
    const SCRIPT: Script = &[(100, Ok(1)), (100, Ok(2)), (5, Ok(3))];
    let (client, world) = (Client { slow: ms(10) }, World::new(SCRIPT));
    let out = of(|world| client.read(3, world), &world).await;
    assert_eq!(out, (Ok(3), 25, vec![0, 10, 20]));
    // 0 at run time counts as 1.
    for runs in [0, 1] {
        let world = World::new(SCRIPT);
        let out = of(|world| client.read(runs, world), &world).await;
        assert_eq!(out, (Ok(1), 100, vec![0]));
    }
    // `None` is never: only a failure is followed.
    let out = of(|world| maybe(None, world), &World::new(SCRIPT)).await;
    assert_eq!(out, (Ok(1), 100, vec![0]));
    let failing: Script = &[(10, Err(Error::Busy)), (5, Ok(2))];
    let out = of(|world| maybe(None, world), &World::new(failing)).await;
    assert_eq!(out, (Ok(2), 15, vec![0, 10]));
    let out = of!(patient, [(100_000, Ok(1)), (5, Ok(2))]);
    assert_eq!(out, (Ok(2), 90_005, vec![0, 90_000]));
}

#[tokio::test(start_paused = true)]
async fn after_zero_starts_all_at_the_first_wait() {
    #[hedge(after = 0s, attempts = 3, budget = none)]
    async fn all(world: &World) -> Result<u32, Error> {
        world.run().await
    }
    let out = of!(all, [(30, Ok(1)), (20, Ok(2)), (10, Ok(3))]);
    assert_eq!(out, (Ok(3), 10, vec![0, 0, 0]));
    assert_eq!(
        of!(all, [(0, Ok(1))]),
        (Ok(1), 0, vec![0]),
        "none, where there is no wait"
    );
}

#[tokio::test(start_paused = true)]
async fn without_an_error_the_first_value_wins() {
    #[hedge(after = 50ms, budget = none)]
    async fn number(runs: &Runs) -> u32 {
        let run = runs.next();
        sleep(ms(if run == 1 { 200 } else { 20 })).await;
        run
    }
    #[hedge(after = 50ms, budget = none)]
    async fn nothing(runs: &Runs) {
        sleep(ms(if runs.next() == 1 { 200 } else { 20 })).await;
    }
    #[hedge(after = 50ms, budget = none)]
    async fn maybe(runs: &Runs) -> Option<u32> {
        runs.next();
        None
    }
    assert_eq!(timed(number(&Runs::new())).await, (2, ms(70)));
    assert_eq!(timed(nothing(&Runs::new())).await, ((), ms(70)));
    let runs = Runs::new();
    assert_eq!((maybe(&runs).await, runs.count()), (None, 1), "`None` is a value");
}

#[tokio::test(start_paused = true)]
async fn an_error_of_class_cancelled_is_not_followed() {
    #[derive(Debug, PartialEq)]
    struct Gone;
    impl Classify for Gone {
        fn class(&self) -> Class {
            Class::Cancelled
        }
    }
    #[hedge(after = 50ms)]
    async fn call(runs: &Runs) -> Result<(), Gone> {
        runs.next();
        Err(Gone)
    }
    let runs = Runs::new();
    assert_eq!((call(&runs).await, runs.count()), (Err(Gone), 1));
}

#[tokio::test(start_paused = true)]
async fn dropped_at_any_time_it_leaves_no_run() {
    for at in 0..130 {
        let world = World::new(&[(1_000, Ok(1)), (1_000, Ok(2)), (1_000, Ok(3))]);
        assert!(tokio::time::timeout(ms(at), three(&world)).await.is_err());
        assert_eq!(world.alive.others(), 0, "dropped at {at} ms");
        assert_eq!(
            u64::try_from(world.began.borrow().len()).unwrap(),
            1 + at / 50,
            "dropped at {at} ms"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_panic_in_one_run_goes_on_in_the_caller_and_drops_the_others() {
    #[hedge(after = 50ms)]
    async fn call(held: &Counted, runs: &Runs) -> Result<u32, Stopped> {
        let _held = held.clone();
        match runs.next() {
            1 => pending().await,
            _ => panic!("the second run"),
        }
    }
    let held = Counted::default();
    let theirs = held.clone();
    let call = tokio::spawn(async move { call(&theirs, &Runs::new()).await });
    let panic = call.await.unwrap_err().into_panic();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"the second run"));
    assert_eq!(held.others(), 0);
}

/// The runs are in the caller's task: they may share what is neither `Send` nor `'static`.
#[tokio::test(start_paused = true)]
async fn the_runs_borrow_what_the_caller_has() {
    #[hedge(after = 50ms)]
    async fn call(count: &Cell<u32>, text: &str) -> Result<String, Error> {
        let run = count.get() + 1;
        count.set(run);
        sleep(ms(if run == 1 { 200 } else { 20 })).await;
        Ok(format!("{text} {run}"))
    }
    let (count, text) = (Cell::new(0), String::from("run"));
    assert_eq!(call(&count, &text).await, Ok("run 2".to_owned()));
    assert_eq!(count.get(), 2);
}

// A guard that an option takes on the way to its value is gone before the first run begins.
#[tokio::test(start_paused = true)]
async fn a_lock_taken_for_the_delay_is_not_held_through_the_runs() {
    struct Config(std::sync::Mutex<std::time::Duration>);

    impl Config {
        #[hedge(after = *self.0.lock().unwrap())]
        async fn call(&self) -> Result<u32, Error> {
            assert!(self.0.try_lock().is_ok());
            Ok(7)
        }
    }

    fn send<T: Send>(future: T) -> T {
        future
    }

    let config = Config(std::sync::Mutex::new(std::time::Duration::from_millis(30)));
    assert_eq!(send(config.call()).await, Ok(7));
}
