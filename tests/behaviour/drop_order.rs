//! Everything is dropped in the order in which the plain function drops it.

use crate::support::{Error, Noted, ms, notes, sleep};
use etiquette::{cancellable, instrument_task, retry, with_timeout};
use std::future::pending;

/// The same function under each layer.
macro_rules! plain_and_layered {
    ($(#[$layers:meta])*) => {{
        $(#[$layers])*
        async fn call(_unused: Noted, first: Noted, second: Noted, _: Noted, end: u32) -> Result<u32, Error> {
            let _local = Noted("local");
            let moved = first;
            if end == 0 {
                sleep(ms(1)).await;
                return Ok(7);
            }
            let _borrowed = &second;
            if end == 1 {
                pending::<()>().await;
            }
            drop(moved);
            Err(Error::Bad)
        }
        let mut order = Vec::new();
        for end in 0..3 {
            let call = call(Noted("unused"), Noted("first"), Noted("second"), Noted("wild"), end);
            let _ = tokio::time::timeout(ms(5), call).await;
            order.push(notes());
        }
        order
    }};
}

// H40, H170
#[tokio::test(start_paused = true)]
async fn everything_is_dropped_in_the_order_of_the_plain_function() {
    let plain = plain_and_layered!();
    assert_eq!(
        plain[0], "first local wild second unused",
        "what the language does"
    );
    assert_eq!(
        plain_and_layered!(#[cancellable(future = pending::<()>())]),
        plain
    );
    assert_eq!(plain_and_layered!(#[with_timeout(1h)]), plain);
    assert_eq!(plain_and_layered!(#[instrument_task]), plain);
    assert_eq!(
        plain_and_layered!(#[instrument_task] #[cancellable(future = pending::<()>())] #[with_timeout(1h)]),
        plain
    );
}

/// Retry may not move an argument, so that every run has it: the plain function to compare with does not either.
macro_rules! borrowing {
    ($(#[$layers:meta])*) => {{
        $(#[$layers])*
        async fn call(_unused: Noted, first: Noted, second: Noted, _: Noted, end: u32) -> Result<u32, Error> {
            let _local = Noted("local");
            let _borrowed = (&first, &second);
            if end == 0 {
                sleep(ms(1)).await;
                return Ok(7);
            }
            if end == 1 {
                pending::<()>().await;
            }
            Err(Error::Bad)
        }
        let mut order = Vec::new();
        for end in 0..3 {
            let call = call(Noted("unused"), Noted("first"), Noted("second"), Noted("wild"), end);
            let _ = tokio::time::timeout(ms(5), call).await;
            order.push(notes());
        }
        order
    }};
}

#[tokio::test(start_paused = true)]
async fn everything_is_dropped_in_the_order_of_the_plain_function_under_retry_too() {
    let plain = borrowing!();
    assert_eq!(
        plain[0], "local wild second first unused",
        "what the language does"
    );
    assert_eq!(borrowing!(#[retry]), plain);
    assert_eq!(
        borrowing!(#[with_timeout(1h, total)] #[retry] #[with_timeout(1m, attempt)]),
        plain
    );
}
