//! What `retrying!` runs is an `async` block or an `async` closure without parameters.

use etiquette::Stopped;

async fn fetch() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = etiquette::retrying!(attempts = 3, fetch());
    let _ = etiquette::retrying!(attempts = 3, { fetch().await });
    let _ = etiquette::retrying!(attempts = 3, async fetch());
    let _ = etiquette::retrying!(attempts = 3, async |n| { fetch().await });
    let _ = etiquette::retrying!(attempts = 3, || async { fetch().await });
}
