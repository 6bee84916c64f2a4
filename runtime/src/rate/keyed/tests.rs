//! A rate for each key, in bounded memory.

use tokio::time::advance;

use super::*;
use crate::{rate::permit, wait::Wait};

const MS: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);

async fn starts(limits: &KeyedRateLimit, key: &str) -> bool {
    permit(&KeyedPermits::new(limits, key), Wait::none())
        .await
        .is_ok()
}

#[tokio::test(start_paused = true)]
async fn each_key_has_its_own() {
    let limits = KeyedRateLimit::new(10, SECOND).burst(1);
    assert!(starts(&limits, "a").await);
    assert!(!starts(&limits, "a").await);
    assert!(starts(&limits, "b").await);
    assert_eq!((limits.tokens("a"), limits.tokens("c"), limits.keys()), (0, 1, 2));
    advance(100 * MS).await;
    assert!(starts(&limits, "a").await);
}

#[tokio::test(start_paused = true)]
async fn what_a_key_has_used_is_never_forgotten() {
    let limits = KeyedRateLimit::new(10, SECOND).burst(1).max_keys(2);
    assert!(starts(&limits, "a").await);
    assert!(starts(&limits, "b").await);
    // No room: those to come share a limit.
    assert!(starts(&limits, "c").await);
    assert!(!starts(&limits, "d").await);
    assert!(!starts(&limits, "a").await);
    assert_eq!(limits.keys(), 2);
    advance(50 * MS).await;
    assert!(!starts(&limits, "a").await);
    advance(50 * MS).await;
    // Both are as good as new, and go.
    assert!(starts(&limits, "c").await);
    assert!(starts(&limits, "d").await);
    assert!(!starts(&limits, "d").await);
    assert_eq!(limits.keys(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_is_held_stays() {
    let limits = KeyedRateLimit::new(10, SECOND).max_keys(1);
    let held = KeyedPermits::new(&limits, "a");
    assert!(starts(&limits, "b").await);
    assert_eq!((limits.keys(), limits.tokens("a")), (1, 10));
    assert!(permit(&held, Wait::none()).await.is_ok());
    assert_eq!(limits.tokens("a"), 9);
}

#[tokio::test(start_paused = true)]
async fn all_are_changed_those_to_come_included() {
    let limits = KeyedRateLimit::new(10, SECOND);
    assert!(starts(&limits, "a").await);
    limits.set(2, SECOND);
    assert_eq!((limits.tokens("a"), limits.tokens("b")), (1, 2));
    assert!(starts(&limits, "b").await);
    assert_eq!(limits.tokens("b"), 1);
    limits.set_burst(5);
    assert_eq!((limits.tokens("a"), limits.tokens("c")), (4, 5));
    limits.reset();
    assert_eq!(limits.tokens("a"), 5);
}
