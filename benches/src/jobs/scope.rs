//! Scopes: that who uses none pays nothing for there being some, and what one costs.
//!
//! The hand-written forms know of no scope at all. A retry looks for one after a failure, a timeout without `inherit`
//! never does, and a task is spawned in one.

use std::{
    cell::Cell,
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use etiquette::{Scope, Tasks};
use tokio::{select, time::timeout_at};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::Instrument;

use super::calls;
use crate::{
    harness::{
        Against::{self, Named},
        Contender, Job,
        Role::{Bare, Hand, Less, Ours, Peer},
        contender,
    },
    peers::{hand, ours},
    subject::{self, Error, Outcome},
};

/// What all scopes here are given: enough for a whole run.
const AMPLE: Duration = Duration::from_secs(86_400);

const INSIDE: &str = "etiquette, in a scope with a deadline";

pub(super) fn jobs() -> Vec<Job> {
    vec![
        Job::new(
            "scope-none-retry-ready",
            "in no scope: retry, first try succeeds",
            retry_ready(),
        )
        .ahead(Against::Hand, 1.1),
        Job::new(
            "scope-none-retry",
            "in no scope: retry, fails twice, zero delay",
            retry(),
        )
        .ahead(Against::Hand, 1.2)
        .ahead(Named(INSIDE), 1.0),
        Job::new(
            "scope-none-timeout-ready",
            "in no scope: timeout, ready",
            timeout(),
        )
        .ahead(Against::Hand, 0.5),
        Job::new(
            "scope-none-spawn",
            "in no scope: a task, spawned and awaited",
            spawn(),
        )
        .ahead(Against::Hand, 1.1),
        Job::new("scope-run-ready", "Scope::run, ready", run()).ahead(Against::Hand, 1.0),
        Job::new(
            "scope-inherit-ready",
            "with_timeout(…, inherit), ready",
            inherit(),
        )
        .ahead(Against::Hand, 1.0),
    ]
}

fn retry_ready() -> Vec<Contender> {
    vec![
        contender(Bare, "the body alone", async |x| subject::ready(x).await),
        contender(Ours, "etiquette", async |x| ours::retry_ready(x).await),
        contender(Hand, "hand", async |x| hand::retry_ready(x).await),
    ]
}

fn retry() -> Vec<Contender> {
    let (one, two, three) = (calls(), calls(), calls());
    let scope = Scope::new().with_timeout(AMPLE);
    vec![
        contender(Ours, "etiquette", async |x| ours::retry_flaky(x, one).await),
        contender(Hand, "hand", async |x| hand::retry_flaky(x, two).await),
        contender(Peer, INSIDE, async move |x| {
            scope.provide(ours::retry_flaky(x, three)).await
        })
        .note("reads the clock after each failure"),
    ]
}

fn timeout() -> Vec<Contender> {
    vec![
        contender(Bare, "the body alone", async |x| subject::ready(x).await),
        contender(Ours, "etiquette", async |x| ours::timeout_ready(x).await),
        contender(Hand, "hand", async |x| hand::timeout_ready(x).await).note("tokio::time::timeout"),
    ]
}

fn spawn() -> Vec<Contender> {
    let (tasks, by_hand, tracker) = (Tasks::new(), Group::default(), TaskTracker::new());
    vec![
        contender(Ours, "etiquette", async move |x| {
            joined(tasks.spawn("job", subject::ready(x)).await)
        }),
        contender(Hand, "hand", async move |x| {
            joined(by_hand.spawn("job", subject::ready(x)).await)
        })
        .note("a TaskTracker, names behind a lock, the span, a log"),
        contender(Less, "a TaskTracker alone", async move |x| {
            joined(tracker.spawn(subject::ready(x)).await)
        })
        .note("no names, no token"),
        contender(Less, "tokio::spawn", async |x| {
            joined(tokio::spawn(subject::ready(x)).await)
        })
        .note("nobody knows of it"),
    ]
}

fn joined<E>(out: Result<Outcome, E>) -> Outcome {
    out.unwrap_or(Err(Error::Cancelled))
}

/// A group of tasks by hand, for a shutdown that names who is left and aborts them: what `Tasks` does, but for scopes.
#[derive(Clone, Default)]
struct Group {
    tracker: TaskTracker,
    running: Arc<Mutex<BTreeMap<u64, Entry>>>,
    begun: Cell<u64>,
}

struct Entry {
    #[allow(dead_code, reason = "for the report of a shutdown")]
    name: &'static str,
    abort: Option<tokio::task::AbortHandle>,
}

struct Place {
    running: Arc<Mutex<BTreeMap<u64, Entry>>>,
    key: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let left = running.remove(&self.key);
        drop(running);
        drop(left);
    }
}

impl Group {
    fn spawn<F>(&self, name: &'static str, work: F) -> tokio::task::JoinHandle<Outcome>
    where
        F: Future<Output = Outcome> + Send + 'static,
    {
        let key = self.begun.replace(self.begun.get() + 1);
        let lock = || self.running.lock().unwrap_or_else(PoisonError::into_inner);
        lock().insert(key, Entry { name, abort: None });
        let place = Place {
            running: Arc::clone(&self.running),
            key,
        };
        let task = async move {
            let _place = place;
            let out = work.await;
            if let Err(error) = &out {
                tracing::error!(task = name, %error, "the task failed");
            }
            out
        };
        let task = self.tracker.spawn(task.in_current_span());
        if let Some(entry) = lock().get_mut(&key) {
            entry.abort = Some(task.abort_handle());
        }
        task
    }
}

tokio::task_local! {
    static BY_HAND: ByHand;
}

/// A scope by hand.
#[derive(Clone)]
struct ByHand {
    token: CancellationToken,
    deadline: tokio::time::Instant,
}

impl ByHand {
    fn ample() -> Self {
        Self {
            token: CancellationToken::new(),
            deadline: tokio::time::Instant::now() + AMPLE,
        }
    }

    async fn run(&self, work: impl Future<Output = Outcome>) -> Outcome {
        let inside = BY_HAND.scope(self.clone(), work);
        select! {
            biased;
            () = self.token.cancelled() => Err(Error::Cancelled),
            out = timeout_at(self.deadline, inside) => out.unwrap_or(Err(Error::TimedOut)),
        }
    }
}

fn run() -> Vec<Contender> {
    let (scope, open, by_hand) = (Scope::new().with_timeout(AMPLE), Scope::new(), ByHand::ample());
    vec![
        contender(Bare, "the body alone", async |x| subject::ready(x).await),
        contender(Ours, "etiquette", async move |x| {
            scope
                .run(subject::ready(x))
                .await
                .unwrap_or_else(|stop| Err(stop.into()))
        }),
        contender(Hand, "hand", async move |x| by_hand.run(subject::ready(x)).await)
            .note("a task-local, a token in a select!, timeout_at"),
        contender(Less, "etiquette, without a deadline", async move |x| {
            open.run(subject::ready(x))
                .await
                .unwrap_or_else(|stop| Err(stop.into()))
        }),
    ]
}

#[etiquette::with_timeout(30s, inherit)]
async fn inheriting(x: u64) -> Outcome {
    subject::ready(x).await
}

async fn inheriting_by_hand(x: u64) -> Outcome {
    let own = tokio::time::Instant::now() + subject::TOTAL;
    let scope = match BY_HAND.try_with(Clone::clone) {
        Ok(outer) => ByHand {
            deadline: own.min(outer.deadline),
            ..outer
        },
        Err(_) => ByHand {
            token: CancellationToken::new(),
            deadline: own,
        },
    };
    let inside = BY_HAND.scope(scope, subject::ready(x));
    timeout_at(own, inside).await.unwrap_or(Err(Error::TimedOut))
}

fn inherit() -> Vec<Contender> {
    vec![
        contender(Ours, "etiquette", async |x| inheriting(x).await),
        contender(Hand, "hand", async |x| inheriting_by_hand(x).await),
    ]
}
