//! Retry: succeeds at once, after a wait, at the third attempt; dropped while it waits.

use std::{pin::pin, sync::Arc};

use super::calls;
use crate::{
    harness::{
        Against::{BestPeer, Hand},
        Contender, Job,
        Role::{self, Less, Ours, Peer},
        again, contender, cut_short,
    },
    peers::{
        backon, execution_policy, hand, ours, retry_if, seatbelt, tokio_retry, tokio_retry2, tower,
        tower_resilience, tryhard,
    },
    subject::{self, Calls},
};

const NO_BUDGET: &str = "no budget";
const NO_DELAY: &str = "no budget; no delay, its users write that";
const ALL_ERRORS: &str = "no budget, no classes";
const NO_JITTER: &str = "no budget, no jitter";
const MILLISECOND: &str = "no budget; a delay of zero takes a millisecond";

pub(super) fn jobs() -> Vec<Job> {
    vec![
        Job::new("retry-ready", "retry, first try succeeds", ready()).goal(Hand, 1.1),
        Job::new("retry-flaky", "retry, fails twice, zero delay", flaky()).goal(Hand, 1.2),
        Job::new(
            "retry-flaky-unbudgeted",
            "retry without a budget, fails twice, zero delay",
            flaky_unbudgeted(),
        )
        .ahead(Hand, 1.2)
        .ahead(BestPeer, 1.0),
        Job::new("retry-once", "retry, body pending once", once()).ahead(Hand, 1.1),
        Job::new("retry-cut", "retry, dropped mid-way", cut()).ahead(Hand, 1.1),
    ]
}

fn ready() -> Vec<Contender> {
    let policy = execution_policy::retry();
    vec![
        contender(Role::Bare, "the body alone", async |x| subject::ready(x).await),
        contender(Ours, "etiquette", async |x| ours::retry_ready(x).await),
        contender(Role::Hand, "hand", async |x| hand::retry_ready(x).await),
        contender(Less, "hand, bare loop", async |x| hand::retry_bare(x).await)
            .note("no budget, no classes, no log"),
        contender(Less, "backon", async |x| backon::retry_ready(x).await).note(NO_BUDGET),
        contender(Less, "tokio-retry", async |x| tokio_retry::retry_ready(x).await).note(NO_BUDGET),
        contender(Less, "tokio-retry2", async |x| tokio_retry2::retry_ready(x).await).note(NO_JITTER),
        contender(Less, "tryhard", async |x| tryhard::retry_ready(x).await).note(ALL_ERRORS),
        contender(Less, "retry-if", async |x| retry_if::retry_ready(x).await).note(NO_JITTER),
        contender(Less, "tower", tower::retry_ready()).note(NO_DELAY),
        contender(Less, "tower-resilience", tower_resilience::retry_ready()).note(NO_BUDGET),
        contender(Less, "seatbelt", seatbelt::retry_ready()).note(NO_BUDGET),
        contender(Less, "execution-policy", async move |x| {
            execution_policy::run_ready(&policy, x).await
        })
        .note(NO_BUDGET),
    ]
}

fn flaky() -> Vec<Contender> {
    let (one, two) = (calls(), calls());
    vec![
        contender(Ours, "etiquette", async |x| ours::retry_flaky(x, one).await),
        contender(Role::Hand, "hand", async |x| hand::retry_flaky(x, two).await),
    ]
}

fn flaky_unbudgeted() -> Vec<Contender> {
    let [a, b, c, d, e, f] = std::array::from_fn(|_| calls());
    let policy = execution_policy::retry_at_once();
    vec![
        contender(Ours, "etiquette", async |x| {
            ours::retry_flaky_unbudgeted(x, a).await
        }),
        contender(Role::Hand, "hand", async |x| {
            hand::retry_flaky_unbudgeted(x, b).await
        }),
        contender(Peer, "backon", async |x| backon::retry_flaky(x, c).await)
            .note("with a sleeper that is ready; no log"),
        contender(Peer, "tower", tower::retry_flaky(Arc::new(Calls::default()))).note("no log"),
        contender(Peer, "execution-policy", async move |x| {
            execution_policy::run_flaky(&policy, x, d).await
        })
        .note("no log"),
        contender(Less, "tokio-retry", async |x| {
            tokio_retry::retry_flaky(x, e).await
        })
        .note(MILLISECOND),
        contender(Less, "tokio-retry2", async |x| {
            tokio_retry2::retry_flaky(x, f).await
        })
        .note(MILLISECOND),
    ]
}

fn once() -> Vec<Contender> {
    let policy = execution_policy::retry();
    vec![
        contender(Ours, "etiquette", async |x| {
            again(pin!(ours::retry_once(x))).await
        }),
        contender(Role::Hand, "hand", async |x| {
            again(pin!(hand::retry_once(x))).await
        }),
        contender(Less, "backon", async |x| again(pin!(backon::retry_once(x))).await).note(NO_BUDGET),
        contender(Less, "tokio-retry", async |x| {
            again(pin!(tokio_retry::retry_once(x))).await
        })
        .note(NO_BUDGET),
        contender(Less, "tokio-retry2", async |x| {
            again(pin!(tokio_retry2::retry_once(x))).await
        })
        .note(NO_JITTER),
        contender(Less, "tryhard", async |x| {
            again(pin!(tryhard::retry_once(x))).await
        })
        .note(ALL_ERRORS),
        contender(Less, "retry-if", async |x| {
            again(pin!(retry_if::retry_once(x))).await
        })
        .note(NO_JITTER),
        driven("tower", tower::retry_once()).note(NO_DELAY),
        driven("tower-resilience", tower_resilience::retry_once()).note(NO_BUDGET),
        driven("seatbelt", seatbelt::retry_once()).note(NO_BUDGET),
        contender(Less, "execution-policy", async move |x| {
            again(pin!(execution_policy::run_once(&policy, x))).await
        })
        .note(NO_BUDGET),
    ]
}

fn driven(name: &'static str, mut call: impl AsyncFnMut(u64) -> subject::Outcome + 'static) -> Contender {
    contender(Less, name, async move |x| again(pin!(call(x))).await)
}

fn cut() -> Vec<Contender> {
    let policy = execution_policy::retry();
    let mut tower = tower::retry_never();
    let mut seatbelt = seatbelt::retry_never();
    vec![
        contender(Ours, "etiquette", async |x| {
            cut_short(pin!(ours::retry_never(x)), x).await
        }),
        contender(Role::Hand, "hand", async |x| {
            cut_short(pin!(hand::retry_never(x)), x).await
        }),
        contender(Less, "backon", async |x| {
            cut_short(pin!(backon::retry_never(x)), x).await
        })
        .note(NO_BUDGET),
        contender(Less, "tokio-retry", async |x| {
            cut_short(pin!(tokio_retry::retry_never(x)), x).await
        })
        .note(NO_BUDGET),
        contender(Less, "tokio-retry2", async |x| {
            cut_short(pin!(tokio_retry2::retry_never(x)), x).await
        })
        .note(NO_JITTER),
        contender(Less, "tryhard", async |x| {
            cut_short(pin!(tryhard::retry_never(x)), x).await
        })
        .note(ALL_ERRORS),
        contender(Less, "retry-if", async |x| {
            cut_short(pin!(retry_if::retry_never(x)), x).await
        })
        .note(NO_JITTER),
        contender(Less, "tower", async move |x| cut_short(pin!(tower(x)), x).await).note(NO_DELAY),
        contender(Less, "seatbelt", async move |x| {
            cut_short(pin!(seatbelt(x)), x).await
        })
        .note(NO_BUDGET),
        contender(Less, "execution-policy", async move |x| {
            cut_short(pin!(execution_policy::run_never(&policy, x)), x).await
        })
        .note(NO_BUDGET),
    ]
}
