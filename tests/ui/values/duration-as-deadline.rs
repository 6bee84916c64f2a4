//! `until =` takes a point in time, not a length.

use etiquette::{Stopped, with_timeout};
use std::time::Duration;

#[with_timeout(until = Duration::from_secs(5))]
async fn fetch() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch();
}
