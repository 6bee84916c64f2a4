//! Exemptions that cover nothing, or do not say why.

use std::time::Duration;

#[etiquette::conventions]
pub async fn stale() {
    #[etiquette::exempt(blocking_fs, reason = "there was a file once")] //~ stale_exempt
    tokio::time::sleep(Duration::from_secs(1)).await;
    #[etiquette::exempt(blocking_sleep)] //~ exempt_without_reason
    std::thread::sleep(Duration::from_secs(1));
}

#[etiquette::conventions]
pub async fn stale_comment() { //~ stale_exempt
    // etiquette: exempt(blocking_fs) there was a file once
    tokio::time::sleep(Duration::from_secs(1)).await;
}

#[etiquette::conventions]
pub async fn covered() {
    // etiquette: exempt(blocking_sleep) the device needs it
    std::thread::sleep(Duration::from_secs(1));
    #[etiquette::exempt(blocking_sleep, reason = "the device needs it")]
    std::thread::sleep(Duration::from_secs(1));
    std::thread::sleep(Duration::from_secs(1)); //~ blocking_sleep
}

/// An exemption stands where the lock is taken, or where the compiler points.
#[etiquette::conventions]
pub async fn of_a_guard(lock: &parking_lot::Mutex<u8>) {
    #[etiquette::exempt(guard_across_await, reason = "one task only")]
    let first = lock.lock();
    tokio::task::yield_now().await;
    drop(first);
    let second = lock.lock();
    // etiquette: exempt(guard_across_await) one task only
    tokio::task::yield_now().await;
    drop(second);
    let third = lock.lock();
    tokio::task::yield_now().await; //~ guard_across_await
    drop(third);
}

/// Above the attribute.
#[etiquette::exempt(blocking_sleep, reason = "the device needs it")]
#[etiquette::conventions]
pub async fn above() {
    std::thread::sleep(Duration::from_secs(1));
}
