//! `#[async_trait]`, as of 0.1.80.

#![deny(warnings)]
#![cfg(test)]

#[path = "../../shared/async_trait.rs"]
mod cases;
#[path = "../../shared/async_trait_layers.rs"]
mod layers;
