//! `on_retry =` is called with one `&Retrying`.

use etiquette::{Stopped, retry};

fn log(attempt: u32) {
    println!("{attempt}");
}

#[retry(on_retry = log)]
async fn path() -> Result<(), Stopped> {
    Ok(())
}

#[retry(on_retry = |attempt, delay| println!("{attempt} {delay}"))]
async fn closure() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (path(), closure());
}
