//! A rate for each key, in bounded memory.

use tokio::time::advance;

use super::*;
use crate::rate::start;

const MS: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);

fn starts(limits: &KeyedRateLimit, key: &str) -> bool {
    start(&KeyedPermits::new(limits, key)).is_ok()
}

#[tokio::test(start_paused = true)]
async fn each_key_has_its_own() {
    let limits = KeyedRateLimit::new(10, SECOND).burst(1);
    assert!(starts(&limits, "a"));
    assert!(!starts(&limits, "a"));
    assert!(starts(&limits, "b"));
    assert_eq!((limits.tokens("a"), limits.tokens("c"), limits.keys()), (0, 1, 2));
    advance(100 * MS).await;
    assert!(starts(&limits, "a"));
}

#[tokio::test(start_paused = true)]
async fn what_a_key_has_used_is_never_forgotten() {
    let limits = KeyedRateLimit::new(10, SECOND).burst(1).max_keys(2);
    assert!(starts(&limits, "a"));
    assert!(starts(&limits, "b"));
    // No room: those to come share a limit.
    assert_eq!(limits.tokens("c"), 1);
    assert!(starts(&limits, "c"));
    assert_eq!(
        (limits.tokens("c"), limits.tokens("d")),
        (0, 0),
        "what they share"
    );
    assert!(!starts(&limits, "d"));
    assert!(!starts(&limits, "a"));
    assert_eq!(limits.keys(), 2);
    advance(50 * MS).await;
    assert!(!starts(&limits, "a"));
    advance(50 * MS).await;
    // Both are as good as new, and go.
    assert_eq!(limits.tokens("c"), 1);
    assert!(starts(&limits, "c"));
    assert!(starts(&limits, "d"));
    assert!(!starts(&limits, "d"));
    assert_eq!(limits.keys(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_key_that_is_held_stays() {
    let limits = KeyedRateLimit::new(10, SECOND).max_keys(1);
    let held = KeyedPermits::new(&limits, "a");
    assert!(starts(&limits, "b"));
    assert_eq!((limits.keys(), limits.tokens("a")), (1, 10));
    assert!(start(&held).is_ok());
    assert_eq!(limits.tokens("a"), 9);
}

#[tokio::test(start_paused = true)]
async fn all_are_changed_those_to_come_included() {
    let limits = KeyedRateLimit::new(10, SECOND);
    assert!(starts(&limits, "a"));
    limits.set(2, SECOND);
    assert_eq!((limits.tokens("a"), limits.tokens("b")), (1, 2));
    assert!(starts(&limits, "b"));
    assert_eq!(limits.tokens("b"), 1);
    limits.set_burst(5);
    assert_eq!((limits.tokens("a"), limits.tokens("c")), (4, 5));
    limits.reset();
    assert_eq!(limits.tokens("a"), 5);
}
