//! Cancellation: ready, pending once, cancelled while pending, cancelled before, dropped mid-way.

use std::pin::pin;

use tokio_util::sync::CancellationToken;

use crate::{
    harness::{
        Against::{self, Named},
        Contender, Job,
        Role::{Bare, Hand, Less, Ours, Peer},
        again, contender, cut_short, meanwhile,
    },
    peers::{hand, ours, tokio_own},
    subject::{self, Outcome},
};

const TOKEN: &str = "with_cancellation_token";
const BODY_FIRST: &str = "asks the token only when the body is pending";

pub(super) fn jobs() -> Vec<Job> {
    let ahead = |job: Job| job.ahead(Named(TOKEN), 1.0).ahead(Against::Hand, 1.0);
    vec![
        Job::new("cancel-ready", "cancel, ready, cancel-first", ready())
            .goal(Named(TOKEN), 1.0)
            .goal(Against::Hand, 0.3),
        ahead(Job::new("cancel-once", "cancel, pending once", once())),
        ahead(Job::new("cancel-pending", "cancelled while pending", pending())),
        ahead(Job::new("cancel-before", "cancelled before the call", before())),
        ahead(Job::new("cancel-cut", "cancel, dropped mid-way", cut())),
    ]
}

fn ready() -> Vec<Contender> {
    let [a, b, c, d, e, f] = std::array::from_fn(|_| CancellationToken::new());
    vec![
        contender(Bare, "the body alone", async |x| subject::ready(x).await),
        contender(Ours, "etiquette", async move |x| ours::cancel_ready(&a, x).await),
        contender(Hand, "hand", async move |x| hand::cancel_ready(&b, x).await).note("select!, biased"),
        contender(Peer, TOKEN, async move |x| {
            tokio_own::with_token_ready(&c, x).await
        })
        .note("body first"),
        contender(Peer, "run_until_cancelled", async move |x| {
            tokio_own::run_until_ready(&d, x).await
        }),
        contender(Less, "select!, body first", async move |x| {
            tokio_own::body_first_ready(&e, x).await
        })
        .note(BODY_FIRST),
        contender(Less, "is_cancelled", async move |x| hand::asked_once(&f, x).await)
            .note("the floor of cancel-first: asks once, then never again"),
    ]
}

fn once() -> Vec<Contender> {
    let [a, b, c, d, e] = std::array::from_fn(|_| CancellationToken::new());
    vec![
        contender(Ours, "etiquette", async move |x| {
            again(pin!(ours::cancel_once(&a, x))).await
        }),
        contender(Hand, "hand", async move |x| {
            again(pin!(hand::cancel_once(&b, x))).await
        })
        .note("select!, biased"),
        contender(Peer, TOKEN, async move |x| {
            again(pin!(tokio_own::with_token_once(&c, x))).await
        })
        .note("body first"),
        contender(Peer, "run_until_cancelled", async move |x| {
            again(pin!(tokio_own::run_until_once(&d, x))).await
        }),
        contender(Less, "select!, body first", async move |x| {
            again(pin!(tokio_own::body_first_once(&e, x))).await
        })
        .note(BODY_FIRST),
    ]
}

/// A token for one call, cancelled once the call is pending.
async fn stopped(call: impl AsyncFnOnce(&CancellationToken) -> Outcome) -> Outcome {
    let token = CancellationToken::new();
    meanwhile(pin!(call(&token)), || token.cancel()).await
}

/// A token for one call, cancelled before it.
async fn refused(call: impl AsyncFnOnce(&CancellationToken) -> Outcome) -> Outcome {
    let token = CancellationToken::new();
    token.cancel();
    call(&token).await
}

fn pending() -> Vec<Contender> {
    vec![
        contender(Ours, "etiquette", async |x| {
            stopped(async |token| ours::cancel_never(token, x).await).await
        }),
        contender(Hand, "hand", async |x| {
            stopped(async |token| hand::cancel_never(token, x).await).await
        })
        .note("select!, biased"),
        contender(Peer, TOKEN, async |x| {
            stopped(async |token| tokio_own::with_token_never(token, x).await).await
        }),
        contender(Peer, "run_until_cancelled", async |x| {
            stopped(async |token| tokio_own::run_until_never(token, x).await).await
        }),
        contender(Peer, "select!, body first", async |x| {
            stopped(async |token| tokio_own::body_first_never(token, x).await).await
        }),
    ]
}

fn before() -> Vec<Contender> {
    vec![
        contender(Ours, "etiquette", async |x| {
            refused(async |token| ours::cancel_never(token, x).await).await
        }),
        contender(Hand, "hand", async |x| {
            refused(async |token| hand::cancel_never(token, x).await).await
        })
        .note("select!, biased"),
        contender(Peer, TOKEN, async |x| {
            refused(async |token| tokio_own::with_token_never(token, x).await).await
        })
        .note("starts the body"),
        contender(Peer, "run_until_cancelled", async |x| {
            refused(async |token| tokio_own::run_until_never(token, x).await).await
        }),
    ]
}

fn cut() -> Vec<Contender> {
    let [a, b, c, d] = std::array::from_fn(|_| CancellationToken::new());
    vec![
        contender(Ours, "etiquette", async move |x| {
            cut_short(pin!(ours::cancel_never(&a, x)), x).await
        }),
        contender(Hand, "hand", async move |x| {
            cut_short(pin!(hand::cancel_never(&b, x)), x).await
        })
        .note("select!, biased"),
        contender(Peer, TOKEN, async move |x| {
            cut_short(pin!(tokio_own::with_token_never(&c, x)), x).await
        }),
        contender(Peer, "run_until_cancelled", async move |x| {
            cut_short(pin!(tokio_own::run_until_never(&d, x)), x).await
        }),
    ]
}
