//! The load: every order and every page of the plan at its time, each by the next free customer.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use indicatif::ProgressBar;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::cli::Plan;
use crate::customer::{Customer, Ordered, View};
use crate::shop::Order;

/// The shop closes this long after the last order: some customers are still waiting then.
const LAST_CALL: Duration = Duration::from_millis(50);

/// One order, as its customer saw it.
pub(crate) struct Sample {
    pub(crate) number: usize,
    pub(crate) key: String,
    /// When the order was due, from the start of the load.
    pub(crate) due: Duration,
    /// Counted from when the order was due, so that a late start is not hidden.
    pub(crate) latency: Duration,
    pub(crate) ordered: Ordered,
}

/// One page, as its customer saw it; the times as above.
pub(crate) struct Look {
    pub(crate) latency: Duration,
    pub(crate) view: View,
}

/// All that the customers saw.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) samples: Vec<Sample>,
    pub(crate) looks: Vec<Look>,
}

/// Places the orders of `plan` and looks at its pages until that is done or `closing` is cancelled, which happens by
/// itself shortly after the last one. Orders under way are always seen through.
pub(crate) async fn run(
    plan: Plan,
    customer: Customer,
    closing: CancellationToken,
    bar: ProgressBar,
) -> anyhow::Result<Seen> {
    let queue = Arc::new(Queue {
        errands: errands(&plan),
        start: Instant::now(),
        next: AtomicUsize::new(0),
        customer,
        bar,
    });
    let mut customers = JoinSet::new();
    for _ in 0..plan.customers {
        customers.spawn(Arc::clone(&queue).work(closing.clone()));
    }
    tokio::select! {
        () = sleep_until(queue.start + plan.ends() + LAST_CALL) => closing.cancel(),
        () = closing.cancelled() => {}
    }
    let mut seen = Seen::default();
    while let Some(served) = customers.join_next().await {
        let mut served = served.context("a customer's task did not end by itself")?;
        seen.samples.append(&mut served.samples);
        seen.looks.append(&mut served.looks);
    }
    queue.bar.abandon();
    seen.samples.sort_by_key(|sample| sample.number);
    Ok(seen)
}

/// What a customer comes for, by its number in the plan.
#[derive(Clone, Copy)]
enum Errand {
    Order(usize),
    Look(usize),
}

/// All errands, in the order of time.
fn errands(plan: &Plan) -> Vec<(Duration, Errand)> {
    let orders = (0..plan.orders()).map(|number| (plan.order_due(number), Errand::Order(number)));
    let looks = (0..plan.paced).map(|number| (plan.visit_due(number), Errand::Look(number)));
    let mut errands: Vec<_> = orders.chain(looks).collect();
    errands.sort_by_key(|(due, _)| *due);
    errands
}

struct Queue {
    errands: Vec<(Duration, Errand)>,
    start: Instant,
    next: AtomicUsize,
    customer: Customer,
    bar: ProgressBar,
}

impl Queue {
    /// One customer after another, each with the next errand in the queue.
    async fn work(self: Arc<Self>, closing: CancellationToken) -> Seen {
        let mut seen = Seen::default();
        loop {
            let next = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(&(due, errand)) = self.errands.get(next) else {
                return seen;
            };
            tokio::select! {
                biased;
                () = closing.cancelled() => return seen,
                () = sleep_until(self.start + due) => {}
            }
            let latency = || (self.start + due).elapsed();
            match errand {
                Errand::Order(number) => {
                    let order = order(number);
                    let ordered = self.customer.order(&order).await;
                    seen.samples.push(Sample {
                        number,
                        key: order.key,
                        due,
                        latency: latency(),
                        ordered,
                    });
                }
                Errand::Look(number) => {
                    let view = self.customer.look(item(number), &Plan::visit(number)).await;
                    seen.looks.push(Look {
                        latency: latency(),
                        view,
                    });
                }
            }
            self.bar.inc(1);
        }
    }
}

/// The order of this number is the same in every run.
fn order(number: usize) -> Order {
    let cents = 990 + (number as u32 * 37) % 9_000;
    Order {
        key: Plan::order(number),
        item: item(number).to_owned(),
        cents,
    }
}

fn item(number: usize) -> &'static str {
    let items = ["kettle", "lamp", "chair", "radio", "clock"];
    items[number % items.len()]
}
