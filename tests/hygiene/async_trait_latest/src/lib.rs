//! `#[async_trait]`, whatever is newest.

#![deny(warnings)]
#![cfg(test)]

#[path = "../../shared/async_trait.rs"]
mod cases;
#[path = "../../shared/async_trait_layers.rs"]
mod layers;
