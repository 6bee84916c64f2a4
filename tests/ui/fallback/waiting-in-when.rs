//! `when` is asked, and cannot wait for its answer.

use etiquette::{Stopped, fallback};

async fn is_known(_: &Stopped) -> bool {
    true
}

#[fallback(Ok(0), when = |error| is_known(error).await)]
async fn fetch() -> Result<u32, Stopped> {
    Ok(1)
}

fn main() {
    let _ = fetch();
}
