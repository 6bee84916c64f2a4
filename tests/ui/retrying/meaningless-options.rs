//! Options that only a function can have.

use etiquette::Stopped;

async fn clones(body: String) -> Result<usize, Stopped> {
    etiquette::retrying!(clone(body), async { Ok(body.len()) }).await
}

async fn timeouts() -> Result<usize, Stopped> {
    etiquette::retrying!(retry_timeouts = false, async { Ok(1) }).await
}

fn main() {
    let _ = (clones(String::new()), timeouts());
}
