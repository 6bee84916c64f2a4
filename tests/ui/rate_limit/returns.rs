//! A call that is refused needs something to return.

use etiquette::rate_limit;

#[rate_limit(100, per = 1s, wait = none)]
async fn nothing() {}

#[rate_limit(100, per = 1s, wait = none)]
async fn opaque() -> impl Iterator<Item = u32> {
    [1].into_iter()
}

#[rate_limit(100, per = 1s, wait = none)]
async fn never() -> ! {
    std::future::pending().await
}

fn main() {
    let _ = (nothing(), opaque(), never());
}
