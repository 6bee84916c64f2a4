//! A crate of edition 2024.

#![deny(warnings)]
#![forbid(unsafe_code)]

#[cfg(test)]
#[path = "../../shared/every.rs"]
mod every;
#[cfg(test)]
#[path = "../../shared/layers.rs"]
mod layers;
#[cfg(test)]
#[path = "../../shared/traced.rs"]
mod traced;

use tokio_util::sync::CancellationToken;

const NEVER: Option<std::time::Instant> = None;

mod traps {}

/// Temporaries of the last expression are dropped before the locals, as this edition has it (H57); in the edition
/// before, neither the plain function nor the attributed one compiles.
#[cfg(test)]
mod tail_temporaries {
    use std::cell::RefCell;

    #[etiquette::instrument_task]
    #[etiquette::with_timeout(5s, total)]
    #[etiquette::retry(when = any)]
    async fn borrowed() -> Result<usize, etiquette::Stopped> {
        let cell = RefCell::new(vec![1]);
        match cell.borrow().first() {
            Some(first) => Ok(*first),
            None => Ok(0),
        }
    }

    #[test]
    fn are_dropped_first() {
        let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
        let polled = std::pin::pin!(borrowed()).poll(&mut cx);
        assert_eq!(polled, std::task::Poll::Ready(Ok(1)));
    }
}

#[cfg(test)]
#[path = "../../shared/tail.rs"]
mod tail;

/// When a temporary in a tail is dropped.
#[cfg(test)]
const BEFORE_LOCALS: bool = true;
