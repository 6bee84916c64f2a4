//! `policy =` takes a `RetryPolicy`.

use etiquette::{Stopped, retry};

#[retry(policy = 3)]
async fn fetch() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = fetch();
}
