//! A function with a wrong option is still there, with its own type, for its callers.

use etiquette::{Stopped, cancellable, instrument_task, retry, with_timeout};
use tokio_util::sync::CancellationToken;

#[instrument_task(feilds(id))]
#[cancellable(graze = 5s)]
#[with_timeout(5, total)]
#[retry(attemps = 3)]
async fn fetch(token: CancellationToken, id: u64) -> Result<u64, Stopped> {
    let _ = token;
    Ok(id)
}

async fn caller() -> Result<u64, Stopped> {
    let id = fetch(CancellationToken::new(), 7).await?;
    Ok(id + 1)
}

fn main() {
    let _ = caller();
}

// H137
