//! A body that ends in the middle: the error is about the body, and the function is still there for its callers.

use etiquette::{Stopped, retry};

#[retry]
async fn fetch(v: Vec<u8>) -> Result<usize, Stopped> {
    v.
}

async fn caller() -> Result<usize, Stopped> {
    fetch(Vec::new()).await
}

fn main() {
    let _ = caller();
}

// H135
