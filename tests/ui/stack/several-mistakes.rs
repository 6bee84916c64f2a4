//! Mistakes in several attributes of one stack: all in one compile, none because of another.

use etiquette::{Stopped, cancellable, instrument_task, retry, with_timeout};

#[instrument_task(skip_all)]
#[with_timeout(30, total)]
#[retry(times = 3)]
#[cancellable]
#[with_timeout(2s)]
async fn fetch(mut body: String) -> Result<(), Stopped> {
    body.push('.');
    Ok(())
}

fn main() {
    let _ = fetch(String::new());
}

// H150
