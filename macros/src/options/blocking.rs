//! `#[blocking]`: a body that never awaits, on a thread where it may block.

use super::facts::{Facts, Runs};
use super::value::count::Count;
use super::value::naming::{CratePath, Name};
use super::{LayerOptions, options, written};
use crate::diag::Diagnostics;
use syn::LitStr;

options! {
    pub(crate) struct BlockingOptions for "blocking", as in "#[blocking(limit = 4)]" {
        /// The most bodies of this function at a time.
        limit = "limit": Count,
        name = "name": Name,
        krate = "crate": CratePath,
    }
    former {
        "max" => "write `limit = 4`",
        "threads" => "write `limit = 4`",
        "concurrency" => "write `limit = 4`",
    }
}

impl LayerOptions for BlockingOptions {
    fn name(&self) -> Option<&LitStr> {
        self.name.get().map(|name| &name.0)
    }

    fn facts(&self) -> Facts {
        Facts {
            runs: Runs::Apart,
            sync_body: true,
            statics: written([self.limit.written()]),
            ..Facts::default()
        }
    }

    fn check(&self, _: &Diagnostics) {}
}
