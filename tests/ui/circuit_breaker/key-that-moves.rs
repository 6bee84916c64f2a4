//! A key of several parts borrows them: what it moves the body no longer has.

use etiquette::{Stopped, circuit_breaker};

#[circuit_breaker(key = (host, port))]
async fn fetch(host: String, port: u16) -> Result<usize, Stopped> {
    Ok(host.len() + usize::from(port))
}

fn main() {
    let _ = fetch(String::new(), 1);
}
