//! One state that one or two threads use at once: a retry budget, a cancellation token.

use std::sync::Arc;

use ::execution_policy::RetryBudget;
use ::tower::retry::budget::TpsBudget;
use tokio_util::sync::CancellationToken;

use crate::{
    harness::{
        Against::{self, BestPeer, Named},
        Contender, Job,
        Role::{Hand, Less, Ours, Peer},
        shared,
    },
    peers::{execution_policy, hand, ours, tokio_own, tower},
};

pub(super) fn jobs() -> Vec<Job> {
    let budget = |job: Job| job.ahead(Against::Hand, 1.1).threaded();
    let token = |job: Job| {
        job.ahead(Named("with_cancellation_token"), 1.0)
            .ahead(Against::Hand, 1.0)
            .threaded()
    };
    vec![
        budget(Job::new("budget-1", "one budget, 1 thread", budgets(1)).ahead(BestPeer, 1.0)),
        budget(Job::new("budget-2", "one budget, 2 threads", budgets(2)).goal(BestPeer, 1.0)),
        token(Job::new("token-1", "one token, 1 thread", tokens(1))),
        token(Job::new("token-2", "one token, 2 threads", tokens(2))),
    ]
}

fn budgets(threads: u32) -> Vec<Contender> {
    let tps = Arc::new(TpsBudget::default());
    let standard = RetryBudget::standard();
    vec![
        shared(threads, Ours, "etiquette", || {
            async |x| ours::retry_ready(x).await
        }),
        shared(threads, Hand, "hand", || async |x| hand::retry_ready(x).await),
        shared(threads, Peer, "tower", move || {
            tower::retry_budget(Arc::clone(&tps))
        })
        .note("TpsBudget"),
        shared(threads, Peer, "execution-policy", move || {
            let policy = execution_policy::retry_budget(&standard);
            async move |x| execution_policy::run_ready(&policy, x).await
        }),
    ]
}

fn tokens(threads: u32) -> Vec<Contender> {
    let [a, b, c, d, e] = std::array::from_fn(|_| CancellationToken::new());
    vec![
        shared(threads, Ours, "etiquette", move || {
            let token = a.clone();
            async move |x| ours::cancel_ready(&token, x).await
        }),
        shared(threads, Hand, "hand", move || {
            let token = b.clone();
            async move |x| hand::cancel_ready(&token, x).await
        })
        .note("select!, biased"),
        shared(threads, Peer, "with_cancellation_token", move || {
            let token = c.clone();
            async move |x| tokio_own::with_token_ready(&token, x).await
        }),
        shared(threads, Peer, "run_until_cancelled", move || {
            let token = d.clone();
            async move |x| tokio_own::run_until_ready(&token, x).await
        }),
        shared(threads, Less, "select!, body first", move || {
            let token = e.clone();
            async move |x| tokio_own::body_first_ready(&token, x).await
        })
        .note("asks the token only when the body is pending"),
    ]
}
