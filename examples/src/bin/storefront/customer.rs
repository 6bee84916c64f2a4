//! One customer: looks at a page, or orders; waits as long as people do, comes back when told to, and when in doubt
//! finds out what became of the order.

use std::time::Duration;

use anyhow::Context as _;
use axum::http::StatusCode;
use etiquette::{Limits as _, retry, with_timeout};
use reqwest::{Client, Response};
use tokio::time::{Instant, sleep};

use crate::shop::error::{Kind, Problem};
use crate::shop::upstreams::retry_after;
use crate::shop::{Fate, Order, Page};
use crate::upstream::fault::dice;

/// What the customer knows of an order in the end.
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

/// What the customer saw of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum View {
    Whole,
    /// All but the instalments.
    Partly,
    Failed,
    LeftWaiting,
}

/// How an order went.
pub(crate) struct Ordered {
    pub(crate) outcome: Outcome,
    /// How long it took until the first answer, or until the customer left without one.
    pub(crate) first_answer: Duration,
    /// How often the customer came back, as told.
    pub(crate) came_back: u32,
}

pub(crate) struct Customer {
    http: Client,
    shop: String,
    patience: Duration,
}

/// The first answer, before anything was asked again.
enum Answer {
    Placed,
    /// The time says when to come back, where it is worth it.
    Turned(Kind, Option<Duration>),
    None,
}

impl Customer {
    pub(crate) fn new(shop: &str, patience: Duration) -> anyhow::Result<Self> {
        let http = Client::builder()
            .no_proxy()
            // Customers share no connections, and those who are served hang up.
            .pool_max_idle_per_host(0)
            .build()
            .context("building the customers' HTTP client")?;
        Ok(Self {
            http,
            shop: shop.to_owned(),
            patience,
        })
    }

    pub(crate) async fn look(&self, item: &str, visit: &str) -> View {
        match self.page(item, visit).with_timeout(self.patience).await {
            Ok(Ok(Page {
                instalments: Some(_), ..
            })) => View::Whole,
            Ok(Ok(_)) => View::Partly,
            Ok(Err(_)) => View::Failed,
            Err(_) => View::LeftWaiting,
        }
    }

    async fn page(&self, item: &str, visit: &str) -> reqwest::Result<Page> {
        let page = self
            .http
            .get(format!("{}/items/{item}/{visit}", self.shop))
            .send()
            .await?;
        page.error_for_status()?.json().await
    }

    pub(crate) async fn order(&self, order: &Order) -> Ordered {
        let came = Instant::now();
        let leaves = came + self.patience;
        let (mut first_answer, mut came_back) = (None, 0);
        let answer = loop {
            // Dropping the request closes its connection, as closing the browser tab would.
            let answer = match self.place(order).with_timeout_at(leaves).await {
                Ok(Ok(answer)) => answer,
                Ok(Err(_)) | Err(_) => Answer::None,
            };
            first_answer.get_or_insert_with(|| came.elapsed());
            match answer {
                Answer::Turned(_, Some(after)) if Instant::now() + after < leaves => {
                    came_back += 1;
                    sleep(after + late(order, came_back)).await;
                }
                answer => break answer,
            }
        };
        Ordered {
            outcome: self.settle(order, answer).await,
            first_answer: first_answer.unwrap_or_default(),
            came_back,
        }
    }

    async fn settle(&self, order: &Order, answer: Answer) -> Outcome {
        let unplaced = match answer {
            Answer::Placed => return Outcome::Placed,
            Answer::Turned(kind, _) => Outcome::Turned(kind),
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
        let response = self.http.post(self.orders()).json(order).send().await?;
        if response.status() == StatusCode::CREATED {
            return Ok(Answer::Placed);
        }
        let come_back = retry_after(&response);
        Ok(Answer::Turned(kind(response).await?, come_back))
    }

    fn orders(&self) -> String {
        format!("{}/orders", self.shop)
    }

    /// Asks until somebody answers: while the shop closes it still answers this.
    #[retry(attempts = 20, constant(100ms), when = any, budget = none)]
    #[with_timeout(2s, attempt)]
    async fn withdraw(&self, key: &str) -> anyhow::Result<Fate> {
        let response = self
            .http
            .delete(format!("{}/{key}", self.orders()))
            .send()
            .await?;
        Ok(response.error_for_status()?.json().await?)
    }
}

/// Nobody comes back on the second: up to a quarter of one later.
fn late(order: &Order, time: u32) -> Duration {
    Duration::from_millis(dice(0, &["late", &order.key], time).u64(0..250))
}

async fn kind(response: Response) -> reqwest::Result<Kind> {
    Ok(response.json::<Problem>().await?.kind)
}
