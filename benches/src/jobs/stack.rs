//! The full recommended stack: span, cancellation, total limit, retry, attempt limit.

use std::pin::pin;

use tokio_util::sync::CancellationToken;

use super::{calls, timeout::bytes};
use crate::{
    harness::{
        Against::{BestPeer, Hand},
        Contender, Job,
        Role::{self, Bare, Less, Ours, Peer},
        again, contender, cut_short, meanwhile,
    },
    peers::{composed, execution_policy, hand, ours, seatbelt, tower},
    subject::{self, Outcome},
};

const COMPOSED: &str = "tracing + tokio-util + tokio + backon + tokio: no budget, no outcome";
const NO_CANCEL: &str = "no cancellation, no span, no budget";
const NO_CANCEL_NO_SPAN: &str = "no cancellation, no span";

pub(super) fn jobs() -> Vec<Job> {
    let ahead = |job: Job| job.ahead(Hand, 1.0).ahead(BestPeer, 1.0);
    vec![
        Job::new("stack-ready", "full stack, ready", ready()).goal(Hand, 0.6),
        Job::new("stack-flaky", "full stack, fails twice, zero delay", flaky()).ahead(Hand, 1.0),
        ahead(Job::new("stack-once", "full stack, pending once", once())),
        ahead(Job::new(
            "stack-cancelled",
            "full stack, cancelled while pending",
            cancelled(),
        )),
        ahead(Job::new("stack-cut", "full stack, dropped mid-way", cut())),
        Job::new("stack-64", "full stack, ready, 64-byte argument", small()).ahead(Hand, 0.6),
        Job::new("stack-1k", "full stack, ready, 1 KiB argument", large()).ahead(Hand, 0.6),
    ]
}

fn ready() -> Vec<Contender> {
    let [a, b, c] = std::array::from_fn(|_| CancellationToken::new());
    let policy = execution_policy::stack();
    vec![
        contender(Bare, "the body alone", async |x| subject::ready(x).await),
        contender(Ours, "etiquette", async move |x| ours::stack_ready(&a, x).await),
        contender(Role::Hand, "hand", async move |x| hand::stack_ready(&b, x).await),
        contender(Peer, "composed", async move |x| {
            composed::stack_ready(&c, x).await
        })
        .note(COMPOSED),
        contender(Less, "tower", tower::stack_ready()).note(NO_CANCEL),
        contender(Less, "seatbelt", seatbelt::stack_ready()).note(NO_CANCEL),
        contender(Less, "execution-policy", async move |x| {
            execution_policy::run_ready(&policy, x).await
        })
        .note(NO_CANCEL_NO_SPAN),
    ]
}

fn flaky() -> Vec<Contender> {
    let [a, b] = std::array::from_fn(|_| CancellationToken::new());
    let (one, two) = (calls(), calls());
    vec![
        contender(Ours, "etiquette", async move |x| {
            ours::stack_flaky(&a, x, one).await
        }),
        contender(Role::Hand, "hand", async move |x| {
            hand::stack_flaky(&b, x, two).await
        }),
    ]
}

fn once() -> Vec<Contender> {
    let [a, b, c] = std::array::from_fn(|_| CancellationToken::new());
    let policy = execution_policy::stack();
    let (mut tower, mut seatbelt) = (tower::stack_once(), seatbelt::stack_once());
    vec![
        contender(Ours, "etiquette", async move |x| {
            again(pin!(ours::stack_once(&a, x))).await
        }),
        contender(Role::Hand, "hand", async move |x| {
            again(pin!(hand::stack_once(&b, x))).await
        }),
        contender(Peer, "composed", async move |x| {
            again(pin!(composed::stack_once(&c, x))).await
        })
        .note(COMPOSED),
        contender(Less, "tower", async move |x| again(pin!(tower(x))).await).note(NO_CANCEL),
        contender(Less, "seatbelt", async move |x| again(pin!(seatbelt(x))).await).note(NO_CANCEL),
        contender(Less, "execution-policy", async move |x| {
            again(pin!(execution_policy::run_once(&policy, x))).await
        })
        .note(NO_CANCEL_NO_SPAN),
    ]
}

/// A token for one call, cancelled once the call is pending.
async fn stopped(call: impl AsyncFnOnce(&CancellationToken) -> Outcome) -> Outcome {
    let token = CancellationToken::new();
    meanwhile(pin!(call(&token)), || token.cancel()).await
}

fn cancelled() -> Vec<Contender> {
    vec![
        contender(Ours, "etiquette", async |x| {
            stopped(async |token| ours::stack_never(token, x).await).await
        }),
        contender(Role::Hand, "hand", async |x| {
            stopped(async |token| hand::stack_never(token, x).await).await
        }),
        contender(Peer, "composed", async |x| {
            stopped(async |token| composed::stack_never(token, x).await).await
        })
        .note(COMPOSED),
    ]
}

fn cut() -> Vec<Contender> {
    let [a, b, c] = std::array::from_fn(|_| CancellationToken::new());
    let policy = execution_policy::stack();
    let (mut tower, mut seatbelt) = (tower::stack_never(), seatbelt::stack_never());
    vec![
        contender(Ours, "etiquette", async move |x| {
            cut_short(pin!(ours::stack_never(&a, x)), x).await
        }),
        contender(Role::Hand, "hand", async move |x| {
            cut_short(pin!(hand::stack_never(&b, x)), x).await
        }),
        contender(Peer, "composed", async move |x| {
            cut_short(pin!(composed::stack_never(&c, x)), x).await
        })
        .note(COMPOSED),
        contender(Less, "tower", async move |x| cut_short(pin!(tower(x)), x).await).note(NO_CANCEL),
        contender(Less, "seatbelt", async move |x| {
            cut_short(pin!(seatbelt(x)), x).await
        })
        .note(NO_CANCEL),
        contender(Less, "execution-policy", async move |x| {
            cut_short(pin!(execution_policy::run_never(&policy, x)), x).await
        })
        .note(NO_CANCEL_NO_SPAN),
    ]
}

fn small() -> Vec<Contender> {
    let [a, b] = std::array::from_fn(|_| CancellationToken::new());
    vec![
        contender(Ours, "etiquette", async move |x| {
            ours::stack_64(&a, bytes(x)).await
        }),
        contender(Role::Hand, "hand", async move |x| {
            hand::stack_64(&b, bytes(x)).await
        }),
    ]
}

fn large() -> Vec<Contender> {
    let [a, b] = std::array::from_fn(|_| CancellationToken::new());
    vec![
        contender(Ours, "etiquette", async move |x| {
            ours::stack_1k(&a, bytes(x)).await
        }),
        contender(Role::Hand, "hand", async move |x| {
            hand::stack_1k(&b, bytes(x)).await
        }),
    ]
}
