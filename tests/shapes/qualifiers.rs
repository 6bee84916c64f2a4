//! What stands before `fn`, and the attributes around ours.

use crate::{Error, run, tick};
use etiquette::{instrument_task, retry, with_timeout};

mod inner {
    use crate::{Error, tick};

    // H78
    #[etiquette::with_timeout(5s)]
    pub(in crate::qualifiers) async fn restricted() -> Result<u8, Error> {
        tick().await;
        Ok(1)
    }
}

// H79
#[expect(improper_ctypes_definitions)]
#[with_timeout(5s)]
async extern "C" fn abi() -> Result<u8, Error> {
    tick().await;
    Ok(1)
}

/// Above. H85
#[with_timeout(5s)]
/// Below.
async fn documented() -> Result<u8, Error> {
    tick().await;
    Ok(1)
}

// H86, H140
#[cfg_attr(all(), with_timeout(5s))]
#[cfg_attr(any(), retry(attempts = 0))]
async fn conditional() -> Result<u8, Error> {
    std::future::pending().await
}

// H87
#[expect(dead_code)]
#[retry]
async fn never_called() -> Result<u8, Error> {
    Ok(1)
}

// H90
#[must_use]
#[deprecated]
#[instrument_task]
async fn old() -> u8 {
    1
}

// H118
#[instrument_task]
#[with_timeout(5s)]
async fn recursive(n: u64) -> Result<u64, Error> {
    if n == 0 {
        return Ok(0);
    }
    tick().await;
    Ok(Box::pin(recursive(n - 1)).await? + 1)
}

#[retry(attempts = 2)]
async fn recursive_retry(n: u64) -> Result<u64, Error> {
    if n == 0 {
        Ok(0)
    } else {
        Ok(Box::pin(recursive_retry(n - 1)).await? + 1)
    }
}

#[test]
fn qualifiers_are_kept() {
    run(async {
        assert_eq!(inner::restricted().await.unwrap(), 1);
        assert_eq!(abi().await.unwrap(), 1);
        assert_eq!(documented().await.unwrap(), 1);
        assert!(matches!(conditional().await, Err(Error::Stopped(_))));
        #[expect(deprecated)]
        let one = old().await;
        assert_eq!(one, 1);
        assert_eq!(tokio::spawn(recursive(20)).await.unwrap().unwrap(), 20);
        assert_eq!(tokio::spawn(recursive_retry(20)).await.unwrap().unwrap(), 20);
    });
}
