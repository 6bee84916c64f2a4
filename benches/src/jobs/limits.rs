//! Concurrency and rate limits that never say no: what it costs to ask; one thread and two.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::{
    harness::{
        Against::{BestPeer, Named},
        Contender, Job,
        Role::{Bare, Less, Ours, Peer},
        contender, shared,
    },
    peers::{execution_policy, limiters, ours_layers, tower, tower_resilience},
    subject,
};

const COUNTER: &str = "on the processor's counter, by the crate quanta";
const EXCLUSIVE: &str = "one caller at a time: nothing is shared";

pub(super) fn jobs() -> Vec<Job> {
    vec![
        Job::new("limit-ready", "concurrency limit, a slot is free", slots())
            .goal(Named("Semaphore::acquire"), 1.1),
        Job::new("limit-2", "one concurrency limit, 2 threads", shared_slots(2))
            .goal(BestPeer, 1.0)
            .threaded(),
        Job::new("rate-tokio", "rate limit, Tokio's clock", rates())
            .goal(Named("one reading of the clock"), 1.4),
        Job::new("rate-monotonic", "rate limit, MonotonicClock", monotonic())
            .goal(Named("governor, std's clock"), 1.0)
            .ahead(Named("governor"), 1.0),
        Job::new(
            "rate-2",
            "one rate limit, MonotonicClock, 2 threads",
            shared_rates(2),
        )
        .goal(BestPeer, 1.0)
        .threaded(),
    ]
}

fn slots() -> Vec<Contender> {
    let (semaphore, policy) = (Semaphore::new(64), execution_policy::limit());
    vec![
        contender(Bare, "the body alone", async |x| subject::ready(x).await),
        contender(Ours, "etiquette", async |x| ours_layers::limit(x).await),
        contender(Peer, "Semaphore::acquire", async move |x| {
            limiters::acquire(&semaphore, x).await
        }),
        contender(Less, "tower", tower::limited()).note(EXCLUSIVE),
        contender(Peer, "tower-resilience", tower_resilience::limited()),
        contender(Peer, "execution-policy", async move |x| {
            execution_policy::run_ready(&policy, x).await
        }),
    ]
}

fn shared_slots(count: u32) -> Vec<Contender> {
    let semaphore = Arc::new(Semaphore::new(64));
    vec![
        shared(count, Ours, "etiquette", || async |x| ours_layers::limit(x).await),
        shared(count, Peer, "Semaphore::acquire", move || {
            let semaphore = Arc::clone(&semaphore);
            async move |x| limiters::acquire(&semaphore, x).await
        }),
    ]
}

fn rates() -> Vec<Contender> {
    vec![
        contender(Bare, "the body alone", async |x| subject::ready(x).await),
        contender(Ours, "etiquette", async |x| ours_layers::rate(x).await),
        contender(Less, "one reading of the clock", async |x| {
            limiters::clock_read(x).await
        }),
        contender(Peer, "leaky-bucket", limiters::leaky_bucket()),
        contender(Less, "tower", tower::rated()).note(EXCLUSIVE),
        contender(Peer, "tower-resilience", tower_resilience::rated()),
    ]
}

fn monotonic() -> Vec<Contender> {
    let (counter, std) = (limiters::governor(), limiters::governor_monotonic());
    vec![
        contender(Bare, "the body alone", async |x| subject::ready(x).await),
        contender(Ours, "etiquette", async |x| ours_layers::rate_monotonic(x).await),
        contender(Peer, "governor", async move |x| {
            limiters::governed(&counter, x).await
        })
        .note(COUNTER),
        contender(Peer, "governor, std's clock", async move |x| {
            limiters::governed(&std, x).await
        }),
    ]
}

fn shared_rates(count: u32) -> Vec<Contender> {
    let std = limiters::governor_monotonic();
    vec![
        shared(count, Ours, "etiquette", || {
            async |x| ours_layers::rate_monotonic(x).await
        }),
        shared(count, Peer, "governor, std's clock", move || {
            let std = Arc::clone(&std);
            async move |x| limiters::governed(&std, x).await
        }),
    ]
}
