//! Timeouts: ready, pending once, dropped mid-way, and with an argument of 1 KiB.

use std::pin::pin;

use crate::{
    harness::{
        Against::{BestPeer, Named},
        Contender, Job,
        Role::{Bare, Hand, Less, Ours, Peer},
        again, contender, cut_short,
    },
    peers::{
        execution_policy, hand, ours, pingora, seatbelt, tokio_own, tokio_timeout, tower, tower_resilience,
    },
    subject,
};

const OTHER_THREAD: &str = "its timer is a thread of its own, at 10 ms steps";

pub(super) fn jobs() -> Vec<Job> {
    vec![
        Job::new("timeout-ready", "timeout, ready", ready()).goal(BestPeer, 0.5),
        Job::new("timeout-once", "timeout, pending once", once()).goal(Named("hand"), 1.03),
        Job::new("timeout-cut", "timeout, dropped mid-way", cut()).ahead(Named("hand"), 1.03),
        Job::new("timeout-64", "timeout, ready, 64-byte argument", small()).ahead(Named("hand"), 0.5),
        Job::new("timeout-1k", "timeout, ready, 1 KiB argument", large()).ahead(Named("hand"), 0.5),
    ]
}

fn ready() -> Vec<Contender> {
    let policy = execution_policy::timeout();
    vec![
        contender(Bare, "the body alone", async |x| subject::ready(x).await),
        contender(Ours, "etiquette", async |x| ours::timeout_ready(x).await),
        contender(Hand, "hand", async |x| hand::timeout_ready(x).await).note("tokio::time::timeout"),
        contender(Peer, "tokio-util", async |x| tokio_own::timeout_ready(x).await),
        contender(Peer, "tokio-timeout", async |x| {
            tokio_timeout::timeout_ready(x).await
        }),
        contender(Peer, "pingora-timeout", async |x| pingora::timeout_ready(x).await).note(OTHER_THREAD),
        contender(Peer, "tower", tower::timeout_ready()),
        contender(Peer, "tower-resilience", tower_resilience::timeout_ready()),
        contender(Peer, "seatbelt", seatbelt::timeout_ready()),
        contender(Peer, "execution-policy", async move |x| {
            execution_policy::run_ready(&policy, x).await
        }),
    ]
}

fn once() -> Vec<Contender> {
    let policy = execution_policy::timeout();
    let mut tower = tower::timeout_once();
    let mut resilience = tower_resilience::timeout_once();
    let mut seatbelt = seatbelt::timeout_once();
    vec![
        contender(Bare, "the body alone", async |x| {
            again(pin!(subject::once(x))).await
        }),
        contender(Ours, "etiquette", async |x| {
            again(pin!(ours::timeout_once(x))).await
        }),
        contender(Hand, "hand", async |x| again(pin!(hand::timeout_once(x))).await)
            .note("tokio::time::timeout"),
        contender(Less, "set late, by hand", async |x| {
            again(pin!(hand::timeout_late_once(x))).await
        })
        .note("a timer set when the body first waits, and no coop budget: the floor"),
        contender(Peer, "tokio-util", async |x| {
            again(pin!(tokio_own::timeout_once(x))).await
        }),
        contender(Peer, "tokio-timeout", async |x| {
            again(pin!(tokio_timeout::timeout_once(x))).await
        }),
        contender(Peer, "pingora-timeout", async |x| {
            again(pin!(pingora::timeout_once(x))).await
        })
        .note(OTHER_THREAD),
        contender(Peer, "tower", async move |x| again(pin!(tower(x))).await),
        contender(Peer, "tower-resilience", async move |x| {
            again(pin!(resilience(x))).await
        }),
        contender(Peer, "seatbelt", async move |x| again(pin!(seatbelt(x))).await),
        contender(Peer, "execution-policy", async move |x| {
            again(pin!(execution_policy::run_once(&policy, x))).await
        }),
    ]
}

fn cut() -> Vec<Contender> {
    let policy = execution_policy::timeout();
    let mut tower = tower::timeout_never();
    let mut seatbelt = seatbelt::timeout_never();
    vec![
        contender(Ours, "etiquette", async |x| {
            cut_short(pin!(ours::timeout_never(x)), x).await
        }),
        contender(Hand, "hand", async |x| {
            cut_short(pin!(hand::timeout_never(x)), x).await
        })
        .note("tokio::time::timeout"),
        contender(Peer, "tokio-util", async |x| {
            cut_short(pin!(tokio_own::timeout_never(x)), x).await
        }),
        contender(Peer, "pingora-timeout", async |x| {
            cut_short(pin!(pingora::timeout_never(x)), x).await
        })
        .note(OTHER_THREAD),
        contender(Peer, "tower", async move |x| cut_short(pin!(tower(x)), x).await),
        contender(Peer, "seatbelt", async move |x| {
            cut_short(pin!(seatbelt(x)), x).await
        }),
        contender(Peer, "execution-policy", async move |x| {
            cut_short(pin!(execution_policy::run_never(&policy, x)), x).await
        }),
    ]
}

fn small() -> Vec<Contender> {
    vec![
        contender(Ours, "etiquette", async |x| ours::timeout_64(bytes(x)).await),
        contender(Hand, "hand", async |x| hand::timeout_64(bytes(x)).await),
    ]
}

fn large() -> Vec<Contender> {
    vec![
        contender(Ours, "etiquette", async |x| ours::timeout_1k(bytes(x)).await),
        contender(Hand, "hand", async |x| hand::timeout_1k(bytes(x)).await),
    ]
}

/// An argument that depends on the call.
#[inline]
pub(super) fn bytes<const N: usize>(x: u64) -> [u8; N] {
    std::hint::black_box([x.to_le_bytes()[0]; N])
}
