//! The service this example is about: it shows what an item costs, takes an order, has it reserved and paid for
//! upstream, writes it down and says so. Its handlers exist twice, [`plain`] and [`annotated`], and differ in their
//! attributes alone.

use std::sync::atomic::AtomicU32;

use serde::{Deserialize, Serialize};

pub(crate) mod annotated;
pub(crate) mod db;
pub(crate) mod error;
mod plain;
pub(crate) mod state;
pub(crate) mod tally;
pub(crate) mod upstreams;

/// `GET /items/{item}/{key}`.
#[derive(Debug, Deserialize)]
pub(crate) struct Visit {
    pub(crate) item: String,
    /// Which visit this is.
    pub(crate) key: String,
    /// How often the catalogue was asked for it.
    #[serde(skip)]
    look_ups: AtomicU32,
}

/// The answer to a visit.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Page {
    pub(crate) price: String,
    pub(crate) instalments: Option<String>,
}

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

#[cfg(test)]
mod tests {
    /// The handlers of a file, without what may differ: attributes and comments.
    fn handlers(file: &'static str) -> Vec<&'static str> {
        let is_code = |line: &&str| !line.starts_with("#[") && !line.starts_with("///");
        let lines = file.lines().skip_while(|line| !line.starts_with("/// `GET"));
        lines.filter(is_code).collect()
    }

    #[test]
    fn plain_and_annotated_handlers_differ_in_their_attributes_alone() {
        let plain = handlers(include_str!("plain.rs"));
        assert!(plain.iter().filter(|line| line.contains("async fn")).count() >= 8);
        assert_eq!(plain, handlers(include_str!("annotated.rs")));
    }
}
