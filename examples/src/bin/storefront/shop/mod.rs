//! The service this example is about: it takes an order, has it reserved and paid for upstream, writes it down and
//! says so. Its handlers exist twice, [`plain`] and [`annotated`], and differ in their attributes alone.

use serde::{Deserialize, Serialize};

mod annotated;
pub(crate) mod db;
pub(crate) mod error;
mod plain;
pub(crate) mod state;
pub(crate) mod tally;
mod upstreams;

/// `POST /orders`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Order {
    /// Chosen by the customer, so that asking twice is ordering once.
    pub(crate) key: String,
    pub(crate) item: String,
    pub(crate) cents: u32,
}

/// The answer to an order that was placed.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Receipt {
    pub(crate) key: String,
    pub(crate) charge: String,
}

/// How an order ended, once and for all.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Fate {
    Placed,
    /// The customer took it back before it was placed.
    Withdrawn,
}

/// Which of the two sets of handlers a shop runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Style {
    Plain,
    Annotated,
}

impl Style {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Annotated => "annotated",
        }
    }
}
