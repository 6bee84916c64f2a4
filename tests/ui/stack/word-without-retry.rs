//! `total` and `attempt` mean something only beside `#[retry]`.

use etiquette::{Stopped, with_timeout};

#[with_timeout(30s, total)]
async fn total() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(2s, attempt)]
async fn attempt() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (total(), attempt());
}
