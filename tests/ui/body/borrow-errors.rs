//! What the borrow checker says of a body, it says of the body.

use etiquette::{Stopped, instrument_task, with_timeout};

#[with_timeout(5s)]
async fn used_after_move(body: String) -> Result<usize, Stopped> {
    drop(body);
    Ok(body.len())
}

#[instrument_task]
async fn not_mutable() -> Result<usize, Stopped> {
    let body = String::new();
    body.push('.');
    Ok(body.len())
}

#[with_timeout(5s)]
async fn dangling() -> Result<&'static str, Stopped> {
    let body = String::new();
    Ok(&body)
}

fn main() {
    let _ = (used_after_move(String::new()), not_mutable(), dangling());
}
