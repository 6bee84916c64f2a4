//! Circuit breakers, closed: every call succeeds, or one of a hundred fails; one thread and two.

use std::sync::Arc;

use crate::{
    harness::{
        Against::BestPeer,
        Contender, Job,
        Role::{Bare, Less, Ours, Peer},
        contender, shared,
    },
    peers::{breakers, execution_policy, ours_layers, seatbelt, tower_resilience},
    subject,
};

const TIME_ONLY: &str = "its window is one of time";
const IN_A_ROW: &str = "failures in a row, no window";

pub(super) fn jobs() -> Vec<Job> {
    vec![
        Job::new("breaker-ready", "breaker closed, ready", ready()).goal(BestPeer, 0.4),
        Job::new("breaker-seldom", "breaker closed, 1 of 100 fails", seldom()).ahead(BestPeer, 1.0),
        Job::new("breaker-2", "one breaker, 2 threads", threads(2))
            .goal(BestPeer, 1.0)
            .threaded(),
        Job::new(
            "breaker-seldom-2",
            "one breaker, 2 threads, 1 of 100 fails",
            seldom_threads(2),
        )
        .goal(BestPeer, 1.0)
        .threaded(),
    ]
}

fn ready() -> Vec<Contender> {
    let (breaker, recloser, policy) = (
        breakers::breaker(),
        breakers::recloser(),
        execution_policy::breaker(),
    );
    vec![
        contender(Bare, "the body alone", async |x| subject::ready(x).await),
        contender(Ours, "etiquette", async |x| ours_layers::breaker(x).await),
        contender(Less, "two loads", async |x| breakers::two_loads(x).await)
            .note("no window: the least that any breaker costs"),
        contender(Peer, "breaker", async move |x| {
            breakers::breaker_ready(&breaker, x).await
        }),
        contender(Peer, "recloser", async move |x| {
            breakers::recloser_ready(&recloser, x).await
        }),
        contender(Peer, "failsafe", breakers::failsafe_ready()).note(TIME_ONLY),
        contender(Peer, "seatbelt", seatbelt::breaker()).note(TIME_ONLY),
        contender(Peer, "tower-resilience", tower_resilience::breaker()),
        contender(Less, "execution-policy", async move |x| {
            execution_policy::run_ready(&policy, x).await
        })
        .note(IN_A_ROW),
    ]
}

fn seldom() -> Vec<Contender> {
    let (breaker, recloser) = (breakers::breaker(), breakers::recloser());
    vec![
        contender(Bare, "the body alone", async |x| subject::seldom(x).await),
        contender(Ours, "etiquette", async |x| ours_layers::breaker_seldom(x).await),
        contender(Peer, "breaker", async move |x| {
            breakers::breaker_seldom(&breaker, x).await
        }),
        contender(Peer, "recloser", async move |x| {
            breakers::recloser_seldom(&recloser, x).await
        }),
    ]
}

fn threads(count: u32) -> Vec<Contender> {
    let (breaker, recloser) = (breakers::breaker(), Arc::new(breakers::recloser()));
    vec![
        shared(count, Ours, "etiquette", || {
            async |x| ours_layers::breaker(x).await
        }),
        shared(count, Peer, "breaker", move || {
            let breaker = Arc::clone(&breaker);
            async move |x| breakers::breaker_ready(&breaker, x).await
        }),
        shared(count, Peer, "recloser", move || {
            let recloser = Arc::clone(&recloser);
            async move |x| breakers::recloser_ready(&recloser, x).await
        }),
    ]
}

fn seldom_threads(count: u32) -> Vec<Contender> {
    let (breaker, recloser) = (breakers::breaker(), Arc::new(breakers::recloser()));
    vec![
        shared(count, Ours, "etiquette", || {
            async |x| ours_layers::breaker_seldom(x).await
        }),
        shared(count, Peer, "breaker", move || {
            let breaker = Arc::clone(&breaker);
            async move |x| breakers::breaker_seldom(&breaker, x).await
        }),
        shared(count, Peer, "recloser", move || {
            let recloser = Arc::clone(&recloser);
            async move |x| breakers::recloser_seldom(&recloser, x).await
        }),
    ]
}
