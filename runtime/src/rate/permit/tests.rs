//! Who waits for a turn, and who leaves.

use std::{
    future::Future,
    pin::{Pin, pin},
    sync::Mutex,
    task::{Context, Poll, Waker},
};

use tokio::{
    task::JoinSet,
    time::{Instant, advance, sleep, timeout},
};

use super::*;
use crate::Stopped;

const MS: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);

fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// As the attribute asks.
async fn permit<C: Clock>(limit: &RateLimit<C>, wait: Wait) -> Result<(), TooFast> {
    match start(limit) {
        Ok(()) => Ok(()),
        Err(turn_in) => wait_turn(limit, wait, turn_in).await,
    }
}

fn stopped(out: Result<(), TooFast>) -> Stopped {
    out.expect_err("it is too fast").of("app::fetch").into()
}

#[tokio::test(start_paused = true)]
async fn no_wait_is_refused_at_once() {
    let limit = RateLimit::new(10, SECOND).burst(1);
    assert!(permit(&limit, Wait::none()).await.is_ok());
    let Poll::Ready(out) = poll_once(pin!(permit(&limit, Wait::none()))) else {
        panic!("it waits")
    };
    let stop = stopped(out);
    assert_eq!(stop.retry_after(), Some(100 * MS));
    assert_eq!(
        stop.to_string(),
        "fetch was refused: rate limit reached, retry after 100ms"
    );
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_would_not_fit_is_not_begun() {
    let limit = RateLimit::new(10, SECOND).burst(1);
    let start = Instant::now();
    let wait = Wait::at_most(250 * MS);
    let (a, b, c, d, ()) = tokio::join!(
        permit(&limit, wait),
        permit(&limit, wait),
        permit(&limit, wait),
        permit(&limit, wait),
        async {
            // There is no fourth turn within 250 ms, so the fourth is not in line.
            assert_eq!(limit.waiting(), 2);
            assert_eq!(limit.try_acquire(), Err(300 * MS));
        }
    );
    assert_eq!([a.is_ok(), b.is_ok(), c.is_ok()], [true; 3]);
    assert_eq!(stopped(d).retry_after(), Some(300 * MS));
    assert_eq!(start.elapsed(), 200 * MS);
}

#[tokio::test(start_paused = true)]
async fn a_turn_at_the_very_end_of_the_wait_is_one() {
    let limit = RateLimit::new(10, SECOND).burst(1);
    let start = Instant::now();
    assert!(permit(&limit, Wait::none()).await.is_ok());
    assert!(permit(&limit, Wait::at_most(100 * MS)).await.is_ok());
    assert_eq!(start.elapsed(), 100 * MS);
    assert!(permit(&limit, Wait::at_most(99 * MS)).await.is_err());
    assert_eq!(start.elapsed(), 100 * MS);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_turns_out_too_long_ends() {
    let limit = RateLimit::new(10, SECOND).burst(1);
    let start = Instant::now();
    assert!(permit(&limit, Wait::none()).await.is_ok());
    let (out, ()) = tokio::join!(permit(&limit, Wait::at_most(150 * MS)), async {
        sleep(50 * MS).await;
        // Half of the interval is left, whichever that is.
        limit.set(1, SECOND);
    });
    assert_eq!(start.elapsed(), 150 * MS);
    assert_eq!(stopped(out).retry_after(), Some(400 * MS));
    assert_eq!(limit.waiting(), 0);
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_notice_a_change() {
    let limit = RateLimit::new(1, 3_600 * SECOND).burst(1);
    let start = Instant::now();
    limit.acquire().await;
    let (at, ()) = tokio::join!(
        async {
            limit.acquire().await;
            start.elapsed()
        },
        async {
            sleep(1_800 * SECOND).await;
            // Half an interval has passed, and half of the new one is to come.
            limit.set(10, SECOND);
        }
    );
    assert_eq!(at, 1_800 * SECOND + 50 * MS);
    limit.set(1, 3_600 * SECOND);
    let start = Instant::now();
    let (at, ()) = tokio::join!(
        async {
            limit.acquire().await;
            start.elapsed()
        },
        async {
            sleep(MS).await;
            limit.reset();
        }
    );
    assert_eq!(at, MS);
}

#[tokio::test(start_paused = true)]
async fn nobody_gets_past_those_who_wait() {
    let limit = RateLimit::new(10, SECOND).burst(1);
    limit.acquire().await;
    let mut waiting = pin!(permit(&limit, Wait::forever()));
    assert!(poll_once(waiting.as_mut()).is_pending());
    assert_eq!(limit.try_acquire(), Err(200 * MS));
    advance(100 * MS).await;
    // It is time, but for the one who waits.
    assert_eq!(limit.try_acquire(), Err(100 * MS));
    assert!(permit(&limit, Wait::none()).await.is_err());
    assert!(poll_once(waiting).is_ready());
    assert_eq!(limit.waiting(), 0);
}

#[tokio::test(start_paused = true)]
async fn who_leaves_has_taken_nothing() {
    let limit = RateLimit::new(10, SECOND).burst(1);
    let start = Instant::now();
    limit.acquire().await;
    // The first in line leaves, and one in the middle.
    let mut leaving: Vec<_> = (0..2)
        .map(|_| Box::pin(permit(&limit, Wait::forever())))
        .collect();
    assert!(poll_once(leaving[0].as_mut()).is_pending());
    let mut staying = pin!(permit(&limit, Wait::forever()));
    assert!(poll_once(staying.as_mut()).is_pending());
    assert!(poll_once(leaving[1].as_mut()).is_pending());
    let mut last = pin!(permit(&limit, Wait::forever()));
    assert!(poll_once(last.as_mut()).is_pending());
    assert_eq!(limit.waiting(), 4);
    advance(50 * MS).await;
    leaving.clear();
    assert_eq!(limit.waiting(), 2);
    assert!(staying.await.is_ok());
    assert_eq!(start.elapsed(), 100 * MS);
    assert!(last.await.is_ok());
    assert_eq!(start.elapsed(), 200 * MS);
    // One who was woken for its turn and leaves instead passes it on.
    let mut woken = Box::pin(permit(&limit, Wait::forever()));
    assert!(poll_once(woken.as_mut()).is_pending());
    let mut next = pin!(permit(&limit, Wait::forever()));
    assert!(poll_once(next.as_mut()).is_pending());
    advance(100 * MS).await;
    drop(woken);
    assert!(poll_once(next).is_ready());
}

/// A thousand wait, half of them leave at random: nobody else is lost or starved, all come in order,
/// none early, and no turn is left out.
#[tokio::test(start_paused = true)]
async fn a_thousand_waiters_of_whom_half_leave() {
    static LIMIT: RateLimit = RateLimit::new(100, SECOND).burst(10);
    static STARTED: Mutex<Vec<(u32, Duration)>> = Mutex::new(Vec::new());
    let mut random = fastrand::Rng::with_seed(7);
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for number in 0..1_000 {
        let patience = match number % 2 {
            0 => Duration::MAX,
            _ => MS * random.u32(0..6_000),
        };
        tasks.spawn(async move {
            let turn = permit(&LIMIT, Wait::forever());
            let in_time = timeout(patience, turn).await.is_ok();
            if in_time {
                STARTED.lock().unwrap().push((number, start.elapsed()));
            }
            (number % 2 == 1 || in_time).then_some(in_time)
        });
        tokio::task::yield_now().await;
    }
    let ended = tasks.join_all().await;
    let started = STARTED.lock().unwrap();
    assert!(ended.iter().all(Option::is_some), "one that stayed was lost");
    let left = ended.iter().filter(|in_time| **in_time == Some(false)).count();
    assert_eq!(started.len(), 1_000 - left);
    assert!((200..500).contains(&left), "{left}");
    assert!(
        started.is_sorted_by_key(|(number, _)| *number),
        "in the order in which they came"
    );
    for (index, (_, at)) in (0_u32..).zip(&*started) {
        assert_eq!(*at, 10 * MS * index.saturating_sub(9), "{index}");
    }
    assert_eq!(LIMIT.waiting(), 0);
}

/// Faster than Tokio's timer ticks, over any period no more than the rate and the burst start.
#[tokio::test(start_paused = true)]
async fn the_rate_is_kept_by_a_timer_that_is_too_coarse_for_it() {
    let period = 20 * MS;
    for burst in [1, 3, 50] {
        // One each 0.4 ms.
        let limit = RateLimit::new(50, period).burst(burst);
        let start = Instant::now();
        let mut started = Vec::new();
        for _ in 0..300 {
            limit.acquire().await;
            started.push(start.elapsed());
        }
        for from in &started {
            let within = started.iter().filter(|at| (*from..=*from + period).contains(at));
            assert!(within.count() <= 50 + burst as usize);
        }
        // A burst of three makes up for the ticks.
        let expected = match burst {
            1 => 299 * MS,
            _ => 300 * MS * 2 / 5 - 2 * MS * burst / 5,
        };
        let took = start.elapsed();
        assert!(took >= expected && took <= expected + MS, "{burst}: {took:?}");
    }
}
