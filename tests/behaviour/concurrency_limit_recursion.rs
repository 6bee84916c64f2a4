//! A function under a limit that calls itself: a debug build notices where that can never go on, and nothing else.

use crate::support::{Error, ends, ms, secs, sleep, stop_of, timed};
use etiquette::concurrency_limit;
use std::future::Future;
use std::pin::Pin;
use tokio::task::yield_now;
use tokio::time::timeout;

// H173
#[test]
fn recursion_that_can_never_start_is_noticed_where_it_would_hang() {
    #[concurrency_limit(2, wait = forever)]
    async fn down(depth: u32) -> Result<u32, Error> {
        match depth {
            0 => Ok(0),
            _ => Ok(1 + Box::pin(down(depth - 1)).await?),
        }
    }
    // As deep as there are slots.
    assert_eq!(ends(|| down(1)), Ok(1));
    let hangs = std::thread::spawn(|| ends(|| async { tokio::spawn(down(2)).await.unwrap_err() }));
    let panic = hangs.join().unwrap().into_panic();
    let text = panic.downcast_ref::<&str>().unwrap();
    assert!(text.contains("inside of the calls that hold them all"), "{text}");
    // Nothing is left behind.
    assert_eq!(ends(|| down(1)), Ok(1));
}

// H173
#[tokio::test(start_paused = true)]
async fn recursion_with_a_limit_to_its_wait_is_refused() {
    #[concurrency_limit(2, wait = 50ms)]
    async fn down(depth: u32) -> Result<u32, Error> {
        match depth {
            0 => Ok(0),
            _ => Ok(1 + Box::pin(down(depth - 1)).await?),
        }
    }
    let (out, waited) = timed(down(2)).await;
    assert!(stop_of(out).is_refusal());
    assert_eq!(waited, ms(50));
}

/// Others hold slots too, or the call is made beside the one that does: this is a wait, and it ends.
#[tokio::test(start_paused = true)]
async fn no_other_wait_is_taken_for_one_that_never_ends() {
    #[concurrency_limit(2, wait = forever)]
    async fn down(depth: u32) -> Result<u32, Error> {
        sleep(ms(10)).await;
        match depth {
            0 => Ok(0),
            _ => Ok(1 + Box::pin(down(depth - 1)).await?),
        }
    }
    // One call of depth 1 needs both slots for a while, and waits for the other to leave.
    let (a, b) = tokio::join!(down(0), timed(down(1)));
    assert_eq!((a, b), (Ok(0), (Ok(1), ms(20))));

    #[concurrency_limit(1, wait = forever)]
    async fn one(number: u32) -> Result<u32, Error> {
        yield_now().await;
        Ok(number)
    }
    // In one task, side by side.
    let (a, b, c) = tokio::join!(one(1), one(2), async { one(3).await });
    assert_eq!((a, b, c), (Ok(1), Ok(2), Ok(3)));
    // In a task that the body starts, and does not wait for.
    #[concurrency_limit(1, wait = forever)]
    async fn starts(again: bool) -> Result<Option<tokio::task::JoinHandle<bool>>, Error> {
        yield_now().await;
        Ok(again.then(|| tokio::spawn(boxed())))
    }
    fn boxed() -> Pin<Box<dyn Future<Output = bool> + Send>> {
        Box::pin(async { starts(false).await.is_ok() })
    }
    let (started, _) = timed(starts(true)).await;
    let joined = timeout(secs(1), started.unwrap().unwrap()).await;
    assert!(joined.unwrap().unwrap());
}
