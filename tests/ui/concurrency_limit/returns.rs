//! A call that is refused needs something to return.

use etiquette::concurrency_limit;

#[concurrency_limit(16, wait = none)]
async fn nothing() {}

#[concurrency_limit(semaphore = &PLACES, wait = none)]
async fn nothing_with_a_semaphore() {}

static PLACES: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(1);

#[concurrency_limit(16, wait = none)]
async fn opaque() -> impl Iterator<Item = u32> {
    [1].into_iter()
}

#[concurrency_limit(16, wait = none)]
async fn never() -> ! {
    std::future::pending().await
}

fn main() {
    let _ = (nothing(), nothing_with_a_semaphore(), opaque(), never());
}
