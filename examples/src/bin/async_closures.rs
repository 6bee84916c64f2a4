//! Async closures: handed to a function that takes them, and as what is tried again.
//!
//! Look at `retrying!`: a block borrows what it uses from the function around it, and each attempt begins at its first
//! line. The closure form is for a block that needs its type spelled out for `?`.

use std::time::Duration;

use etiquette::{Limits, retrying};
use tokio::time::sleep;

/// Anyone's function that takes an async closure, which may borrow.
async fn for_each<T>(
    items: impl IntoIterator<Item = T>,
    mut act: impl AsyncFnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<usize> {
    let mut done = 0;
    for item in items {
        act(item).await?;
        done += 1;
    }
    Ok(done)
}

/// Fails the first two times.
async fn unsteady(calls: &mut u32) -> Result<u32, std::io::Error> {
    *calls += 1;
    sleep(Duration::from_millis(1)).await;
    match *calls {
        1 | 2 => Err(std::io::ErrorKind::ConnectionReset.into()),
        calls => Ok(calls),
    }
}

#[etiquette::main]
async fn main() -> anyhow::Result<()> {
    let mut total = 0;
    let done = for_each([1, 2, 3], async |item| {
        sleep(Duration::from_millis(item))
            .with_timeout(Duration::from_secs(1))
            .await?;
        total += item; // borrowed, not moved
        Ok(())
    })
    .await?;
    println!("{done} items, together {total}");

    let mut calls = 0;
    let answer = retrying!(attempts = 5, constant(2ms), async { unsteady(&mut calls).await }).await?;
    println!("a block: answered at call {answer}");

    let mut calls = 0;
    let text = retrying!(
        attempts = 5,
        constant(2ms),
        when = any,
        async || -> anyhow::Result<String> {
            let answer = unsteady(&mut calls).await?;
            Ok(format!("answered at call {answer}"))
        }
    )
    .await?;
    println!("a closure with its type: {text}");
    Ok(())
}
