//! Every mistake is reported in one compile, each on its own tokens.

use etiquette::{Stopped, retry};

#[retry(attemps = 3, constant(100), max_elapsed = 0s, jitter = 7, retry_timeouts = maybe, constant(1s))]
async fn fetch() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch();
}

// H150
