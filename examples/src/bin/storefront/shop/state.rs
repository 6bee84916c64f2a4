//! What the handlers share, and the server they run in.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use axum::Router;
use axum::routing::{delete, post};
use reqwest::Client;
use sqlx::SqlitePool;
use tokio_util::sync::CancellationToken;

use super::tally::Tally;
use super::{Style, annotated, db, plain};
use crate::serve::Server;

/// State of one shop.
pub(crate) struct Shop {
    pub(super) http: Client,
    pub(super) inventory: String,
    pub(super) payments: String,
    pub(super) db: SqlitePool,
    /// Cancelled at closing time: orders still unpaid by then are turned away.
    pub(super) closing: CancellationToken,
    pub(crate) tally: Arc<Tally>,
}

impl Shop {
    pub(crate) async fn open(
        file: &Path,
        inventory: &Server,
        payments: &Server,
        closing: CancellationToken,
    ) -> anyhow::Result<Arc<Self>> {
        // No timeout here, as in four of five clients in real code: limits belong to operations, not to the client.
        let http = Client::builder()
            .no_proxy()
            .build()
            .context("building the shop's HTTP client")?;
        let db = db::open(file)
            .await
            .with_context(|| format!("opening {}", file.display()))?;
        let (inventory, payments) = (inventory.url().to_owned(), payments.url().to_owned());
        Ok(Arc::new(Self {
            http,
            inventory,
            payments,
            db,
            closing,
            tally: Arc::default(),
        }))
    }

    pub(crate) fn router(self: Arc<Self>, style: Style) -> Router {
        let router = match style {
            Style::Plain => Router::new()
                .route("/orders", post(plain::place))
                .route("/orders/{key}", delete(plain::withdraw)),
            Style::Annotated => Router::new()
                .route("/orders", post(annotated::place))
                .route("/orders/{key}", delete(annotated::withdraw)),
        };
        router.with_state(self)
    }

    /// Waits until every connection to the database is back and closed.
    pub(crate) async fn close(&self) {
        self.db.close().await;
    }
}
