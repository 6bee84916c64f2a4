//! `error =` makes the function's error, `or_return =` the whole return value.

use etiquette::{Stopped, cancellable, with_timeout};
use tokio_util::sync::CancellationToken;

#[derive(Debug)]
enum Error {
    Late,
}

#[with_timeout(5s, error = |_| "late")]
async fn wrong_error() -> Result<(), Error> {
    Err(Error::Late)
}

#[with_timeout(5s, or_return = Error::Late)]
async fn not_whole() -> Result<(), Error> {
    Err(Error::Late)
}

#[cancellable(error = Stopped::from)]
async fn no_result(token: CancellationToken) -> Option<u8> {
    None
}

fn main() {
    let _ = (wrong_error(), not_whole(), no_result(CancellationToken::new()));
}
