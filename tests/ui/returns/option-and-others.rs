//! Return types that have no place for a stop: it never turns into `None` by itself.

use etiquette::{cancellable, with_timeout};
use tokio_util::sync::CancellationToken;

#[with_timeout(5s)]
async fn option() -> Option<u8> {
    None
}

#[with_timeout(5s)]
async fn number() -> u32 {
    3
}

#[cancellable]
async fn cancelled_option(token: CancellationToken) -> Option<u8> {
    None
}

#[cancellable]
async fn cancelled_number(token: CancellationToken) -> u32 {
    3
}

fn main() {
    let token = CancellationToken::new;
    let _ = (option(), number(), cancelled_option(token()), cancelled_number(token()));
}

// H73
