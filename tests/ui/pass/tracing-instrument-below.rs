//! `tracing::instrument` below is innermost, as written; above something that runs the body once, it is as well.

#![deny(warnings)]

use etiquette::{Stopped, retry, with_timeout};

#[retry]
#[tracing::instrument]
async fn below() -> Result<u8, Stopped> {
    Ok(1)
}

#[tracing::instrument]
#[with_timeout(5s)]
async fn above() -> Result<u8, Stopped> {
    Ok(2)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!((below().await, above().await), (Ok(1), Ok(2)));
}

// H142
