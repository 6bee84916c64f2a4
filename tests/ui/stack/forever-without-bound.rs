//! What repeats for ever needs something that can end it.

use etiquette::{Stopped, retry, with_timeout};

#[retry(attempts = forever)]
async fn alone() -> Result<(), Stopped> {
    Ok(())
}

#[retry(attempts = forever)]
#[with_timeout(2s, attempt)]
async fn bound_below() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (alone(), bound_below());
}
