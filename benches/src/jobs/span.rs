//! Spans that nobody listens to.

use std::pin::pin;

use crate::{
    harness::{
        Against::Named,
        Contender, Job,
        Role::{Bare, Hand, Less, Ours, Peer},
        again, contender, cut_short,
    },
    peers::{fastrace, hand, ours, tracing},
    subject,
};

const OFF: &str = "compiled to nothing";
const NO_OUTCOME: &str = "no outcome, attempts, elapsed";

pub(super) fn jobs() -> Vec<Job> {
    let ahead = |job: Job| job.ahead(Named("tracing"), 1.0);
    vec![
        Job::new("span-ready", "instrument, nothing listening", ready()).goal(Named("tracing"), 1.0),
        ahead(Job::new(
            "span-err",
            "instrument with `err`, nothing listening",
            err(),
        )),
        ahead(Job::new(
            "span-once",
            "instrument, nothing listening, pending once",
            once(),
        )),
        ahead(Job::new(
            "span-cut",
            "instrument, nothing listening, dropped mid-way",
            cut(),
        )),
    ]
}

fn ready() -> Vec<Contender> {
    vec![
        contender(Bare, "the body alone", async |x| subject::ready(x).await),
        contender(Ours, "etiquette", async |x| ours::span_ready(x).await),
        contender(Hand, "hand", async |x| hand::span_ready(x).await).note("records the outcome"),
        contender(Peer, "tracing", async |x| tracing::span_ready(x).await).note(NO_OUTCOME),
        contender(Less, "fastrace", async |x| fastrace::span_ready(x).await).note(OFF),
    ]
}

fn err() -> Vec<Contender> {
    vec![
        contender(Ours, "etiquette", async |x| ours::span_err(x).await),
        contender(Hand, "hand", async |x| hand::span_err(x).await).note("records the outcome"),
        contender(Peer, "tracing", async |x| tracing::span_err(x).await).note(NO_OUTCOME),
    ]
}

fn once() -> Vec<Contender> {
    vec![
        contender(Ours, "etiquette", async |x| again(pin!(ours::span_once(x))).await),
        contender(Hand, "hand", async |x| again(pin!(hand::span_once(x))).await).note("records the outcome"),
        contender(Peer, "tracing", async |x| {
            again(pin!(tracing::span_once(x))).await
        })
        .note(NO_OUTCOME),
        contender(Less, "fastrace", async |x| {
            again(pin!(fastrace::span_once(x))).await
        })
        .note(OFF),
    ]
}

fn cut() -> Vec<Contender> {
    vec![
        contender(Ours, "etiquette", async |x| {
            cut_short(pin!(ours::span_never(x)), x).await
        }),
        contender(Hand, "hand", async |x| {
            cut_short(pin!(hand::span_never(x)), x).await
        })
        .note("records the outcome"),
        contender(Peer, "tracing", async |x| {
            cut_short(pin!(tracing::span_never(x)), x).await
        })
        .note(NO_OUTCOME),
    ]
}
