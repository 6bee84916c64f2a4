//! What the handlers share, and the server they run in.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use axum::Router;
use axum::extract::State;
use axum::middleware::map_response_with_state;
use axum::response::Response;
use axum::routing::{delete, get, post};
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
    pub(super) catalogue: String,
    pub(super) db: SqlitePool,
    /// Cancelled at closing time: orders still unpaid by then are turned away.
    pub(super) closing: CancellationToken,
    pub(crate) tally: Arc<Tally>,
}

impl Shop {
    pub(crate) async fn open(
        file: &Path,
        [inventory, payments, catalogue]: [&Server; 3],
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
        Ok(Arc::new(Self {
            http,
            inventory: inventory.url().to_owned(),
            payments: payments.url().to_owned(),
            catalogue: catalogue.url().to_owned(),
            db,
            closing,
            tally: Arc::default(),
        }))
    }

    pub(crate) fn router(self: Arc<Self>, style: Style) -> Router {
        let router = match style {
            Style::Plain => Router::new()
                .route("/items/{item}/{key}", get(plain::page))
                .route("/orders", post(plain::place))
                .route("/orders/{key}", delete(plain::withdraw)),
            Style::Annotated => Router::new()
                .route("/items/{item}/{key}", get(annotated::page))
                .route("/orders", post(annotated::place))
                .route("/orders/{key}", delete(annotated::withdraw)),
        };
        router
            .layer(map_response_with_state(Arc::clone(&self), count))
            .with_state(self)
    }

    /// Waits until every connection to the database is back and closed.
    pub(crate) async fn close(&self) {
        self.db.close().await;
    }
}

/// What a shop keeps its figures by.
async fn count(State(shop): State<Arc<Shop>>, answer: Response) -> Response {
    shop.tally.answered(&answer);
    answer
}
