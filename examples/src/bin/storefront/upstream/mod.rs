//! The three services that the shop depends on, `inventory`, `payments` and `catalogue`: real servers on loopback that
//! do their work once per order, however often they are asked, and misbehave as [`fault`], [`crowd`] and the plan say.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use axum::Router;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use crate::cli::Plan;
use crowd::Crowd;
use fault::{Fault, Hand, Profile};
use wire::{Scissors, Wires};

mod crowd;
pub(crate) mod fault;
mod wire;

/// What a service refuses with while it is busy: whole seconds, as the header has it.
const RETRY_AFTER: &str = "1";

/// One service and what it has seen.
pub(crate) struct Upstream {
    profile: Profile,
    seed: u64,
    outage: Option<Outage>,
    /// Calls per order or visit.
    calls: Mutex<HashMap<String, u32>>,
    /// Orders the work was done for.
    done: Mutex<HashSet<String>>,
    pub(crate) crowd: Crowd,
    pub(crate) met: Met,
}

/// How many calls came in, and how many met which fault.
#[derive(Default)]
pub(crate) struct Met {
    pub(crate) calls: AtomicU64,
    pub(crate) slow: AtomicU64,
    pub(crate) busy: AtomicU64,
    pub(crate) reset: AtomicU64,
    pub(crate) hung: AtomicU64,
    pub(crate) outage: AtomicU64,
}

/// A stretch of time in which calls get no answer at all.
struct Outage {
    plan: Plan,
    /// The first call: the time of the plan counts from there.
    since: OnceLock<Instant>,
}

impl Upstream {
    pub(crate) fn inventory(plan: &Plan) -> Arc<Self> {
        Self::new(fault::INVENTORY, plan, None)
    }

    pub(crate) fn payments(plan: &Plan) -> Arc<Self> {
        let outage = Outage {
            plan: *plan,
            since: OnceLock::new(),
        };
        Self::new(fault::PAYMENTS, plan, Some(outage))
    }

    pub(crate) fn catalogue(plan: &Plan) -> Arc<Self> {
        Self::new(fault::CATALOGUE, plan, None)
    }

    fn new(profile: Profile, plan: &Plan, outage: Option<Outage>) -> Arc<Self> {
        let (calls, done) = Default::default();
        Arc::new(Self {
            crowd: Crowd::new(profile.best_at),
            profile,
            seed: plan.seed,
            outage,
            calls,
            done,
            met: Met::default(),
        })
    }

    pub(crate) fn name(&self) -> &'static str {
        self.profile.name
    }

    pub(crate) async fn serve(
        self: Arc<Self>,
        listener: TcpListener,
        stop: CancellationToken,
    ) -> std::io::Result<()> {
        let app = Router::new()
            .route("/{key}", get(tell).post(work))
            .with_state((self, stop.clone()));
        axum::serve(
            Wires(listener),
            app.into_make_service_with_connect_info::<Scissors>(),
        )
        .with_graceful_shutdown(stop.cancelled_owned())
        .await
    }

    /// How many orders this service did its work for that are not among `orders`.
    pub(crate) fn done_without(&self, orders: &HashSet<String>) -> usize {
        lock(&self.done).difference(orders).count()
    }

    /// Counts the call and decides what it has coming.
    fn receive(&self, key: &str) -> Hand {
        let ordinal = *lock(&self.calls)
            .entry(key.to_owned())
            .and_modify(|calls| *calls += 1)
            .or_insert(1);
        Met::count(&self.met.calls);
        let mut hand = self.profile.deal(self.seed, key, ordinal);
        if self.outage.as_ref().is_some_and(Outage::is_on) {
            Met::count(&self.met.outage);
            hand.fault = Fault::Hang;
        }
        hand
    }
}

impl Met {
    fn count(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

impl Outage {
    fn is_on(&self) -> bool {
        let since = self.since.get_or_init(Instant::now);
        self.plan.is_outage(since.elapsed())
    }
}

type Shared = State<(Arc<Upstream>, CancellationToken)>;

/// `GET /{key}`: changes nothing.
async fn tell(shared: Shared, connection: ConnectInfo<Scissors>, Path(key): Path<String>) -> Response {
    answer(shared, connection, &key, || {}).await
}

/// `POST /{key}`: the same order twice is one reservation, one charge.
async fn work(shared: Shared, connection: ConnectInfo<Scissors>, Path(key): Path<String>) -> Response {
    let State((upstream, _)) = &shared;
    let upstream = Arc::clone(upstream);
    let done = || {
        lock(&upstream.done).insert(key.clone());
    };
    answer(shared, connection, &key, done).await
}

async fn answer(
    State((upstream, stop)): Shared,
    ConnectInfo(connection): ConnectInfo<Scissors>,
    key: &str,
    done: impl FnOnce(),
) -> Response {
    let hand = upstream.receive(key);
    let met = &upstream.met;
    upstream.crowd.work(hand.work).await;
    match hand.fault {
        Fault::None => {}
        Fault::Slow(more) => {
            Met::count(&met.slow);
            sleep(more).await;
        }
        Fault::Busy => {
            Met::count(&met.busy);
            let later = [(header::RETRY_AFTER, RETRY_AFTER)];
            return (StatusCode::SERVICE_UNAVAILABLE, later).into_response();
        }
        Fault::Reset { done } => {
            Met::count(&met.reset);
            connection.cut();
            if !done {
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            }
        }
        Fault::Hang => {
            Met::count(&met.hung);
            stop.cancelled().await;
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    }
    done();
    format!("{}-{key}", upstream.profile.name).into_response()
}

/// Nothing panics while holding these; and if something did, a counter is still a counter.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
