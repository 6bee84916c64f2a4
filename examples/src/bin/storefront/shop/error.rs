//! Everything that can keep an order from being placed, whether it is worth another try, and what the customer is told.

use std::time::Duration;

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use etiquette::{Classify, Stopped};
use serde::{Deserialize, Serialize};

/// The least that the header can say, and long enough for a crowd to pass.
const SOON: Duration = Duration::from_secs(1);

/// Why an order was not placed.
#[derive(Debug, thiserror::Error, Classify)]
pub(crate) enum Error {
    /// A limit passed, or the shop is closing.
    #[error("{0}")]
    #[classify(inner)]
    Stopped(#[from] Stopped),
    #[not_sent]
    #[error("{service} could not be reached")]
    Unreachable {
        service: &'static str,
        source: reqwest::Error,
    },
    /// The answer was lost and the work perhaps done; asking again is safe, because every call carries the order's key.
    #[transient]
    #[error("{service} broke the connection")]
    Broken {
        service: &'static str,
        source: reqwest::Error,
    },
    #[transient(after = retry_after)]
    #[error("{service} is busy")]
    Busy {
        service: &'static str,
        retry_after: Option<Duration>,
    },
    #[permanent]
    #[error("{service} answered {status}")]
    Refused {
        service: &'static str,
        status: StatusCode,
    },
    #[permanent]
    #[error("the order was withdrawn")]
    Withdrawn,
    #[permanent]
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
}

/// What the customer is told, beside the status code.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Problem {
    pub(crate) kind: Kind,
    pub(crate) error: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    TimedOut,
    Cancelled,
    CircuitOpen,
    AtCapacity,
    RateLimited,
    Upstream,
    Withdrawn,
    Internal,
}

impl Error {
    /// When to come back: said of refusals, which pass by themselves.
    fn come_back(&self) -> Option<Duration> {
        match self {
            Self::Stopped(stopped) if stopped.is_refusal() => {
                Some(stopped.retry_after().unwrap_or(SOON).max(SOON))
            }
            _ => None,
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Stopped(Stopped::TimedOut(_)) => Kind::TimedOut,
            Self::Stopped(Stopped::Cancelled(_)) => Kind::Cancelled,
            Self::Stopped(Stopped::CircuitOpen(_)) => Kind::CircuitOpen,
            Self::Stopped(Stopped::RateLimited(_)) => Kind::RateLimited,
            Self::Stopped(_) => Kind::AtCapacity,
            Self::Unreachable { .. } | Self::Broken { .. } | Self::Busy { .. } | Self::Refused { .. } => {
                Kind::Upstream
            }
            Self::Withdrawn => Kind::Withdrawn,
            Self::Database(_) => Kind::Internal,
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let kind = self.kind();
        let status = match kind {
            Kind::TimedOut => StatusCode::GATEWAY_TIMEOUT,
            // All of them the shop's doing, so neither 499 nor 429: another instance would take the order.
            Kind::Cancelled | Kind::CircuitOpen | Kind::AtCapacity | Kind::RateLimited => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Kind::Upstream => StatusCode::BAD_GATEWAY,
            Kind::Withdrawn => StatusCode::GONE,
            Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let problem = Problem {
            kind,
            error: self.to_string(),
        };
        let mut answer = (status, Json(problem)).into_response();
        // For whoever counts the answers.
        answer.extensions_mut().insert(kind);
        if let Some(after) = self.come_back() {
            // In whole seconds, and rather too late than too soon.
            let seconds = after.as_secs() + u64::from(after.subsec_nanos() > 0);
            answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        answer
    }
}
