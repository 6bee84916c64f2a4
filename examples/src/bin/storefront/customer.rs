//! One customer: orders, waits as long as people do, and when in doubt finds out what became of the order.

use std::time::Duration;

use anyhow::Context as _;
use axum::http::StatusCode;
use etiquette::{Limits as _, retry, with_timeout};
use reqwest::Client;

use crate::shop::error::{Kind, Problem};
use crate::shop::{Fate, Order};

/// What the customer knows in the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// Confirmed while the customer waited.
    Placed,
    /// Placed all the same, as the customer found out by asking afterwards.
    PlacedUnseen,
    /// Turned away with a reason, and not placed.
    Turned(Kind),
    /// The customer ran out of patience, and the order was not placed.
    LeftWaiting,
    /// Nobody could say whether the order was placed: this must never happen.
    Unknown,
}

impl Outcome {
    /// Whether the customer holds a confirmed order.
    pub(crate) fn is_acknowledged(self) -> bool {
        matches!(self, Self::Placed | Self::PlacedUnseen)
    }
}

pub(crate) struct Customer {
    http: Client,
    orders: String,
    patience: Duration,
}

/// The first answer, before anything was asked again.
enum Answer {
    Placed,
    Turned(Kind),
    None,
}

impl Customer {
    pub(crate) fn new(shop: &str, patience: Duration) -> anyhow::Result<Self> {
        let http = Client::builder()
            .no_proxy()
            .build()
            .context("building the customers' HTTP client")?;
        Ok(Self {
            http,
            orders: format!("{shop}/orders"),
            patience,
        })
    }

    pub(crate) async fn order(&self, order: &Order) -> Outcome {
        // Dropping the request closes its connection, as closing the browser tab would.
        let answer = match self.place(order).with_timeout(self.patience).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) | Err(_) => Answer::None,
        };
        let unplaced = match answer {
            Answer::Placed => return Outcome::Placed,
            Answer::Turned(kind) => Outcome::Turned(kind),
            Answer::None => Outcome::LeftWaiting,
        };
        // Only 201 is certain: any failure may have come after the commit.
        match self.withdraw(&order.key).await {
            Ok(Fate::Withdrawn) => unplaced,
            Ok(Fate::Placed) => Outcome::PlacedUnseen,
            Err(_) => Outcome::Unknown,
        }
    }

    async fn place(&self, order: &Order) -> reqwest::Result<Answer> {
        let response = self.http.post(&self.orders).json(order).send().await?;
        if response.status() == StatusCode::CREATED {
            return Ok(Answer::Placed);
        }
        Ok(Answer::Turned(response.json::<Problem>().await?.kind))
    }

    /// Asks until somebody answers: while the shop closes it still answers this.
    #[retry(attempts = 5, constant(100ms), when = any)]
    #[with_timeout(2s, attempt)]
    async fn withdraw(&self, key: &str) -> anyhow::Result<Fate> {
        let response = self.http.delete(format!("{}/{key}", self.orders)).send().await?;
        Ok(response.error_for_status()?.json().await?)
    }
}
