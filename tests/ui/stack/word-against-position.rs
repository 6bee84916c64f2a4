//! `total` above, `attempt` below.

use etiquette::{Stopped, retry, with_timeout};

#[retry]
#[with_timeout(30s, total)]
async fn total_below() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(2s, attempt)]
#[retry]
async fn attempt_above() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (total_below(), attempt_above());
}
