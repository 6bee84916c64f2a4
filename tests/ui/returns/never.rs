//! A function that never returns has nothing to return when it is stopped.

use etiquette::{cancellable, with_timeout};
use tokio_util::sync::CancellationToken;

#[cancellable]
async fn cancelled(token: CancellationToken) -> ! {
    std::future::pending().await
}

#[with_timeout(5s)]
async fn timed() -> ! {
    std::future::pending().await
}

fn main() {
    let _ = (cancelled(CancellationToken::new()), timed());
}
