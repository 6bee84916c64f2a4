//! One call to an upstream service, and what its answer means.

use std::time::Duration;

use axum::http::{StatusCode, header};
use reqwest::{Client, Response};

use super::Order;
use super::error::Error;

/// Asks `service` to do its work for this order; the key makes asking again harmless.
pub(super) async fn ask(
    http: &Client,
    service: &'static str,
    url: &str,
    order: &Order,
) -> Result<String, Error> {
    let sent = http.post(format!("{url}/{}", order.key)).json(order).send().await;
    let response = sent.map_err(|source| {
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
fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    seconds.parse().ok().map(Duration::from_secs)
}
