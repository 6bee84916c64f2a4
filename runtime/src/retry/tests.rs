use std::{future::Future, pin::pin, task::Context, task::Poll, task::Waker};

use tokio::time::{Instant, advance};

use super::{schedule::Jittered, *};
use crate::{Limit, TimeoutKind, timeout::Total};

const OP: &str = "app::test";
const MS: Duration = Duration::from_millis(1);

fn plan(attempts: u32) -> Plan<Constant> {
    Plan::new(OP, super::attempts(attempts), Constant::new(10 * MS))
}

fn retry<B: Budget>(attempts: u32, budget: B) -> Retry<Plan<Jittered<Constant>>, B> {
    Retry::new(plan(attempts).jitter(Jitter::None), budget)
}

const fn hint(wait: Duration) -> Verdict {
    Verdict::Retry {
        cause: Cause::Hint,
        hint: Some(wait),
    }
}

const FAILED: Verdict = Verdict::Retry {
    cause: Cause::Error,
    hint: None,
};

fn delay<P, B, C>(retry: &Retry<P, B, C>) -> Duration {
    retry.delay.into()
}

#[test]
fn counts_attempts_not_retries() {
    for (count, runs) in [(0, 1), (1, 1), (2, 2), (3, 3)] {
        let mut retry = retry(count, NoBudget);
        let mut run = 1;
        while retry.again(FAILED) {
            run += 1;
            assert_eq!(retry.number(), run);
        }
        assert!(retry.is_last());
        assert_eq!((run, retry.why()), (runs, "attempts"));
    }
    let mut forever = Retry::new(Plan::new(OP, Attempts::FOREVER, Constant::new(MS)), NoBudget);
    assert!((0..100_000).all(|_| forever.again(FAILED) && !forever.is_last()));
    assert_eq!(forever.attempt().of, None);
}

#[test]
fn any_integer_is_a_count() {
    assert_eq!(attempts(3_u8), Attempts::new(3));
    assert_eq!(attempts(-3_i64), Attempts::new(1));
    assert_eq!(attempts(0_usize).of(), Some(1));
    assert_eq!(attempts(u64::MAX).of(), Some(u32::MAX));
    assert_eq!(attempts(i128::MIN).of(), Some(1));
}

#[test]
fn success_and_permanent_errors_end_it() {
    let mut first = retry(3, NoBudget);
    assert!(!first.again(Verdict::Permanent));
    assert_eq!(first.why(), "permanent");
    let mut second = retry(3, NoBudget);
    assert!(second.again(FAILED));
    assert!(!second.again(Verdict::Done));
    assert_eq!((second.why(), second.number()), ("", 2));
}

#[test]
fn a_hint_is_waited_in_full_and_without_jitter() {
    let mut retry = Retry::new(plan(9).jitter(Jitter::Full), NoBudget);
    assert!(retry.again(hint(7 * MS)));
    assert_eq!(delay(&retry), 7 * MS);
    // More than the schedule would ever wait, up to a minute.
    assert!(retry.again(hint(Duration::from_secs(60))));
    assert_eq!(delay(&retry), Duration::from_secs(60));
    assert!(!retry.again(hint(Duration::from_secs(61))));
    assert_eq!(retry.why(), "hint");
}

#[test]
fn the_longest_hint_can_be_set() {
    assert!(!Retry::new(plan(9).max_hint(5 * MS), NoBudget).again(hint(6 * MS)));
    let patient = plan(9).max_hint(None);
    assert!(Retry::new(patient, NoBudget).again(hint(Duration::from_secs(86_400))));
}

#[tokio::test(start_paused = true)]
async fn no_attempt_starts_after_max_elapsed() {
    let mut retry = retry(9, NoBudget).max_elapsed(25 * MS);
    assert!(retry.again(FAILED));
    advance(10 * MS).await;
    assert!(retry.again(hint(15 * MS)), "to the millisecond is not after");
    assert!(!retry.again(hint(16 * MS)));
    assert_eq!(retry.why(), "hint");
    advance(6 * MS).await;
    assert!(!retry.again(FAILED), "10 ms more would be 26");
    assert_eq!(retry.why(), "elapsed");
}

#[tokio::test(start_paused = true)]
async fn a_limit_of_zero_allows_no_retry_and_none_no_clock() {
    let at_once = hint(Duration::ZERO);
    assert!(!retry(9, NoBudget).max_elapsed(Duration::ZERO).again(at_once));
    assert!(retry(9, NoBudget).max_elapsed(MS).again(at_once));
    assert!(retry(9, NoBudget).max_elapsed(None).clock.started.is_none());
    assert!(
        retry(9, NoBudget)
            .max_elapsed(Duration::MAX)
            .clock
            .started
            .is_none()
    );
    assert!(retry(9, NoBudget).timed().clock.started.is_some());
}

#[tokio::test(start_paused = true)]
async fn questions_are_asked_in_order() {
    static EMPTY: RetryBudget = RetryBudget::new().capacity(0);
    let hopeless = |attempts| {
        let plan = plan(attempts).max_hint(Duration::ZERO);
        Retry::new(plan, Shared(&EMPTY)).max_elapsed(Duration::ZERO)
    };
    let why = |mut retry: Retry<Plan<Constant>, _, Timed>, verdict| {
        assert!(!retry.again(verdict));
        retry.why()
    };
    assert_eq!(why(hopeless(1), Verdict::Permanent), "permanent");
    assert_eq!(why(hopeless(1), hint(MS)), "attempts");
    assert_eq!(why(hopeless(2), hint(MS)), "hint");
    assert_eq!(why(hopeless(2), FAILED), "elapsed");
    assert_eq!(why(Retry::new(plan(2), Shared(&EMPTY)).timed(), FAILED), "budget");
}

#[tokio::test(start_paused = true)]
async fn the_budget_is_paid_refunded_and_credited() {
    let budget = RetryBudget::new().refill_per_second(0);
    let call = || retry(9, Shared(&budget));
    let timeout = Verdict::Retry {
        cause: Cause::TimedOut,
        hint: None,
    };

    let mut saved = call();
    assert!(saved.again(FAILED));
    assert!(saved.again(timeout));
    assert_eq!(budget.tokens(), 485);
    assert!(!saved.again(Verdict::Done));
    assert_eq!(budget.tokens(), 495, "the retry that succeeded was free");

    assert!(!call().again(Verdict::Done));
    assert_eq!(budget.tokens(), 496, "a success at first try adds one");

    let mut lost = call();
    assert!(lost.again(FAILED));
    assert!(!lost.again(Verdict::Permanent));
    assert_eq!(budget.tokens(), 491, "a retry that failed was not");
}

#[test]
fn a_budget_that_was_not_needed_is_not_asked() {
    let budget = RetryBudget::new().refill_per_second(0);
    let mut retry = retry(1, Shared(&budget));
    assert!(!retry.again(FAILED));
    assert_eq!(budget.tokens(), 500);
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_is_dropped_gives_the_budget_back() {
    let budget = RetryBudget::new().refill_per_second(0);
    let mut call = retry(9, Shared(&budget));
    assert!(call.again(FAILED));
    {
        let mut dropped = pin!(pause(call.delay()));
        let cx = &mut Context::from_waker(Waker::noop());
        assert!(dropped.as_mut().poll(cx).is_pending());
    }
    assert_eq!(budget.tokens(), 500);

    // Once it is over the retry goes out, and has to be paid for.
    assert!(call.again(FAILED));
    pause(call.delay()).await;
    assert_eq!(budget.tokens(), 495);
}

#[tokio::test(start_paused = true)]
async fn a_pause_lasts_as_long_as_it_says() {
    let start = Instant::now();
    let mut call = retry(9, NoBudget);
    assert!(call.again(FAILED));
    pause(call.delay()).await;
    assert_eq!(start.elapsed(), 10 * MS);
}

#[test]
fn a_pause_of_nothing_touches_no_timer() {
    // No runtime: a timer would panic.
    let mut call = Retry::new(
        Plan::new(OP, attempts(2), Constant::new(Duration::ZERO)),
        NoBudget,
    );
    assert!(call.again(FAILED));
    let pause = pin!(pause(call.delay()));
    assert!(pause.poll(&mut Context::from_waker(Waker::noop())).is_ready());
}

#[tokio::test]
async fn pauses_of_nothing_let_others_run() {
    let mut retry = Retry::new(
        Plan::new(OP, Attempts::FOREVER, Constant::new(Duration::ZERO)),
        NoBudget,
    );
    let runs = std::cell::Cell::new(0_u32);
    let mut spinning = pin!(async {
        loop {
            runs.set(runs.get() + 1);
            assert!(retry.again(FAILED));
            pause(retry.delay()).await;
        }
    });
    let polled = std::future::poll_fn(|cx| Poll::Ready(spinning.as_mut().poll(cx)));
    let polled: Poll<()> = polled.await;
    assert!(polled.is_pending());
    assert!((2..1_000).contains(&runs.get()), "{runs:?}");
}

#[tokio::test(start_paused = true)]
async fn the_observer_sees_the_attempt_that_failed() {
    let mut retry = retry(3, NoBudget).timed();
    advance(3 * MS).await;
    assert!(retry.again(FAILED));
    let mut seen = None;
    observe(
        |event: &Retrying<'_, str>| seen = Some(format!("{event:?}")),
        &retry.event(Some("no")),
    );
    assert_eq!(
        seen.as_deref(),
        Some(
            r#"Retrying { operation: "app::test", attempt: 1, of: Some(3), delay: 10ms, elapsed: 3ms, error: "no" }"#
        )
    );
    observe(
        |_: &Retrying<'_, str>| -> u8 { unreachable!("nothing to see") },
        &retry.event(None),
    );
}

#[test]
fn the_defaults_of_each_schedule() {
    let max = Duration::MAX;
    assert_eq!(plan(1).jitter(Jitter::None).schedule.jitter(), Jitter::None);
    assert_eq!(Exponential::new(MS, 2, max).jitter(), Jitter::Full);
    assert_eq!(Constant::new(MS).jitter(), Jitter::Proportional(0.2));
    assert_eq!(Delays::new([MS]).jitter(), Jitter::None);
}

#[test]
fn what_every_call_has_in_common_takes_no_place_in_it() {
    static BUDGET: RetryBudget = RetryBudget::new();
    // The attempts that a test allows are asked for once, and kept: where tests are built alone.
    let cap = if cfg!(feature = "test-util") { 8 } else { 0 };
    assert_eq!(size_of_val(&Retry::new(|| plan(3), Own(|| &BUDGET))), 16 + cap);
    let own = size_of_val(&Retry::new(plan(3), Shared(&BUDGET)));
    assert!(own <= 64 + cap, "{own}");
}

#[test]
fn a_plan_that_is_made_when_asked_for_is_the_same() {
    let (mut made, mut kept) = (Retry::new(|| plan(2), NoBudget), Retry::new(plan(2), NoBudget));
    assert_eq!((made.is_last(), made.attempt()), (kept.is_last(), kept.attempt()));
    assert_eq!((made.again(FAILED), made.again(FAILED)), (true, false));
    assert_eq!((kept.again(FAILED), kept.again(FAILED)), (true, false));
    assert_eq!((made.why(), made.number()), (kept.why(), kept.number()));
}

#[tokio::test(start_paused = true)]
async fn a_success_is_settled_as_one_that_was_judged() {
    let budget = RetryBudget::new().refill_per_second(0);
    let call = || retry(9, Shared(&budget));
    let fine = || Ok::<_, &str>("fine");

    let mut saved = call();
    assert!(saved.again(Verdict::Retry {
        cause: Cause::TimedOut,
        hint: None,
    }));
    assert_eq!(
        crate::__settle!(saved, Err::<(), _>("no")).unwrap_err(),
        Err("no")
    );
    assert_eq!(budget.tokens(), 490, "a failure is for others to judge");
    assert_eq!(crate::__settle!(saved, fine()).unwrap().into_return(), fine());
    assert_eq!(budget.tokens(), 500, "the retry that succeeded was free");

    let mut lost = call();
    assert!(lost.again(FAILED));
    assert!(!lost.again(Verdict::Permanent));
    let mut first = call();
    assert!(crate::__settle!(first, fine(), Ended::Body).is_ok());
    assert_eq!(budget.tokens(), 496, "a success at first try adds one");

    let mut stopped = call();
    let replaced = crate::__settle!(stopped, fine(), Ended::TimedOut).unwrap_err();
    assert_eq!(replaced, fine(), "what stands for a stop is no success yet");
    assert_eq!(
        crate::__settle!(stopped, 7).unwrap_err(),
        7,
        "nor is what is no `Result`"
    );
    assert_eq!(budget.tokens(), 496);
}

#[tokio::test(start_paused = true)]
async fn a_pause_on_the_timer_of_the_call() {
    let budget = RetryBudget::new().refill_per_second(0);
    let start = Instant::now();
    let mut total = pin!(Total::new(Limit::from(25 * MS)));
    let mut call = retry(9, Shared(&budget));
    for past in [10, 20] {
        assert!(call.again(FAILED));
        assert!(pause_within(total.as_mut(), call.delay()).await.is_ok());
        assert_eq!(start.elapsed(), past * MS);
    }
    assert_eq!(budget.tokens(), 490);
    assert!(call.again(FAILED));
    let cut = pause_within(total.as_mut(), call.delay()).await.unwrap_err();
    assert_eq!(start.elapsed(), 25 * MS);
    assert_eq!(budget.tokens(), 490, "a retry that never goes out costs nothing");
    assert_eq!(cut.attempts(), 3, "the fourth never began");
    let stop = cut.of(OP);
    assert_eq!(
        (stop.kind, stop.attempts, stop.limit),
        (TimeoutKind::Total, 3, Some(25 * MS))
    );

    // Nothing to wait for: others get their turn, and the total is not looked at.
    let mut call = Retry::new(
        Plan::new(OP, attempts(2), Constant::new(Duration::ZERO)),
        NoBudget,
    );
    assert!(call.again(FAILED));
    assert!(pause_within(total.as_mut(), call.delay()).await.is_ok());
}
