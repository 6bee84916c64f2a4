//! What the tests of schedules look at: the pauses between the runs of one call.

use crate::support::Error;
use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;
use tokio::time::Instant;

/// The pauses before each run but the first.
pub(crate) async fn pauses<F: Future<Output = Result<(), Error>>>(
    call: impl FnOnce(Starts) -> F,
) -> Vec<u64> {
    let starts = Starts::default();
    let out = call(starts.clone()).await;
    assert_eq!(out, Err(Error::Busy));
    let starts = starts.0.borrow();
    starts
        .windows(2)
        .map(|pair| u64::try_from((pair[1] - pair[0]).as_millis()).unwrap())
        .collect()
}

/// When each run began.
#[derive(Clone, Default)]
pub(crate) struct Starts(Rc<RefCell<Vec<Instant>>>);

impl Starts {
    /// Another run, which fails.
    pub(crate) fn fail(&self) -> Result<(), Error> {
        self.0.borrow_mut().push(Instant::now());
        Err(Error::Busy)
    }
}

/// 2000 random pauses of a schedule: from (almost) the lowest to (almost) the highest that there can be, and no other.
/// That 2000 draws miss an outermost tenth happens once in 10^91 runs.
#[track_caller]
pub(crate) fn spread(pauses: &[u64], lowest: u64, highest: u64) {
    let tenth = (highest - lowest) / 10;
    let (min, max) = (*pauses.iter().min().unwrap(), *pauses.iter().max().unwrap());
    assert_eq!(pauses.len(), 2_000);
    assert!((lowest..=lowest + tenth).contains(&min), "the shortest was {min}");
    assert!(
        (highest - tenth..=highest).contains(&max),
        "the longest was {max}"
    );
}
