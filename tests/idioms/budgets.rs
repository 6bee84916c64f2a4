//! One span of time for several steps.

use crate::support::{ms, secs, sleep, timed};
use etiquette::{Limits, Scope, Stopped, with_timeout};
use tokio::time::{Duration, Instant};

/// The limit is for all of it; the body may look at what is left.
#[with_timeout(until = deadline)]
async fn preview(deadline: Instant, step: Duration) -> Result<&'static str, Stopped> {
    sleep(step).await; // find
    sleep(step).await; // fetch
    if deadline - Instant::now() < step {
        return Ok("a placeholder"); // the rest would not fit: be fair to who waits
    }
    sleep(step).await; // scale
    Ok("a picture")
}

// RW04: three steps share a deadline, with a look at it in between.
#[tokio::test(start_paused = true)]
async fn steps_share_a_deadline() {
    let in_ten = || Instant::now() + secs(10);
    assert_eq!(
        timed(preview(in_ten(), secs(3))).await,
        (Ok("a picture"), secs(9))
    );
    assert_eq!(
        timed(preview(in_ten(), secs(4))).await,
        (Ok("a placeholder"), secs(8))
    );
    let (out, elapsed) = timed(preview(in_ten(), secs(6))).await;
    assert!(out.unwrap_err().is_timeout());
    assert_eq!(elapsed, secs(10));
}

/// By hand, as there: what is left is handed on.
async fn facet(timeout: Duration) -> Result<(u32, Duration), Stopped> {
    let start = Instant::now();
    let hits = segment(timeout, secs(2)).await?;
    // The next one is limited by what this one left.
    let total = async { segment(timeout, secs(4)).await };
    let total = total
        .with_timeout(timeout.saturating_sub(start.elapsed()))
        .await??;
    Ok((hits + total, timeout.saturating_sub(start.elapsed())))
}

#[with_timeout(timeout)]
async fn segment(timeout: Duration, takes: Duration) -> Result<u32, Stopped> {
    sleep(takes).await;
    Ok(1)
}

/// With a scope nobody hands it on.
#[with_timeout(timeout, inherit)]
async fn facet_in_a_scope(timeout: Duration) -> Result<(u32, Duration), Stopped> {
    let hits = segment_in_a_scope(secs(2)).await? + segment_in_a_scope(secs(4)).await?;
    Ok((hits, Scope::current().remaining().unwrap_or(Duration::MAX)))
}

#[with_timeout(1h, inherit)]
async fn segment_in_a_scope(takes: Duration) -> Result<u32, Stopped> {
    sleep(takes).await;
    Ok(1)
}

// RW05: a budget goes down from step to step, and can be read.
#[tokio::test(start_paused = true)]
async fn a_budget_goes_down() {
    assert_eq!(timed(facet(secs(7))).await, (Ok((2, secs(1))), secs(6)));
    assert_eq!(
        timed(facet_in_a_scope(secs(7))).await,
        (Ok((2, secs(1))), secs(6))
    );
    for limit in [ms(1_500), ms(5_500)] {
        let (out, elapsed) = timed(facet(limit)).await;
        assert!(out.unwrap_err().is_timeout());
        assert_eq!(elapsed, limit);
        let (out, elapsed) = timed(facet_in_a_scope(limit)).await;
        assert!(out.unwrap_err().is_timeout());
        assert_eq!(elapsed, limit);
    }
}
