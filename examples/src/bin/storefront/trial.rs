//! One trial: a shop of one style, its own two upstream services and its own database file, from opening to closing.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use indicatif::ProgressBar;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::cli::Plan;
use crate::customer::{Customer, Outcome};
use crate::load::{self, Sample};
use crate::serve::Server;
use crate::shop::state::Shop;
use crate::shop::tally::Tally;
use crate::shop::{Style, db};
use crate::upstream::Upstream;

/// What a trial leaves behind.
pub(crate) struct Trial {
    pub(crate) style: Style,
    pub(crate) samples: Vec<Sample>,
    pub(crate) inventory: Arc<Upstream>,
    pub(crate) payments: Arc<Upstream>,
    pub(crate) tally: Arc<Tally>,
    /// From closing time until the last order was settled and the last connection closed.
    pub(crate) closing_took: Duration,
    /// The keys in the database, read after everything was closed.
    pub(crate) rows: HashSet<String>,
}

impl Trial {
    /// Runs until the plan is done or `stop` is cancelled; the shop is told to close either way.
    pub(crate) async fn run(
        style: Style,
        plan: Plan,
        folder: &Path,
        stop: &CancellationToken,
        bar: ProgressBar,
    ) -> anyhow::Result<Self> {
        let file = folder.join(format!("{}.sqlite", style.name()));
        let closing = stop.child_token();

        let (inventory, payments) = (Upstream::inventory(&plan), Upstream::payments(&plan));
        let inventory_server =
            Server::start("inventory", |on, stop| Arc::clone(&inventory).serve(on, stop)).await?;
        let payments_server =
            Server::start("payments", |on, stop| Arc::clone(&payments).serve(on, stop)).await?;
        let shop = Shop::open(&file, &inventory_server, &payments_server, closing.clone()).await?;
        let router = Arc::clone(&shop).router(style);
        let shop_server = Server::start("the shop", |on, stop| {
            axum::serve(on, router)
                .with_graceful_shutdown(stop.cancelled_owned())
                .into_future()
        })
        .await?;
        let customer = Customer::new(shop_server.url(), plan.patience)?;

        let closed = {
            let closing = closing.clone();
            tokio::spawn(async move {
                closing.cancelled().await;
                Instant::now()
            })
        };
        let samples = load::run(plan, customer, closing, bar).await?;

        // From the customers inwards: nobody is told to stop while somebody may still ask them something.
        shop_server.stop().await?;
        let closing_took = closed.await.context("waiting for closing time")?.elapsed();
        payments_server.stop().await?;
        inventory_server.stop().await?;
        shop.close().await;
        let rows = db::placed(&file)
            .await
            .with_context(|| format!("counting the orders in {}", file.display()))?;
        let tally = Arc::clone(&shop.tally);
        Ok(Self {
            style,
            samples,
            inventory,
            payments,
            tally,
            closing_took,
            rows,
        })
    }

    /// How many orders ended in a way that `is` accepts.
    pub(crate) fn count(&self, is: impl Fn(Outcome) -> bool) -> usize {
        self.samples.iter().filter(|sample| is(sample.outcome)).count()
    }

    /// Whether the rows in SQLite are exactly the orders that were acknowledged: the same keys, not just as many.
    pub(crate) fn lost_nothing(&self) -> bool {
        let acknowledged = self
            .samples
            .iter()
            .filter(|sample| sample.outcome.is_acknowledged());
        let acknowledged: HashSet<&str> = acknowledged.map(|sample| sample.key.as_str()).collect();
        acknowledged.len() == self.rows.len()
            && self.rows.iter().all(|key| acknowledged.contains(key.as_str()))
            && self.count(|outcome| outcome == Outcome::Unknown) == 0
    }
}
