//! Runners below ours: the stack is lowered first, and the runner finds an `async fn`.

use crate::{Error, tick};
use etiquette::{retry, with_timeout};

// H145
#[with_timeout(1s)]
#[tokio::test]
async fn returns_a_result() -> Result<(), Error> {
    tick().await;
    Ok(())
}

#[with_timeout(1s, total)]
#[retry(attempts = 2)]
#[tokio::test(start_paused = true)]
async fn retried() -> Result<(), Error> {
    tick().await;
    Ok(())
}

#[with_timeout(1s)]
#[tokio::test]
async fn returns_nothing() {
    tick().await;
}

// The stop of a test that returns nothing is a panic with the text of the stop. Not a `#[should_panic]` test: the
// text is compared whole.
mod stopped {
    #[etiquette::with_timeout(1s)]
    #[crate::runners::bench]
    pub(super) async fn hangs() {
        std::future::pending().await
    }
}

// `bench` is a runner by name; tokio's `main` by nature, so that the test can call it.
pub(crate) use self::paused_main as bench;
pub(crate) use tokio::main as paused_main;

#[test]
fn a_stopped_test_panics_with_its_text() {
    let panic = std::panic::catch_unwind(stopped::hangs).unwrap_err();
    assert_eq!(
        panic.downcast_ref::<String>().map(String::as_str),
        Some("hangs timed out after 1s")
    );
}

#[test]
fn main_may_be_timed() {
    #[with_timeout(1s)]
    #[tokio::main(flavor = "current_thread")]
    async fn main() -> Result<(), Error> {
        tick().await;
        Ok(())
    }
    main().unwrap();
}
