//! Mistakes in `slow(…)` and `slow_poll(…)`.

use etiquette::instrument_task;

#[instrument_task(slow(500))]
async fn without_a_unit() {}

#[instrument_task(slow(0s), slow_poll(0ms))]
async fn zero() {}

#[instrument_task(slow(1s), slow(2s))]
async fn twice() {}

#[instrument_task(slow(1s, 2s))]
async fn two_durations() {}

#[instrument_task(slow(), slow_poll)]
async fn none_at_all() {}

#[instrument_task(slow = 1s, slow_poll = 10ms)]
async fn without_parentheses() {}

#[instrument_task(slow(-1s), slow_poll(2 * 5ms))]
async fn no_durations() {}

#[instrument_task(slow_call(1s))]
async fn another_name() {}

#[instrument_task(slow(limit))]
async fn wrong_type(limit: u32) {
    let _ = limit;
}

fn main() {
    let _ = (without_a_unit(), zero(), twice(), two_durations(), none_at_all(), without_parentheses());
    let _ = (no_durations(), another_name(), wrong_type(5));
}
