//! Hedges whose first run is fast, and the recommended stack in full.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::{
    harness::{
        Against::{self, Named},
        Contender, Job,
        Role::{Bare, Hand, Ours, Peer},
        contender,
    },
    peers::{breakers, hand, hedged, limiters, ours_layers, seatbelt},
    subject,
};

const MEASURES: &str = "measures when to hedge";

pub(super) fn jobs() -> Vec<Job> {
    vec![
        Job::new("hedge-ready", "hedge, fast primary", ready()).goal(Named("seatbelt"), 0.3),
        Job::new("recommended-ready", "recommended stack, ready", recommended()).goal(Against::Hand, 0.6),
    ]
}

fn ready() -> Vec<Contender> {
    vec![
        contender(Bare, "the body alone", async |x| subject::ready(x).await),
        contender(Ours, "etiquette", async |x| ours_layers::hedged(x).await),
        contender(Peer, "seatbelt", seatbelt::hedged()),
        contender(Peer, "hedged", hedged::ready()).note(MEASURES),
    ]
}

fn recommended() -> Vec<Contender> {
    let [a, b] = std::array::from_fn(|_| CancellationToken::new());
    let (breaker, rate) = (breakers::breaker(), limiters::governor());
    let places = Arc::new(Semaphore::new(64));
    vec![
        contender(Bare, "the body alone", async |x| subject::ready(x).await),
        contender(Ours, "etiquette", async move |x| {
            ours_layers::recommended(&a, x).await
        }),
        contender(Hand, "hand", async move |x| {
            hand::recommended(&b, &breaker, &rate, &places, x).await
        })
        .note("tokio, tokio-util, tracing, breaker, governor"),
    ]
}
