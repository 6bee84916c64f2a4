//! A future beside something else: the attribute cannot tell which part of the call is meant.

use etiquette::{Stopped, with_timeout};

struct Handle;

#[with_timeout(5s)]
fn start() -> (impl Future<Output = Result<(), Stopped>>, Handle) {
    (async move { Ok(()) }, Handle)
}

fn main() {
    let _ = start();
}

// H112
