//! One trial: a shop of one style, its own three upstream services and its own database file, from opening to closing.

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
use crate::load::{self, Look, Sample};
use crate::serve::Server;
use crate::shop::state::Shop;
use crate::shop::tally::Tally;
use crate::shop::{Style, db};
use crate::upstream::Upstream;

/// What a trial leaves behind.
pub(crate) struct Trial {
    pub(crate) style: Style,
    pub(crate) plan: Plan,
    pub(crate) samples: Vec<Sample>,
    pub(crate) looks: Vec<Look>,
    pub(crate) inventory: Arc<Upstream>,
    pub(crate) payments: Arc<Upstream>,
    pub(crate) catalogue: Arc<Upstream>,
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

        let upstreams = [
            Upstream::inventory(&plan),
            Upstream::payments(&plan),
            Upstream::catalogue(&plan),
        ];
        let [inventory, payments, catalogue] = upstreams.each_ref().map(start);
        let servers = [inventory.await?, payments.await?, catalogue.await?];
        let shop = Shop::open(&file, servers.each_ref(), closing.clone()).await?;
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
        let seen = load::run(plan, customer, closing, bar).await?;

        // From the customers inwards: nobody is told to stop while somebody may still ask them something.
        shop_server.stop().await?;
        let closing_took = closed.await.context("waiting for closing time")?.elapsed();
        for server in servers {
            server.stop().await?;
        }
        shop.close().await;
        let rows = db::placed(&file)
            .await
            .with_context(|| format!("counting the orders in {}", file.display()))?;
        let tally = Arc::clone(&shop.tally);
        let [inventory, payments, catalogue] = upstreams;
        Ok(Self {
            style,
            plan,
            samples: seen.samples,
            looks: seen.looks,
            inventory,
            payments,
            catalogue,
            tally,
            closing_took,
            rows,
        })
    }

    /// How many orders ended in a way that `is` accepts.
    pub(crate) fn count(&self, is: impl Fn(Outcome) -> bool) -> usize {
        self.samples
            .iter()
            .filter(|sample| is(sample.ordered.outcome))
            .count()
    }

    /// Whether the rows in SQLite are exactly the orders that were acknowledged: the same keys, not just as many.
    pub(crate) fn lost_nothing(&self) -> bool {
        let acknowledged = self
            .samples
            .iter()
            .filter(|sample| sample.ordered.outcome.is_acknowledged());
        let acknowledged: HashSet<&str> = acknowledged.map(|sample| sample.key.as_str()).collect();
        acknowledged.len() == self.rows.len()
            && self.rows.iter().all(|key| acknowledged.contains(key.as_str()))
            && self.count(|outcome| outcome == Outcome::Unknown) == 0
    }
}

async fn start(upstream: &Arc<Upstream>) -> anyhow::Result<Server> {
    Server::start(upstream.name(), |on, stop| Arc::clone(upstream).serve(on, stop)).await
}
