//! The two services that the shop depends on, `inventory` and `payments`: real servers on loopback that do their work
//! once per order, however often they are asked, and misbehave as [`fault`] says.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use tokio::net::TcpListener;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use crate::cli::Plan;
use fault::{Fault, Hand, Profile};
use wire::{Scissors, Wires};

pub(crate) mod fault;
mod wire;

/// What a service refuses with while it is busy or browned out: whole seconds, as the header has it.
const RETRY_AFTER: &str = "1";

/// One service and what it has seen.
pub(crate) struct Upstream {
    profile: Profile,
    seed: u64,
    brown_out: Option<BrownOut>,
    /// Calls per order.
    calls: Mutex<HashMap<String, u32>>,
    /// Orders the work was done for.
    done: Mutex<HashSet<String>>,
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
    pub(crate) brown_out: AtomicU64,
}

/// A stretch of time in which everything is refused: it begins with the first order from `from` on that comes in.
struct BrownOut {
    from: String,
    lasts: Duration,
    began: OnceLock<Instant>,
}

impl Upstream {
    pub(crate) fn inventory(plan: &Plan) -> Arc<Self> {
        Self::new(fault::INVENTORY, plan, None)
    }

    pub(crate) fn payments(plan: &Plan) -> Arc<Self> {
        let brown_out = BrownOut {
            from: Plan::key(plan.brown_out_at),
            lasts: plan.brown_out,
            began: OnceLock::new(),
        };
        Self::new(fault::PAYMENTS, plan, Some(brown_out))
    }

    fn new(profile: Profile, plan: &Plan, brown_out: Option<BrownOut>) -> Arc<Self> {
        let (calls, done) = Default::default();
        Arc::new(Self {
            profile,
            seed: plan.seed,
            brown_out,
            calls,
            done,
            met: Met::default(),
        })
    }

    pub(crate) async fn serve(
        self: Arc<Self>,
        listener: TcpListener,
        stop: CancellationToken,
    ) -> std::io::Result<()> {
        let app = Router::new()
            .route("/{order}", post(answer))
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
    fn receive(&self, order: &str) -> Hand {
        let ordinal = *lock(&self.calls)
            .entry(order.to_owned())
            .and_modify(|calls| *calls += 1)
            .or_insert(1);
        Met::count(&self.met.calls);
        let mut hand = self.profile.deal(self.seed, order, ordinal);
        let brown_out = self.brown_out.as_ref();
        if brown_out.is_some_and(|brown_out| brown_out.hits(order)) {
            Met::count(&self.met.brown_out);
            hand.fault = Fault::Busy;
        }
        hand
    }
}

impl Met {
    fn count(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

impl BrownOut {
    fn hits(&self, order: &str) -> bool {
        let began = match self.began.get() {
            Some(began) => began,
            None if order >= self.from.as_str() => self.began.get_or_init(Instant::now),
            None => return false,
        };
        began.elapsed() < self.lasts
    }
}

/// `POST /{order}`: the same order twice is one reservation, one charge.
async fn answer(
    State((upstream, stop)): State<(Arc<Upstream>, CancellationToken)>,
    ConnectInfo(connection): ConnectInfo<Scissors>,
    Path(order): Path<String>,
) -> Response {
    let hand = upstream.receive(&order);
    let met = &upstream.met;
    sleep(hand.work).await;
    match hand.fault {
        Fault::None => {}
        Fault::Slow(more) => {
            Met::count(&met.slow);
            sleep(more).await;
        }
        Fault::Busy => {
            Met::count(&met.busy);
            return (
                StatusCode::SERVICE_UNAVAILABLE,
                [(header::RETRY_AFTER, RETRY_AFTER)],
            )
                .into_response();
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
    let answer = format!("{}-{order}", upstream.profile.name);
    lock(&upstream.done).insert(order);
    answer.into_response()
}

/// Nothing panics while holding these; and if something did, a counter is still a counter.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
