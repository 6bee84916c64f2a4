//! The form that each attribute stands for, written by hand with Tokio alone, beside the attribute: both are run
//! through the same cases, and must agree on the result, the number of runs, the time, and what is left.

#[path = "twins/breaker.rs"]
mod breaker;
#[path = "twins/cases.rs"]
mod cases;
#[path = "twins/hand.rs"]
mod hand;

use self::cases::{World, agree};
use crate::support::{Error, ms, sleep};
use etiquette::{cancellable, circuit_breaker, fallback, hedge, instrument_task, retry, with_timeout};
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::Instant;

#[cancellable(&world.token, name = "fetch")]
async fn cancelled(world: &World) -> Result<u32, Error> {
    world.run().await
}

#[cancellable(&world.token, grace = 15ms, name = "fetch")]
async fn cancelled_with_grace(world: &World) -> Result<u32, Error> {
    world.run().await
}

#[cancellable(future = world.token.cancelled(), name = "fetch")]
async fn cancelled_by_a_future(world: &World) -> Result<u32, Error> {
    world.run().await
}

#[with_timeout(50ms, name = "fetch")]
async fn limited(world: &World) -> Result<u32, Error> {
    world.run().await
}

#[with_timeout(until = Instant::now() + ms(50), name = "fetch")]
async fn until(world: &World) -> Result<u32, Error> {
    world.run().await
}

#[retry(attempts = 3, exponential(10ms, factor = 2, max = 15ms), jitter = none, budget = none)]
async fn retried(world: &World) -> Result<u32, Error> {
    world.run().await
}

#[retry(attempts = 3, constant(0s), budget = none)]
async fn retried_at_once(world: &World) -> Result<u32, Error> {
    world.run().await
}

#[instrument_task]
async fn instrumented(world: &World) -> Result<u32, Error> {
    world.run().await
}

#[hedge(after = 15ms, budget = none)]
async fn hedged(world: &World) -> Result<u32, Error> {
    world.run().await
}

#[fallback(with = |error| { sleep(ms(5)).await; if error == Error::Busy { Ok(7) } else { Err(error) } })]
#[cancellable(&world.token, name = "fetch")]
#[with_timeout(50ms, name = "fetch")]
async fn replaced(world: &World) -> Result<u32, Error> {
    world.run().await
}

#[cancellable(&world.token, name = "fetch")]
#[with_timeout(50ms, name = "fetch")]
async fn cancelled_then_limited(world: &World) -> Result<u32, Error> {
    world.run().await
}

#[with_timeout(50ms, name = "fetch")]
#[cancellable(&world.token, name = "fetch")]
async fn limited_then_cancelled(world: &World) -> Result<u32, Error> {
    world.run().await
}

#[with_timeout(60ms, total, name = "fetch")]
#[retry(attempts = 3, exponential(10ms, factor = 2, max = 15ms), jitter = none, budget = none)]
#[with_timeout(50ms, attempt, name = "fetch")]
async fn limited_twice(world: &World) -> Result<u32, Error> {
    world.run().await
}

#[instrument_task]
#[cancellable(&world.token, name = "fetch")]
#[with_timeout(60ms, total, name = "fetch")]
#[retry(attempts = 3, exponential(10ms, factor = 2, max = 15ms), jitter = none, budget = none)]
#[with_timeout(50ms, attempt, name = "fetch")]
async fn full(world: &World) -> Result<u32, Error> {
    world.run().await
}

#[tokio::test(start_paused = true)]
async fn cancellable_is_a_biased_select() {
    agree(cancelled, hand::cancelled).await;
    agree(cancelled_by_a_future, hand::cancelled).await;
}

#[tokio::test(start_paused = true)]
async fn grace_is_a_timeout_on_the_rest_of_the_body() {
    agree(cancelled_with_grace, hand::cancelled_with_grace).await;
}

#[tokio::test(start_paused = true)]
async fn with_timeout_is_tokios_timeout() {
    agree(limited, hand::limited).await;
    agree(until, hand::until).await;
}

#[tokio::test(start_paused = true)]
async fn retry_is_a_loop() {
    agree(retried, hand::retried).await;
    agree(retried_at_once, hand::retried_at_once).await;
}

#[tokio::test(start_paused = true)]
async fn instrument_task_is_the_body() {
    agree(instrumented, World::run).await;
}

/// Every case is a call of the same two breakers: one that is open for ever once it has opened, and one that is probed
/// by each further call.
#[tokio::test(start_paused = true)]
async fn circuit_breaker_is_a_window_of_results_and_a_few_probes() {
    const LONG: Duration = Duration::from_secs(365 * 86_400);
    const SHORT: Duration = Duration::from_nanos(1);
    use breaker::{Breaker, LEAST, PROBES, RATE, WINDOW, behind};

    #[circuit_breaker(
        window = WINDOW, min_calls = LEAST, failure_rate = RATE, probes = PROBES, open_for = LONG, name = "fetch"
    )]
    async fn once(world: &World) -> Result<u32, Error> {
        world.run().await
    }
    #[circuit_breaker(
        window = WINDOW, min_calls = LEAST, failure_rate = RATE, probes = PROBES, open_for = SHORT, max = SHORT,
        name = "fetch"
    )]
    async fn again(world: &World) -> Result<u32, Error> {
        world.run().await
    }
    let by_hand = Mutex::new(Breaker::new(LONG));
    // How long it is still open depends on when it was asked.
    let timeless = async |call: Result<u32, Error>| {
        call.map_err(|error| match error {
            Error::Stopped(stop) if stop.is_refusal() => Error::Later(Duration::MAX),
            error => error,
        })
    };
    agree(
        async |world: &World| timeless(once(world).await).await,
        async |world: &World| timeless(behind(&by_hand, world).await).await,
    )
    .await;
    let by_hand = Mutex::new(Breaker::new(SHORT));
    for _ in 0..5 {
        agree(again, async |world: &World| behind(&by_hand, world).await).await;
    }
}

#[tokio::test(start_paused = true)]
async fn hedge_is_a_select_between_two_runs() {
    agree(hedged, hand::hedged).await;
}

#[tokio::test(start_paused = true)]
async fn fallback_is_a_match() {
    agree(replaced, hand::replaced).await;
}

#[tokio::test(start_paused = true)]
async fn two_layers_are_one_form_in_the_other() {
    agree(cancelled_then_limited, hand::cancelled_then_limited).await;
    agree(limited_then_cancelled, hand::limited_then_cancelled).await;
    agree(limited_twice, hand::limited_twice).await;
}

#[tokio::test(start_paused = true)]
async fn the_full_stack_is_a_select_around_a_timeout_around_a_loop_of_timeouts() {
    agree(full, hand::full).await;
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "pending for 20 ms")]
async fn a_twin_that_differs_is_noticed() {
    async fn slower(world: &World) -> Result<u32, Error> {
        tokio::time::sleep(ms(1)).await;
        world.run().await
    }
    agree(World::run, async |world: &World| match world.steps().len() {
        0 => unreachable!("each case has a step"),
        _ if world.is_pending_once() => slower(world).await,
        _ => world.run().await,
    })
    .await;
}
