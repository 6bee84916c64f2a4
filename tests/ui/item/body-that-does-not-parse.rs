//! A body that is being typed: the error is about the body, and the function is still there for its callers.

use etiquette::{Stopped, instrument_task, retry, with_timeout};

#[instrument_task]
#[with_timeout(5s, total)]
#[retry]
async fn fetch(v: Vec<u8>) -> Result<usize, Stopped> {
    let n = v.
    Ok(n)
}

fn main() {
    let _ = fetch(Vec::new());
    let _: u8 = fetch(Vec::new());
}

// H135
