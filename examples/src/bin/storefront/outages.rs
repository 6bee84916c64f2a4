//! What a customer sees while a dependency is down: each is taken away in turn, where the shop calls it.
//!
//! On the real clock: the customer, the shop and SQLite talk over sockets and files. The upstream services behind the
//! faults are well; what the shop does when they are not is what is asked.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use etiquette::testing::{self, Recorder, faults};
use reqwest::{Client, Response, header};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::serve::Server;
use crate::shop::annotated::{PAYMENTS, QUOTA};
use crate::shop::error::{Error, Kind, Problem};
use crate::shop::state::Shop;
use crate::shop::{Fate, Order, Page, Style};

/// A shop and its customer, with every dependency in good health.
struct Town {
    shop: Arc<Shop>,
    servers: Vec<Server>,
    url: String,
    customer: Client,
    orders: u32,
    _folder: TempDir,
}

/// What the customer sees of a request: the status, what the body says went wrong, whether to come back.
#[derive(Debug, PartialEq)]
struct Seen {
    status: StatusCode,
    kind: Option<Kind>,
    come_back: bool,
}

const fn seen(status: StatusCode, kind: Kind) -> Seen {
    let come_back = matches!(kind, Kind::CircuitOpen | Kind::AtCapacity);
    Seen {
        status,
        kind: Some(kind),
        come_back,
    }
}

const PLACED: Seen = Seen {
    status: StatusCode::CREATED,
    kind: None,
    come_back: false,
};

impl Town {
    async fn open() -> anyhow::Result<Self> {
        payments_recover();
        let folder = tempfile::tempdir()?;
        let upstream = |name| {
            Server::start(name, |on, stop| {
                serve(on, stop, Router::new().fallback(|| async { "fine" }))
            })
        };
        let upstreams = [
            upstream("inventory").await?,
            upstream("payments").await?,
            upstream("catalogue").await?,
        ];
        let file = folder.path().join("orders.sqlite");
        let shop = Shop::open(&file, upstreams.each_ref(), CancellationToken::new()).await?;
        let router = Arc::clone(&shop).router(Style::Annotated);
        let server = Server::start("the shop", |on, stop| serve(on, stop, router)).await?;
        Ok(Self {
            shop,
            url: server.url().to_owned(),
            servers: [server].into_iter().chain(upstreams).collect(),
            customer: Client::builder().no_proxy().build()?,
            orders: 0,
            _folder: folder,
        })
    }

    async fn close(self) -> anyhow::Result<()> {
        drop(self.customer);
        for server in self.servers {
            server.stop().await?;
        }
        self.shop.close().await;
        payments_recover();
        Ok(())
    }

    /// Orders something new.
    async fn order(&mut self) -> anyhow::Result<Seen> {
        self.orders += 1;
        let order = Order {
            key: format!("order-{}", self.orders),
            item: "tea".to_owned(),
            cents: 495,
        };
        let orders = format!("{}/orders", self.url);
        of(self.customer.post(orders).json(&order).send().await?).await
    }

    /// Takes back the latest order.
    async fn withdraw(&self) -> anyhow::Result<Result<Fate, Seen>> {
        let order = format!("{}/orders/order-{}", self.url, self.orders);
        let response = self.customer.delete(order).send().await?;
        Ok(match response.status() {
            StatusCode::OK => Ok(response.json().await?),
            _ => Err(of(response).await?),
        })
    }

    /// Looks at a page: the price and the instalments.
    async fn look(&self) -> anyhow::Result<Result<(String, Option<String>), Seen>> {
        let page = format!("{}/items/tea/1", self.url);
        let response = self.customer.get(page).send().await?;
        Ok(match response.status() {
            StatusCode::OK => {
                let Page { price, instalments } = response.json().await?;
                Ok((price, instalments))
            }
            _ => Err(of(response).await?),
        })
    }
}

async fn serve(on: tokio::net::TcpListener, stop: CancellationToken, router: Router) -> std::io::Result<()> {
    axum::serve(on, router)
        .with_graceful_shutdown(stop.cancelled_owned())
        .await
}

async fn of(response: Response) -> anyhow::Result<Seen> {
    let status = response.status();
    let come_back = response.headers().contains_key(header::RETRY_AFTER);
    let kind = match status.is_success() {
        true => None,
        false => Some(response.json::<Problem>().await?.kind),
    };
    Ok(Seen {
        status,
        kind,
        come_back,
    })
}

fn busy() -> Error {
    Error::Busy {
        service: "it",
        retry_after: None,
    }
}

fn whole() -> (String, Option<String>) {
    ("fine".to_owned(), Some("fine".to_owned()))
}

/// One after the other: they share the circuit of `payments`, which is the process's.
#[tokio::test]
async fn each_dependency_in_turn() -> anyhow::Result<()> {
    let _alone = crate::ALONE.lock().await;
    let _own = testing::isolate();
    // The pauses of retries are not what is asked here.
    let _quick = testing::no_delays();
    let mut town = Town::open().await?;
    assert_eq!(town.look().await?, Ok(whole()));
    assert_eq!(town.order().await?, PLACED);

    no_catalogue(&mut town).await?;
    no_inventory(&mut town).await?;
    no_payments(&mut town).await?;
    no_database(&mut town).await?;

    // And nothing of it stays.
    assert_eq!(town.look().await?, Ok(whole()));
    assert_eq!(town.order().await?, PLACED);
    town.close().await
}

/// Without prices there is no page; orders do not ask for them.
async fn no_catalogue(town: &mut Town) -> anyhow::Result<()> {
    let down = faults().on("annotated::price").fail(busy);
    assert_eq!(
        town.look().await?,
        Err(seen(StatusCode::BAD_GATEWAY, Kind::Upstream))
    );
    // It was asked twice: the hedge does not wait for a run that has failed.
    assert_eq!(down.strikes(), 2);
    assert_eq!(town.order().await?, PLACED);
    drop(down);

    // One answer that is lost is not noticed.
    let lost = faults().on("annotated::price").first(1).hang();
    assert_eq!(town.look().await?, Ok(whole()));
    assert_eq!(lost.calls(), 2);
    drop(lost);

    let _gone = faults().on("annotated::price").hang();
    assert_eq!(
        town.look().await?,
        Err(seen(StatusCode::GATEWAY_TIMEOUT, Kind::TimedOut))
    );
    Ok(())
}

/// Nothing can be ordered; pages are whole.
async fn no_inventory(town: &mut Town) -> anyhow::Result<()> {
    let recorder = Recorder::install();
    let down = faults().on("reserve").fail(busy);
    assert_eq!(town.order().await?, seen(StatusCode::BAD_GATEWAY, Kind::Upstream));
    assert_eq!(down.strikes(), 4);
    assert_eq!(recorder.of("reserve").count("gave up after attempt 4"), 1);
    assert_eq!(town.look().await?, Ok(whole()));
    drop(down);

    // A short absence is not noticed.
    let short = faults().on("reserve").first(3).fail(busy);
    assert_eq!(town.order().await?, PLACED);
    assert_eq!(short.strikes(), 3);
    drop(short);

    // The customer hears of it before they leave, which they do after three seconds.
    let gone = faults().on("reserve").hang();
    let start = std::time::Instant::now();
    assert_eq!(
        town.order().await?,
        seen(StatusCode::GATEWAY_TIMEOUT, Kind::TimedOut)
    );
    assert!(start.elapsed() < Duration::from_secs(3));
    assert!(gone.strikes() > 1);
    Ok(())
}

/// The circuit is closed, and the turns that were taken are there again: both are everybody's.
fn payments_recover() {
    PAYMENTS.reset();
    QUOTA.reset();
}

/// Nothing can be paid for, pages lack the instalments, and in the end nobody asks any more.
async fn no_payments(town: &mut Town) -> anyhow::Result<()> {
    let charges = faults().on("charge").fail(busy);
    let tells = faults().on("instalments").fail(busy);
    assert_eq!(town.look().await?, Ok(("fine".to_owned(), None)));
    assert_eq!(town.order().await?, seen(StatusCode::BAD_GATEWAY, Kind::Upstream));
    let mut refused = None;
    for _ in 0..20 {
        let order = town.order().await?;
        if order.kind == Some(Kind::CircuitOpen) {
            refused = Some(order);
            break;
        }
        assert_eq!(order, seen(StatusCode::BAD_GATEWAY, Kind::Upstream));
    }
    assert_eq!(
        refused,
        Some(seen(StatusCode::SERVICE_UNAVAILABLE, Kind::CircuitOpen))
    );
    // The handler of pages has learned it too, and does without at once.
    let told = tells.strikes();
    assert_eq!(town.look().await?, Ok(("fine".to_owned(), None)));
    assert_eq!(tells.strikes(), told);
    drop((charges, tells));
    payments_recover();
    assert_eq!(town.order().await?, PLACED);
    Ok(())
}

/// What was paid for is not written down, and the customer is told that it is not placed.
async fn no_database(town: &mut Town) -> anyhow::Result<()> {
    let down = || Error::Database(sqlx::Error::PoolTimedOut);
    let failed = seen(StatusCode::INTERNAL_SERVER_ERROR, Kind::Internal);
    {
        let _down = faults().on("record").fail(down);
        assert_eq!(town.order().await?, failed);
    }
    {
        let _down = faults().on("annotated::withdraw").fail(down);
        assert_eq!(town.withdraw().await?, Err(failed));
    }
    assert_eq!(town.withdraw().await?, Ok(Fate::Withdrawn));
    payments_recover();
    assert_eq!(town.look().await?, Ok(whole()));
    Ok(())
}
