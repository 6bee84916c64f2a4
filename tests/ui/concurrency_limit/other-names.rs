//! Names from other libraries.

use etiquette::{Stopped, concurrency_limit};

#[concurrency_limit(max = 16)]
async fn a() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(permits = 16, max_wait = 1s)]
async fn b() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(max_concurrent_calls = 25, max_wait_duration = 1s, waiting_task_queue = 10)]
async fn c() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(limit = 16, timeout = 1s, queue_limit = 3, default = Ok(()))]
async fn d() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(sem = &PLACES, map_err = Stopped::from)]
async fn e() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (a(), b(), c(), d(), e());
}
