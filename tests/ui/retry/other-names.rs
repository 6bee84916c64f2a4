//! Names that other libraries and earlier versions use: each is answered with what to write.

use etiquette::{Stopped, retry};

#[retry(max_retries = 3, retries = 3, max_times = 3, max_retry_attempts = 3)]
async fn retries_after_the_first_run() -> Result<(), Stopped> {
    Ok(())
}

#[retry(max_attempts = 3, max_tries = 3, tries = 3, times = 3, count = 3, forever, unlimited)]
async fn runs() -> Result<(), Stopped> {
    Ok(())
}

#[retry(within = 30s, timeout = 30s, max_duration = 30s, max_elapsed_time = 30s, total_delay = 30s)]
async fn time_for_all() -> Result<(), Stopped> {
    Ok(())
}

#[retry(delay = 1s, fixed(1s), wait = 1s, interval = 1s, strategy = 1)]
async fn one_delay() -> Result<(), Stopped> {
    Ok(())
}

#[retry(min_delay = 1s, initial_interval = 1s, base = 1s, max_delay = 1s, max_interval = 1s, multiplier = 2, factor = 2)]
async fn growing_delays() -> Result<(), Stopped> {
    Ok(())
}

#[retry(retry_if = f, retry_on = f, on = f, predicate = f, condition = f, notify = f, before_retry = f)]
async fn functions() -> Result<(), Stopped> {
    Ok(())
}

#[retry(no_budget, cloned(body))]
async fn words(body: String) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (retries_after_the_first_run(), runs(), time_for_all(), one_delay());
    let _ = (growing_delays(), functions(), words(String::new()));
}

// H162
