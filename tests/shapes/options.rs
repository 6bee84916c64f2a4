//! Expressions in options mean what they mean elsewhere, wherever the expansion puts them.

use crate::{Error, run, tick};
use etiquette::{KeyedRetryBudget, cancellable, retry, with_timeout};
use std::time::Duration;

// In the arm of a match, a block ends the expression that begins with it.
#[cancellable(future = tick(), or_return = { let n = n; n } + 1)]
async fn begins_with_a_block(n: u32) -> u32 {
    std::future::pending().await
}

#[with_timeout(1ms, or_return = if n > 1 { n } else { 0 } * 2)]
async fn begins_with_an_if(n: u32) -> u32 {
    std::future::pending().await
}

#[with_timeout(1ms, or_return = match n { 1 => Some(1), _ => None }.ok_or(Error::Busy))]
async fn begins_with_a_match(n: u32) -> Result<u32, Error> {
    std::future::pending().await
}

#[with_timeout(1ms, or_return = if n > 1 { n } else { 0 })]
async fn is_an_if(n: u32) -> u32 {
    std::future::pending().await
}

static BUDGETS: KeyedRetryBudget = KeyedRetryBudget::new();

// A reference binds more tightly than a sum.
#[retry(attempts = n as u32 + 1, constant(0s), budget = &BUDGETS, key = n + 1)]
async fn sums(n: u8, count: &mut u32) -> Result<u8, Error> {
    *count += 1;
    Err(Error::Busy)
}

#[with_timeout(if long { Duration::from_secs(9) } else { Duration::from_secs(1) } / 2)]
async fn limit_of_two_parts(long: bool) -> Result<(), Error> {
    tokio::time::sleep(Duration::from_secs(1)).await;
    Ok(())
}

// A hook that awaits is written in place.
#[retry(attempts = 3, constant(0s), on_retry = |retry| if retry.attempt > 0 { seen.set(seen.get() + 1); tick() } else { tick() }.await)]
async fn hook_begins_with_an_if(seen: &std::cell::Cell<u32>) -> Result<u32, Error> {
    tick().await;
    if seen.get() < 2 {
        Err(Error::Busy)
    } else {
        Ok(seen.get())
    }
}

#[test]
fn expressions_keep_their_meaning() {
    run(async {
        assert_eq!(begins_with_a_block(1).await, 2);
        assert_eq!(begins_with_an_if(3).await, 6);
        assert_eq!(begins_with_a_match(1).await.unwrap(), 1);
        assert!(matches!(begins_with_a_match(2).await, Err(Error::Busy)));
        assert_eq!(is_an_if(3).await, 3);
        let mut count = 0;
        assert!(sums(2, &mut count).await.is_err());
        assert_eq!(count, 3);
        assert!(limit_of_two_parts(true).await.is_ok());
        assert!(limit_of_two_parts(false).await.is_err());
        assert_eq!(hook_begins_with_an_if(&std::cell::Cell::new(0)).await.unwrap(), 2);
    });
}
