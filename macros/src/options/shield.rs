//! `#[shield]`: what was begun is finished.

use super::facts::{Facts, Runs};
use super::value::naming::{CratePath, Name};
use super::{LayerOptions, options};
use crate::diag::Diagnostics;
use syn::LitStr;

options! {
    pub(crate) struct ShieldOptions for "shield", as in "#[shield]" {
        name = "name": Name,
        krate = "crate": CratePath,
    }
    former {
        "timeout" => "put `#[with_timeout(30s)]` below `#[shield]` to limit the work, above it to limit the waiting",
    }
}

impl LayerOptions for ShieldOptions {
    fn name(&self) -> Option<&LitStr> {
        self.name.get().map(|name| &name.0)
    }

    fn facts(&self) -> Facts {
        Facts {
            runs: Runs::Apart,
            ..Facts::default()
        }
    }

    fn check(&self, _: &Diagnostics) {}
}
