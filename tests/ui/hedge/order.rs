//! Orders in which a hedge cannot be meant.

use etiquette::{Stopped, blocking, cancellable, fallback, hedge, with_timeout};
use tokio_util::sync::CancellationToken;

#[hedge(after = 50ms)]
#[cancellable]
async fn cancelled_by_each(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

#[hedge(after = 50ms)]
#[fallback(Ok(0))]
async fn never_fails() -> Result<u32, Stopped> {
    Ok(1)
}

#[hedge(after = 50ms)]
#[hedge(after = 80ms)]
async fn twice() -> Result<u32, Stopped> {
    Ok(1)
}

#[blocking]
#[hedge(after = 50ms)]
async fn around_a_thread() -> Result<u32, Stopped> {
    Ok(1)
}

#[with_timeout(1s, total)]
#[hedge(after = 50ms)]
#[with_timeout(200ms, attempt)]
async fn limits_with_words() -> Result<u32, Stopped> {
    Ok(1)
}

fn main() {
    drop(limits_with_words());
    let _ = (cancelled_by_each(CancellationToken::new()), never_fails(), twice(), around_a_thread());
}
