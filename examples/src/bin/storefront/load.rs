//! The load: every order of the plan at its time, each by the next free customer.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use indicatif::ProgressBar;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::cli::Plan;
use crate::customer::{Customer, Outcome};
use crate::shop::Order;

/// The shop closes this long after the last order: some customers are still waiting then.
const LAST_CALL: Duration = Duration::from_millis(50);

/// One order, as its customer saw it.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) key: String,
    /// When the order was due, from the start of the load.
    pub(crate) due: Duration,
    /// Counted from when the order was due, so that a late start is not hidden.
    pub(crate) latency: Duration,
    pub(crate) outcome: Outcome,
}

/// Places the orders of `plan` until they are all placed or `closing` is cancelled, which happens by itself shortly
/// after the last one. Orders under way are always seen through.
pub(crate) async fn run(
    plan: Plan,
    customer: Customer,
    closing: CancellationToken,
    bar: ProgressBar,
) -> anyhow::Result<Vec<Sample>> {
    let queue = Arc::new(Queue {
        plan,
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
        () = sleep_until(queue.due(plan.orders) + LAST_CALL) => closing.cancel(),
        () = closing.cancelled() => {}
    }
    let mut samples = Vec::with_capacity(plan.orders);
    while let Some(served) = customers.join_next().await {
        samples.extend(served.context("a customer's task did not end by itself")?);
    }
    queue.bar.abandon();
    samples.sort_by_key(|sample| sample.due);
    Ok(samples)
}

struct Queue {
    plan: Plan,
    start: Instant,
    next: AtomicUsize,
    customer: Customer,
    bar: ProgressBar,
}

impl Queue {
    fn due(&self, order: usize) -> Instant {
        self.start + self.plan.pace.mul_f64(order as f64)
    }

    /// One customer after another, each with the next order in the queue.
    async fn work(self: Arc<Self>, closing: CancellationToken) -> Vec<Sample> {
        let mut samples = Vec::new();
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if number >= self.plan.orders {
                return samples;
            }
            let due = self.due(number);
            tokio::select! {
                biased;
                () = closing.cancelled() => return samples,
                () = sleep_until(due) => {}
            }
            let order = order(number);
            let outcome = self.customer.order(&order).await;
            let (latency, due) = (due.elapsed(), due - self.start);
            self.bar.inc(1);
            samples.push(Sample {
                key: order.key,
                due,
                latency,
                outcome,
            });
        }
    }
}

/// The order of this number is the same in every run.
fn order(number: usize) -> Order {
    let items = ["kettle", "lamp", "chair", "radio", "clock"];
    let cents = 990 + (number as u32 * 37) % 9_000;
    Order {
        key: Plan::key(number),
        item: items[number % items.len()].to_owned(),
        cents,
    }
}
