//! A cancellation is never retried, whatever the options say.

use crate::support::{Error, ms, runs};
use etiquette::{Cancelled, Class, Stopped, TimedOut, retry};
use std::io;

fn stopped(stop: impl Into<Stopped>) -> Stopped {
    stop.into()
}

#[tokio::test(start_paused = true)]
async fn cancelled_is_never_retried_also_under_any() {
    #[retry(attempts = 2, when = any)]
    async fn classified(error: &dyn Fn() -> Error) -> Result<(), Error> {
        Err(error())
    }
    #[retry(attempts = 2, when = any)]
    async fn of_anyhow(error: &dyn Fn() -> anyhow::Error) -> anyhow::Result<()> {
        Err(error())
    }
    #[retry(attempts = 2, when = any)]
    async fn of_io(error: &dyn Fn() -> io::Error) -> io::Result<()> {
        Err(error())
    }
    #[derive(Debug, thiserror::Error)]
    #[error("says nothing itself")]
    struct Unclassified(#[source] Stopped);
    #[retry(attempts = 2, when = any)]
    async fn by_source(error: &dyn Fn() -> Unclassified) -> Result<(), Unclassified> {
        Err(error())
    }
    let stop = || stopped(Cancelled::new("f"));
    assert_eq!(runs!(classified, Error::from(stop())), 1);
    assert_eq!(runs!(of_anyhow, anyhow::Error::new(stop()).context("sync")), 1);
    assert_eq!(runs!(of_io, io::Error::from(stop())), 1);
    assert_eq!(runs!(by_source, Unclassified(stop())), 1);
    // The same errors around something else are retried.
    assert_eq!(runs!(of_anyhow, anyhow::anyhow!("busy")), 2);
    assert_eq!(
        runs!(by_source, Unclassified(stopped(TimedOut::new("f", ms(1))))),
        2
    );
}

#[tokio::test(start_paused = true)]
async fn cancelled_is_never_retried_also_when_a_predicate_says_yes() {
    #[retry(attempts = 2, when = |_| true)]
    async fn yes(error: &dyn Fn() -> Error) -> Result<(), Error> {
        Err(error())
    }
    #[retry(attempts = 2, when = |_| Class::Transient)]
    async fn transient(error: &dyn Fn() -> Error) -> Result<(), Error> {
        Err(error())
    }
    #[retry(attempts = 2, when_result = |_| true)]
    async fn by_result(error: &dyn Fn() -> Error) -> Result<(), Error> {
        Err(error())
    }
    let cancelled = || Error::from(stopped(Cancelled::new("f")));
    assert_eq!(runs!(yes, cancelled()), 1);
    assert_eq!(runs!(transient, cancelled()), 1);
    assert_eq!(runs!(by_result, cancelled()), 1);
    assert_eq!(runs!(yes, Error::Bad), 2);
    assert_eq!(runs!(transient, Error::Bad), 2);
    assert_eq!(runs!(by_result, Error::Bad), 2);
}
