//! A wait is a duration.

use etiquette::{Stopped, concurrency_limit};

struct Settings {
    wait_ms: u64,
}

#[concurrency_limit(16, wait = settings.wait_ms)]
async fn number(settings: &Settings) -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(16, wait = never)]
async fn no_such_word() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (number(&Settings { wait_ms: 5 }), no_such_word());
}
