//! Lints about the user's own code stay the user's.

#![deny(unused)]

use etiquette::{Stopped, cancellable, instrument_task, retry, with_timeout};
use tokio_util::sync::CancellationToken;

#[instrument_task]
#[cancellable]
#[with_timeout(30s, total)]
#[retry(clone(tag))]
#[with_timeout(2s, attempt)]
async fn fetch(token: CancellationToken, id: u64, tag: String) -> Result<(), Stopped> {
    let unused_here = 1;
    let mut never_changed = 2;
    println!("{never_changed}");
    std::fs::read("");
    Ok(())
}

#[with_timeout(5s)]
async fn never_called() -> Result<(), Stopped> {
    return Ok(());
    println!("never reached");
}

fn main() {
    drop(fetch(CancellationToken::new(), 1, String::new()));
}

// H88, H89
