//! One call to an upstream service, and what its answer means.

use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::http::{StatusCode, header};
use reqwest::{Client, RequestBuilder, Response};

use super::error::Error;
use super::state::Shop;
use super::tally::Tally;
use super::{Order, Visit};

/// Asks `service` to do its work for this order; the key makes asking again harmless.
pub(super) async fn ask(
    http: &Client,
    service: &'static str,
    url: &str,
    order: &Order,
) -> Result<String, Error> {
    answer(service, http.post(format!("{url}/{}", order.key)).json(order)).await
}

/// Asks `service` what it knows.
pub(super) async fn tell(
    http: &Client,
    service: &'static str,
    url: &str,
    key: &str,
) -> Result<String, Error> {
    answer(service, http.get(format!("{url}/{key}"))).await
}

/// Asks the catalogue. Counts the calls made while an earlier one for the same visit has no answer, and those of them
/// that were answered first: the others are dropped by then, and do not get to the end of this.
pub(super) async fn look_up(shop: &Shop, visit: &Visit) -> Result<String, Error> {
    let is_further = visit.look_ups.fetch_add(1, Ordering::Relaxed) > 0;
    if is_further {
        Tally::add(&shop.tally.hedges);
    }
    let answer = tell(&shop.http, "catalogue", &shop.catalogue, &visit.key).await?;
    if is_further {
        Tally::add(&shop.tally.hedges_won);
    }
    Ok(answer)
}

async fn answer(service: &'static str, request: RequestBuilder) -> Result<String, Error> {
    let response = request.send().await.map_err(|source| {
        if source.is_connect() {
            Error::Unreachable { service, source }
        } else {
            Error::Broken { service, source }
        }
    })?;
    match response.status() {
        StatusCode::SERVICE_UNAVAILABLE => Err(Error::Busy {
            service,
            retry_after: retry_after(&response),
        }),
        status if status.is_success() => response
            .text()
            .await
            .map_err(|source| Error::Broken { service, source }),
        status => Err(Error::Refused { service, status }),
    }
}

/// The seconds form of the header; services between services do not send the date form.
pub(crate) fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    seconds.parse().ok().map(Duration::from_secs)
}
