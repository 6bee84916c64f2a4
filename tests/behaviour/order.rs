//! Written order is run order: for every pair and triple of layers that may stand together, and for whole stacks.
//!
//! Each layer notes when it begins, by an expression in its options: an outer one before an inner one.

use crate::recorder::Recorder;
use crate::support::{Error, Runs, note, notes};
use etiquette::{cancellable, instrument_task, retry, with_timeout};
use std::future::{Future, pending};
use std::time::Duration;

/// Declares a function under the layers named by letters, top first: `I`nstrument, `C`ancellable, `L`imit, `T`otal,
/// `R`etry, `A`ttempt. The body fails once, so that what is below a retry begins twice.
macro_rules! stack {
    (@ $name:ident [I $($rest:ident)*] $($attr:tt)*) => {
        stack!(@ $name [$($rest)*] $($attr)* #[instrument_task(fields(begins = note("I", true)))]);
    };
    (@ $name:ident [C $($rest:ident)*] $($attr:tt)*) => {
        stack!(@ $name [$($rest)*] $($attr)* #[cancellable(future = note("C", pending::<()>()))]);
    };
    (@ $name:ident [L $($rest:ident)*] $($attr:tt)*) => {
        stack!(@ $name [$($rest)*] $($attr)* #[with_timeout(note("L", Duration::MAX))]);
    };
    (@ $name:ident [T $($rest:ident)*] $($attr:tt)*) => {
        stack!(@ $name [$($rest)*] $($attr)* #[with_timeout(note("T", Duration::MAX), total)]);
    };
    (@ $name:ident [A $($rest:ident)*] $($attr:tt)*) => {
        stack!(@ $name [$($rest)*] $($attr)* #[with_timeout(note("A", Duration::MAX), attempt)]);
    };
    (@ $name:ident [R $($rest:ident)*] $($attr:tt)*) => {
        stack!(@ $name [$($rest)*] $($attr)* #[retry(attempts = note("R", 3), constant(0s))]);
    };
    (@ $name:ident [] $($attr:tt)*) => {
        $($attr)*
        async fn $name(runs: Runs) -> Result<u32, Error> {
            note("body", ());
            tokio::task::yield_now().await;
            match runs.next() {
                1 => Err(Error::Busy),
                run => Ok(run),
            }
        }
    };
    ($($layer:ident)*) => {{
        stack!(@ call [$($layer)*]);
        begun(call(Runs::default())).await
    }};
}

async fn begun<F: Future>(call: F) -> String {
    let _recorder = Recorder::install();
    call.await;
    notes()
}

#[tokio::test(start_paused = true)]
async fn each_layer_alone() {
    assert_eq!(stack!(I), "I body");
    assert_eq!(stack!(C), "C body");
    assert_eq!(stack!(L), "L body");
    assert_eq!(stack!(R), "R body body");
}

#[tokio::test(start_paused = true)]
async fn every_pair() {
    assert_eq!(stack!(I C), "I C body");
    assert_eq!(stack!(C I), "C I body");
    assert_eq!(stack!(I L), "I L body");
    assert_eq!(stack!(L I), "L I body");
    assert_eq!(stack!(C L), "C L body");
    assert_eq!(stack!(L C), "L C body");
    assert_eq!(stack!(I R), "I R body body");
    assert_eq!(stack!(R I), "R I body I body");
    assert_eq!(stack!(C R), "C R body body");
    assert_eq!(stack!(T R), "T R body body");
    assert_eq!(stack!(R A), "R A body A body");
}

#[tokio::test(start_paused = true)]
async fn every_triple_without_retry() {
    assert_eq!(stack!(I C L), "I C L body");
    assert_eq!(stack!(I L C), "I L C body");
    assert_eq!(stack!(C I L), "C I L body");
    assert_eq!(stack!(C L I), "C L I body");
    assert_eq!(stack!(L I C), "L I C body");
    assert_eq!(stack!(L C I), "L C I body");
}

#[tokio::test(start_paused = true)]
async fn every_triple_with_retry() {
    assert_eq!(stack!(I C R), "I C R body body");
    assert_eq!(stack!(C I R), "C I R body body");
    assert_eq!(stack!(C R I), "C R I body I body");
    assert_eq!(stack!(I T R), "I T R body body");
    assert_eq!(stack!(T I R), "T I R body body");
    assert_eq!(stack!(T R I), "T R I body I body");
    assert_eq!(stack!(C T R), "C T R body body");
    assert_eq!(stack!(T C R), "T C R body body");
    assert_eq!(stack!(I R A), "I R A body A body");
    assert_eq!(stack!(R I A), "R I A body I A body");
    assert_eq!(stack!(R A I), "R A I body A I body");
    assert_eq!(stack!(C R A), "C R A body A body");
    assert_eq!(stack!(T R A), "T R A body A body");
    assert_eq!(stack!(I R I), "I R I body I body");
}

#[tokio::test(start_paused = true)]
async fn whole_stacks() {
    assert_eq!(stack!(I C T R A), "I C T R A body A body");
    assert_eq!(stack!(I T C R A), "I T C R A body A body");
    assert_eq!(stack!(C I T R A), "C I T R A body A body");
    assert_eq!(stack!(T C I R A), "T C I R A body A body");
    assert_eq!(stack!(C T R I A), "C T R I A body I A body");
    assert_eq!(stack!(C T R A I), "C T R A I body A I body");
    assert_eq!(stack!(I C T R I A), "I C T R I A body I A body");
}
