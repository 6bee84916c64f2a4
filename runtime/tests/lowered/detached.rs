//! `#[shield]` and `#[blocking]`: what no longer runs in the caller's task.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use etiquette::{__private as P, ConcurrencyLimit};
use tokio::time::{Instant, sleep};

use crate::{Error, is_send, ms};

static STORED: AtomicU32 = AtomicU32::new(0);

/// `#[shield]`.
async fn store(id: u32) -> Result<u32, Error> {
    return P::shield_as("app::detached", async move {
        let __etq_out: Result<u32, Error> = async {
            sleep(ms(20)).await;
            STORED.fetch_add(id, Relaxed);
            Ok(id)
        }
        .await;
        __etq_out
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_shielded_call_outlives_its_caller() {
    let start = Instant::now();
    assert!(tokio::time::timeout(ms(5), is_send(store(1))).await.is_err());
    etiquette::shielded_idle().await;
    assert_eq!((start.elapsed(), STORED.load(Relaxed)), (ms(20), 1));
    assert_eq!(store(2).await, Ok(2));
    assert_eq!((etiquette::shielded(), STORED.load(Relaxed)), (0, 3));
}

/// `#[blocking(limit = 2)]`.
async fn digest(text: String) -> Result<usize, Error> {
    static LIMIT: ConcurrencyLimit = ConcurrencyLimit::new(2);
    return P::blocking(Some(&LIMIT), move || {
        let __etq_out: Result<usize, Error> = (move || {
            if text.is_empty() {
                return Err(Error::Gone);
            }
            Ok(text.len())
        })();
        __etq_out
    })
    .await;
}

#[tokio::test]
async fn a_blocking_body_returns_as_usual() {
    assert_eq!(is_send(digest("abc".into())).await, Ok(3));
    assert_eq!(digest(String::new()).await, Err(Error::Gone));
    assert_eq!(P::blocking(None, || 7).await, 7);
}
