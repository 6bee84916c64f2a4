//! A function that returns nothing would hide that it timed out.

use etiquette::with_timeout;

#[with_timeout(5s)]
async fn implicit() {}

#[with_timeout(limit, name = "explicit")]
async fn explicit(limit: std::time::Duration) -> () {}

#[with_timeout(until = tokio::time::Instant::now())]
async fn until() {}

fn main() {
    let _ = (implicit(), explicit(std::time::Duration::ZERO), until());
}

// H73
