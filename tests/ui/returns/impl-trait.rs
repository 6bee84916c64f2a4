//! An `impl Trait` has no place for a stop, and a `Result` of one needs its error to have.

use etiquette::{cancellable, with_timeout};
use tokio_util::sync::CancellationToken;

#[derive(Debug)]
struct Error;

#[with_timeout(5s)]
async fn timed() -> impl Iterator<Item = u8> {
    [1, 2, 3].into_iter()
}

#[cancellable]
async fn cancelled(token: CancellationToken) -> impl Iterator<Item = u8> {
    [1, 2, 3].into_iter()
}

#[with_timeout(5s)]
async fn inside() -> Result<impl Iterator<Item = u8>, Error> {
    Ok([1, 2, 3].into_iter())
}

fn main() {
    let _ = (timed(), cancelled(CancellationToken::new()), inside());
}
