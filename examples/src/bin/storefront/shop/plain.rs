//! The handlers as they are written first: correct on a good day. Nothing limits how long they wait or how many they
//! are, nothing is tried twice, nothing is done without, and closing time means nothing to them.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;

use super::error::Error;
use super::state::Shop;
use super::upstreams::{ask, look_up, tell};
use super::{Fate, Order, Page, Receipt, Visit, db};

/// `GET /items/{item}/{visit}`
pub(super) async fn page(
    State(shop): State<Arc<Shop>>,
    Path(visit): Path<Visit>,
) -> Result<Json<Page>, Error> {
    let price = shop.tally.prices.time(price(&shop, &visit));
    let (price, instalments) = tokio::try_join!(price, instalments(&shop, &visit))?;
    Ok(Json(Page { price, instalments }))
}

async fn price(shop: &Shop, visit: &Visit) -> Result<String, Error> {
    look_up(shop, visit).await
}

/// What it costs a month: good to know, and that is all.
async fn instalments(shop: &Shop, visit: &Visit) -> Result<Option<String>, Error> {
    tell(&shop.http, "payments", &shop.payments, &visit.key)
        .await
        .map(Some)
}

/// `POST /orders`
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
pub(super) async fn withdraw(
    State(shop): State<Arc<Shop>>,
    Path(key): Path<String>,
) -> Result<Json<Fate>, Error> {
    Ok(Json(db::withdraw(&shop.db, &key).await?))
}

/// Everything before the commit point.
async fn pay(shop: &Shop, order: &Order) -> Result<String, Error> {
    reserve(shop, order).await?;
    charge(shop, order).await
}

async fn reserve(shop: &Shop, order: &Order) -> Result<String, Error> {
    ask(&shop.http, "inventory", &shop.inventory, order).await
}

async fn charge(shop: &Shop, order: &Order) -> Result<String, Error> {
    ask(&shop.http, "payments", &shop.payments, order).await
}

/// The commit point.
async fn record(shop: &Shop, order: &Order, charge: &str) -> Result<(), Error> {
    match db::place(&shop.db, order, charge).await? {
        Fate::Placed => Ok(()),
        Fate::Withdrawn => Err(Error::Withdrawn),
    }
}
