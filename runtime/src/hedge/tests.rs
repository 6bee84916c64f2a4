//! Further runs: when they begin, which one wins, and what they cost.

use std::{
    cell::{Cell, RefCell},
    pin::pin,
    rc::Rc,
    task::Waker,
    time::Duration,
};

use tokio::time::{Instant, advance, sleep};

use super::*;
use crate::{
    limit::limit,
    retry::{NoBudget, RetryBudget, Shared},
};

const MS: Duration = Duration::from_millis(1);
const OP: &str = "test";

type Out = Result<u32, &'static str>;

/// What each run does: waits for so long, then ends so.
type Script = &'static [(u32, Out)];

/// Counts the runs that exist, and notes when each began.
#[derive(Default)]
struct Runs {
    start: Option<Instant>,
    began: RefCell<Vec<Duration>>,
    alive: Cell<usize>,
}

struct Alive<'a>(&'a Cell<usize>);

impl Drop for Alive<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

impl Runs {
    fn new() -> Self {
        Self {
            start: Some(Instant::now()),
            ..Self::default()
        }
    }

    async fn run(&self, script: Script) -> Ran<Out> {
        self.alive.set(self.alive.get() + 1);
        let _alive = Alive(&self.alive);
        let number = self.began.borrow().len();
        self.began
            .borrow_mut()
            .push(self.start.map_or(Duration::ZERO, |at| at.elapsed()));
        let (wait, out) = script[number];
        if wait > 0 {
            sleep(MS * wait).await;
        }
        let means = means(Ended::Body, out.is_err(), || None, || false);
        Ran::new(means, Ended::Body, out)
    }

    fn began(&self) -> Vec<u128> {
        self.began.borrow().iter().map(Duration::as_millis).collect()
    }
}

/// The value, when it came, and when each run began.
async fn hedged(after: u32, attempts: u32, budget: &RetryBudget, script: Script) -> (Out, u128, Vec<u128>) {
    let runs = Runs::new();
    let start = Instant::now();
    let mut call = pin!(hedge(OP, limit(MS * after), attempts, Shared(budget), || runs
        .run(script)));
    let (ended, out) = call.as_mut().await;
    assert_eq!(ended, Ended::Body);
    assert_eq!(
        runs.alive.get(),
        0,
        "the others are dropped before the value is out"
    );
    (out, start.elapsed().as_millis(), runs.began())
}

fn budget() -> RetryBudget {
    RetryBudget::new().capacity(100).refill_per_second(0)
}

#[tokio::test(start_paused = true)]
async fn a_fast_run_stays_alone() {
    let budget = budget();
    assert!(Shared(&budget).take(50, OP));
    assert_eq!(hedged(50, 2, &budget, &[(0, Ok(1))]).await, (Ok(1), 0, vec![0]));
    assert_eq!(budget.tokens(), 51, "a success at first try");
    assert_eq!(hedged(50, 2, &budget, &[(49, Ok(1))]).await, (Ok(1), 49, vec![0]));
    assert_eq!(budget.tokens(), 52);
}

#[tokio::test(start_paused = true)]
async fn a_slow_run_gets_company_and_the_first_success_wins() {
    let budget = budget();
    let out = hedged(50, 2, &budget, &[(500, Ok(1)), (20, Ok(2))]).await;
    assert_eq!(out, (Ok(2), 70, vec![0, 50]));
    assert_eq!(budget.tokens(), 100, "it paid off");
    let out = hedged(50, 2, &budget, &[(60, Ok(1)), (20, Ok(2))]).await;
    assert_eq!(out, (Ok(1), 60, vec![0, 50]));
    assert_eq!(budget.tokens(), 95, "it did not");
}

#[tokio::test(start_paused = true)]
async fn a_run_that_fails_is_followed_at_once() {
    let budget = budget();
    let out = hedged(50, 2, &budget, &[(10, Err("a")), (20, Ok(2))]).await;
    assert_eq!(out, (Ok(2), 30, vec![0, 10]));
    // Without ever waiting, too.
    let out = hedged(50, 3, &budget, &[(0, Err("a")), (0, Err("b")), (0, Ok(3))]).await;
    assert_eq!(out, (Ok(3), 0, vec![0, 0, 0]));
    // The failure of a hedge leaves the first its time.
    let out = hedged(50, 2, &budget, &[(90, Ok(1)), (10, Err("b"))]).await;
    assert_eq!(out, (Ok(1), 90, vec![0, 50]));
}

#[tokio::test(start_paused = true)]
async fn if_all_fail_the_first_error_is_the_answer() {
    let budget = budget();
    let out = hedged(50, 2, &budget, &[(60, Err("a")), (5, Err("b"))]).await;
    assert_eq!(out, (Err("b"), 60, vec![0, 50]), "the one that came first");
    let out = hedged(50, 2, &budget, &[(0, Err("a")), (0, Err("b"))]).await;
    assert_eq!(out, (Err("a"), 0, vec![0, 0]));
    assert_eq!(budget.tokens(), 90);
}

#[tokio::test(start_paused = true)]
async fn more_than_two_start_one_by_one() {
    let budget = budget();
    const NEVER: u32 = 10_000;
    let out = hedged(
        50,
        5,
        &budget,
        &[
            (NEVER, Ok(1)),
            (NEVER, Ok(2)),
            (NEVER, Ok(3)),
            (70, Ok(4)),
            (NEVER, Ok(5)),
        ],
    )
    .await;
    assert_eq!(out, (Ok(4), 220, vec![0, 50, 100, 150, 200]));
    // A failure of the third makes room for the fourth; a place that is free is used.
    let out = hedged(
        50,
        5,
        &budget,
        &[
            (NEVER, Ok(1)),
            (60, Err("b")),
            (15, Err("c")),
            (NEVER, Ok(4)),
            (5, Ok(5)),
        ],
    )
    .await;
    // The second fails at 110, the third began at 100 and fails at 115.
    assert_eq!(out, (Ok(5), 120, vec![0, 50, 100, 110, 115]));
}

#[tokio::test(start_paused = true)]
async fn of_two_that_are_ready_together_the_earlier_wins() {
    let budget = budget();
    // The first fails at 60, and the third takes its place; it is ready at 100, as the second is.
    let out = hedged(50, 3, &budget, &[(60, Err("a")), (50, Ok(2)), (40, Ok(3))]).await;
    assert_eq!(out, (Ok(2), 100, vec![0, 50, 60]));
}

#[tokio::test(start_paused = true)]
async fn zero_starts_all_at_the_first_wait_and_none_never() {
    let budget = budget();
    let out = hedged(0, 3, &budget, &[(30, Ok(1)), (20, Ok(2)), (10, Ok(3))]).await;
    assert_eq!(out, (Ok(3), 10, vec![0, 0, 0]));
    let runs = Runs::new();
    let start = Instant::now();
    let call = hedge(OP, limit(None::<Duration>), 2, NoBudget, || {
        runs.run(&[(5_000, Ok(1))])
    });
    assert_eq!(call.await.1, Ok(1));
    assert_eq!(start.elapsed(), 5_000 * MS);
}

#[tokio::test(start_paused = true)]
async fn one_attempt_is_no_hedge() {
    for attempts in [0, 1] {
        let out = hedged(50, attempts, &budget(), &[(200, Err("a"))]).await;
        assert_eq!(out, (Err("a"), 200, vec![0]));
    }
}

#[tokio::test(start_paused = true)]
async fn an_empty_budget_pays_for_none() {
    let budget = RetryBudget::new().capacity(4).refill_per_second(0);
    let out = hedged(50, 2, &budget, &[(200, Ok(1))]).await;
    assert_eq!(out, (Ok(1), 200, vec![0]));
    let out = hedged(50, 2, &budget, &[(20, Err("a"))]).await;
    assert_eq!(out, (Err("a"), 20, vec![0]));
}

#[tokio::test(start_paused = true)]
async fn some_ends_ask_for_no_more() {
    let ended = |ended| means(ended, true, || None, || false);
    assert_eq!(ended(Ended::TimedOut), Means::Failed);
    assert_eq!(ended(Ended::Refused), Means::NoMore);
    assert_eq!(ended(Ended::Cancelled), Means::NoMore);
    let class = |class| means(Ended::Body, true, || class, || false);
    assert_eq!(class(Some(crate::Class::Cancelled)), Means::NoMore);
    assert_eq!(class(Some(crate::Class::Permanent)), Means::Failed);
    // Who was refused is not followed, but the one that runs beside it is waited for.
    let runs = Cell::new(0);
    let start = Instant::now();
    let (ended, out) = hedge(OP, limit(50 * MS), 3, NoBudget, || async {
        runs.set(runs.get() + 1);
        if runs.get() == 2 {
            return Ran::new(Means::NoMore, Ended::Refused, Err("refused"));
        }
        sleep(200 * MS).await;
        Ran::new(Means::Won, Ended::Body, Ok(1))
    })
    .await;
    assert_eq!((ended, out, runs.get()), (Ended::Body, Ok(1), 2));
    assert_eq!(start.elapsed(), 200 * MS);
    let call = hedge(OP, limit(50 * MS), 3, NoBudget, || async {
        Ran::new(Means::NoMore, Ended::Refused, Err::<u32, _>("refused"))
    });
    assert_eq!(call.await, (Ended::Refused, Err("refused")));
}

#[tokio::test(start_paused = true)]
async fn dropped_at_any_time_it_leaves_no_run() {
    let budget = budget();
    for after in [0, 10, 50, 70, 110] {
        let runs = Runs::new();
        let script: Script = &[(1_000, Ok(1)), (1_000, Ok(2)), (1_000, Ok(3))];
        {
            let call = hedge(OP, limit(50 * MS), 3, Shared(&budget), || runs.run(script));
            let mut call = pin!(tokio::time::timeout(MS * after, call));
            assert!(call.as_mut().await.is_err());
        }
        assert_eq!(runs.alive.get(), 0);
        assert_eq!(runs.began().len(), 1 + after as usize / 50);
    }
    // What ran was paid for: 1 + 1 + 2.
    assert_eq!(budget.tokens(), 80);
}

#[tokio::test(start_paused = true)]
async fn a_panic_in_one_run_drops_the_others() {
    let runs = Rc::new(Runs::new());
    let number = Cell::new(0);
    let mut call = Box::pin(hedge(OP, limit(50 * MS), 2, NoBudget, || async {
        number.set(number.get() + 1);
        if number.get() == 2 {
            panic!("second");
        }
        runs.run(&[(1_000, Ok(1))]).await
    }));
    let mut cx = Context::from_waker(Waker::noop());
    assert!(call.as_mut().poll(&mut cx).is_pending());
    assert_eq!(runs.alive.get(), 1);
    advance(50 * MS).await;
    let poll = std::panic::AssertUnwindSafe(|| call.as_mut().poll(&mut cx).is_ready());
    assert!(std::panic::catch_unwind(poll).is_err());
    drop(call);
    assert_eq!(runs.alive.get(), 0);
}

/// In real time: it is the coop budget that is tested.
#[tokio::test]
async fn a_run_that_eats_the_coop_budget_gets_company_all_the_same() {
    let number = Cell::new(0);
    let (_, out) = hedge(OP, limit(5 * MS), 2, NoBudget, || async {
        number.set(number.get() + 1);
        if number.get() == 2 {
            return Ran::new(Means::Won, Ended::Body, 2);
        }
        loop {
            tokio::task::coop::consume_budget().await;
        }
    })
    .await;
    assert_eq!(out, 2);
}
