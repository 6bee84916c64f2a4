//! The handlers of `plain.rs`, to the letter, with their manners stated: how long each step may take, what is tried
//! again, what is done without, who is left alone while in trouble, what closing time interrupts and what it does not.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use etiquette::{
    CircuitBreaker, RateLimit, cancellable, circuit_breaker, concurrency_limit, fallback, hedge,
    instrument_task, rate_limit, retry, with_timeout,
};

use super::error::Error;
use super::state::Shop;
use super::upstreams::{ask, look_up, tell};
use super::{Fate, Order, Page, Receipt, Visit, db};

/// What one order may take in all, so that the customer, who leaves after three seconds, still hears the answer.
const ORDER: Duration = Duration::from_millis(2_700);

/// Whatever calls `payments` learns from all others that do. One probe at a time: on its best days one call in ten
/// fails, so three in a row would say little about whether it is up again.
pub(crate) static PAYMENTS: CircuitBreaker = CircuitBreaker::new()
    .name("payments")
    .window(20)
    .open_for(Duration::from_millis(300))
    .factor(1.0)
    .probes(1);

/// What the contract with `payments` allows, for all calls together. A crowd of orders uses it up; then orders wait for
/// their turn, and pages do without.
pub(crate) static QUOTA: RateLimit = RateLimit::new(100, Duration::from_secs(1)).burst(10);

/// `GET /items/{item}/{visit}`
#[instrument_task(fields(item = %visit.item), err(level = warn))]
pub(super) async fn page(
    State(shop): State<Arc<Shop>>,
    Path(visit): Path<Visit>,
) -> Result<Json<Page>, Error> {
    let price = shop.tally.prices.time(price(&shop, &visit));
    let (price, instalments) = tokio::try_join!(price, instalments(&shop, &visit))?;
    Ok(Json(Page { price, instalments }))
}

#[with_timeout(2s)]
#[hedge(after = 50ms)]
async fn price(shop: &Shop, visit: &Visit) -> Result<String, Error> {
    look_up(shop, visit).await
}

/// What it costs a month: good to know, and that is all.
#[fallback(with = |error| shop.tally.left_out(&error))]
#[circuit_breaker(state = PAYMENTS)]
#[rate_limit(limiter = QUOTA, wait = none)]
#[with_timeout(250ms)]
async fn instalments(shop: &Shop, visit: &Visit) -> Result<Option<String>, Error> {
    tell(&shop.http, "payments", &shop.payments, &visit.key)
        .await
        .map(Some)
}

/// `POST /orders`
#[instrument_task(fields(order = %order.key), err(level = warn))]
pub(super) async fn place(
    State(shop): State<Arc<Shop>>,
    Json(order): Json<Order>,
) -> Result<(StatusCode, Json<Receipt>), Error> {
    let charge = pay(&shop, &order).await?;
    record(&shop, &order, &charge).await?;
    Ok((
        StatusCode::CREATED,
        Json(Receipt {
            key: order.key,
            charge,
        }),
    ))
}

/// `DELETE /orders/{key}`: answers what became of the order; `withdrawn` is final.
#[instrument_task(fields(order = %key), err)]
#[with_timeout(5s)]
pub(super) async fn withdraw(
    State(shop): State<Arc<Shop>>,
    Path(key): Path<String>,
) -> Result<Json<Fate>, Error> {
    Ok(Json(db::withdraw(&shop.db, &key).await?))
}

/// Everything before the commit point. Closing time gives it half a second to finish.
#[cancellable(shop.closing, grace = 500ms)]
#[with_timeout(ORDER)]
async fn pay(shop: &Shop, order: &Order) -> Result<String, Error> {
    reserve(shop, order).await?;
    charge(shop, order).await
}

/// No more at once than `inventory` is good for: who does not get a turn soon is better off coming back.
#[retry(attempts = 4, exponential(40ms, max = 400ms), on_retry = |again| shop.tally.count(again))]
#[with_timeout(700ms, attempt)]
#[concurrency_limit(12, wait = 250ms)]
async fn reserve(shop: &Shop, order: &Order) -> Result<String, Error> {
    ask(&shop.http, "inventory", &shop.inventory, order).await
}

#[with_timeout(2_300ms, total)]
#[retry(attempts = 4, exponential(40ms, max = 400ms), on_retry = |again| shop.tally.count(again))]
#[circuit_breaker(state = PAYMENTS)]
#[rate_limit(limiter = QUOTA, wait = 1s)]
#[with_timeout(500ms, attempt)]
async fn charge(shop: &Shop, order: &Order) -> Result<String, Error> {
    ask(&shop.http, "payments", &shop.payments, order).await
}

/// The commit point: an order that was paid for is written down, closing time or not.
#[with_timeout(5s)]
async fn record(shop: &Shop, order: &Order, charge: &str) -> Result<(), Error> {
    match db::place(&shop.db, order, charge).await? {
        Fate::Placed => Ok(()),
        Fate::Withdrawn => Err(Error::Withdrawn),
    }
}
