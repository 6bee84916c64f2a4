//! Many calls at once: pending timeouts, and cancels that wait for one token.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    task::Poll,
    time::Instant,
};

use tokio_util::sync::CancellationToken;

use super::{Growth, Series};
use crate::{
    harness::block_on,
    peers::{hand, ours, tokio_own},
    subject::{Outcome, digest},
};

type Boxed<'a> = Pin<Box<dyn Future<Output = Outcome> + 'a>>;
type Make = for<'a> fn(&'a CancellationToken, u64) -> Boxed<'a>;

/// What a pending call does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    /// Waits under a timeout; is dropped.
    Timeout,
    /// Waits for one token with all others; is cancelled.
    Cancel,
    /// The full stack; is cancelled.
    Stack,
}

impl Pending {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Timeout, Self::Cancel, Self::Stack];

    /// For people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Timeout => "Pending timeouts: made, polled, dropped",
            Self::Cancel => "Pending calls on one token: made, polled, cancelled",
            Self::Stack => "Pending full stacks on one token: made, polled, cancelled",
        }
    }

    /// Ours first, then that by hand.
    fn contenders(self) -> Vec<(&'static str, Make)> {
        match self {
            Self::Timeout => vec![
                ("etiquette", |_, x| Box::pin(ours::timeout_never(x))),
                ("hand", |_, x| Box::pin(hand::timeout_never(x))),
            ],
            Self::Cancel => vec![
                ("etiquette", |t, x| Box::pin(ours::cancel_never(t, x))),
                ("hand", |t, x| Box::pin(hand::cancel_never(t, x))),
                ("with_cancellation_token", |t, x| {
                    Box::pin(tokio_own::with_token_never(t, x))
                }),
            ],
            Self::Stack => vec![
                ("etiquette", |t, x| Box::pin(ours::stack_never(t, x))),
                ("hand", |t, x| Box::pin(hand::stack_never(t, x))),
            ],
        }
    }
}

/// Makes `count` calls, polls each once, then stops them all. The digests of the results.
fn round(kind: Pending, make: Make, count: u64) -> u64 {
    let token = CancellationToken::new();
    block_on(async {
        let mut calls = start(make, &token, count).await;
        if kind != Pending::Timeout {
            token.cancel();
        }
        let mut sum = 0_u64;
        poll_fn(|cx| {
            for call in &mut calls {
                if kind == Pending::Timeout {
                    continue;
                }
                if let Poll::Ready(out) = call.as_mut().poll(cx) {
                    sum = sum.wrapping_add(digest(&out));
                }
            }
            Poll::Ready(())
        })
        .await;
        drop(calls);
        sum
    })
}

async fn start<'a>(make: Make, token: &'a CancellationToken, count: u64) -> Vec<Boxed<'a>> {
    let mut calls: Vec<Boxed<'a>> = (0..count).map(|x| make(token, x)).collect();
    poll_fn(|cx| {
        for call in &mut calls {
            // Pending for ever, or stopped before it began: the sums would tell.
            let _ = call.as_mut().poll(cx);
        }
        Poll::Ready(())
    })
    .await;
    calls
}

/// Nanoseconds per call, from one pending call to `most`, in the best of some rounds.
///
/// # Errors
///
/// Results that differ between contenders.
#[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
pub fn pending(kind: Pending, most: u64, rounds: usize) -> Result<Growth, String> {
    let contenders = kind.contenders();
    let mut series: Vec<Series> = contenders
        .iter()
        .map(|(name, _)| Series {
            name,
            points: Vec::new(),
        })
        .collect();
    let mut count = 1;
    while count <= most {
        let mut best = vec![f64::INFINITY; contenders.len()];
        let repeats = (10_000 / count).max(1);
        let mut sums = vec![0; contenders.len()];
        for _ in 0..rounds {
            for (at, (_, make)) in contenders.iter().enumerate() {
                let begun = Instant::now();
                for _ in 0..repeats {
                    sums[at] = round(kind, *make, count);
                }
                let each = begun.elapsed().as_secs_f64() * 1e9 / (count * repeats) as f64;
                best[at] = best[at].min(each);
            }
        }
        if sums.iter().any(|sum| *sum != sums[0]) {
            return Err(format!("{kind:?}: contenders disagree: {sums:?}"));
        }
        for (series, best) in series.iter_mut().zip(best) {
            series.points.push((count as f64, best));
        }
        count *= 10;
    }
    Ok(Growth {
        title: kind.title(),
        along: "calls at once",
        unit: "ns per call",
        series,
    })
}

/// Bytes on the heap of one pending call, box included: what `measure` says of `count` calls, less
/// what it says of none. The allocator that counts is the caller's.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
pub fn memory(count: u64, measure: impl Fn(&mut dyn FnMut()) -> u64) -> Vec<(Pending, &'static str, f64)> {
    let mut rows = Vec::new();
    for kind in Pending::ALL {
        for (name, make) in kind.contenders() {
            let held = |count| {
                measure(&mut || {
                    round(kind, make, count);
                })
            };
            // Whatever is made only once.
            held(1);
            let bytes = held(count).saturating_sub(held(0));
            rows.push((kind, name, bytes as f64 / count as f64));
        }
    }
    rows
}
