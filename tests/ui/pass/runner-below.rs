//! Runners below find an async function; a test that returns nothing panics when it is stopped.

#![deny(warnings)]

use etiquette::with_timeout;

#[with_timeout(5s)]
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), etiquette::Stopped> {
    tokio::task::yield_now().await;
    Ok(())
}

#[with_timeout(5s)]
#[tokio::test]
async fn test() {
    tokio::task::yield_now().await;
}

// H145
