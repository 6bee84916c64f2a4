//! An error without a place for a stop.

use etiquette::{cancellable, with_timeout};
use tokio_util::sync::CancellationToken;

#[derive(Debug)]
enum Error {
    Bad,
}

#[with_timeout(5s)]
async fn timed() -> Result<(), Error> {
    Err(Error::Bad)
}

#[cancellable]
async fn cancelled(token: CancellationToken) -> Result<(), Error> {
    Err(Error::Bad)
}

fn main() {
    let _ = (timed(), cancelled(CancellationToken::new()));
}

// H74
