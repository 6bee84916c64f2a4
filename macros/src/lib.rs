//! The attributes of [etiquette](https://docs.rs/etiquette), which re-exports them; depend on that crate.
//!
//! Entry points and nothing else: each hands its tokens to the driver.

mod conventions;
mod diag;
mod driver;
mod expand;
mod hygiene;
mod layers;
mod model;
mod options;
mod runner;
mod syntax;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

#[doc = include_str!("../docs/cancellable.md")]
#[proc_macro_attribute]
pub fn cancellable(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::attribute("cancellable", args.into(), item.into()).into()
}

#[doc = include_str!("../docs/with_timeout.md")]
#[proc_macro_attribute]
pub fn with_timeout(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::attribute("with_timeout", args.into(), item.into()).into()
}

#[doc = include_str!("../docs/retry.md")]
#[proc_macro_attribute]
pub fn retry(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::attribute("retry", args.into(), item.into()).into()
}

#[doc = include_str!("../docs/instrument_task.md")]
#[proc_macro_attribute]
pub fn instrument_task(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::attribute("instrument_task", args.into(), item.into()).into()
}

#[doc = include_str!("../docs/fallback.md")]
#[proc_macro_attribute]
pub fn fallback(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::attribute("fallback", args.into(), item.into()).into()
}

#[doc = include_str!("../docs/hedge.md")]
#[proc_macro_attribute]
pub fn hedge(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::attribute("hedge", args.into(), item.into()).into()
}

#[doc = include_str!("../docs/circuit_breaker.md")]
#[proc_macro_attribute]
pub fn circuit_breaker(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::attribute("circuit_breaker", args.into(), item.into()).into()
}

#[doc = include_str!("../docs/rate_limit.md")]
#[proc_macro_attribute]
pub fn rate_limit(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::attribute("rate_limit", args.into(), item.into()).into()
}

#[doc = include_str!("../docs/concurrency_limit.md")]
#[proc_macro_attribute]
pub fn concurrency_limit(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::attribute("concurrency_limit", args.into(), item.into()).into()
}

#[doc = include_str!("../docs/shield.md")]
#[proc_macro_attribute]
pub fn shield(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::attribute("shield", args.into(), item.into()).into()
}

#[doc = include_str!("../docs/blocking.md")]
#[proc_macro_attribute]
pub fn blocking(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::attribute("blocking", args.into(), item.into()).into()
}

#[doc = include_str!("../docs/retrying.md")]
#[proc_macro]
pub fn retrying(input: TokenStream) -> TokenStream {
    driver::retrying(input.into()).into()
}

#[doc = include_str!("../docs/classify.md")]
#[proc_macro_derive(Classify, attributes(transient, not_sent, permanent, classify))]
pub fn derive_classify(input: TokenStream) -> TokenStream {
    driver::classify(input.into()).into()
}

#[doc = include_str!("../docs/defaults.md")]
#[proc_macro_attribute]
pub fn defaults(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::defaults(args.into(), item.into()).into()
}

#[doc = include_str!("../docs/conventions.md")]
#[proc_macro_attribute]
pub fn conventions(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::conventions(args.into(), item.into()).into()
}

#[doc = include_str!("../docs/exempt.md")]
#[proc_macro_attribute]
pub fn exempt(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::exempt(args.into(), item.into()).into()
}

/// What `defaults` leaves on each function. Never written by hand.
#[doc(hidden)]
#[proc_macro_attribute]
pub fn __defaults(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::attribute("defaults", args.into(), item.into()).into()
}

#[doc = include_str!("../docs/main.md")]
#[proc_macro_attribute]
pub fn main(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::runner(runner::Kind::Main, args.into(), item.into()).into()
}

#[doc = include_str!("../docs/test.md")]
#[proc_macro_attribute]
pub fn test(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::runner(runner::Kind::Test, args.into(), item.into()).into()
}

/// Carries a stack of attributes to the place where it is lowered. Written by the attributes, never by hand.
#[doc(hidden)]
#[proc_macro_attribute]
pub fn __layers(args: TokenStream, item: TokenStream) -> TokenStream {
    driver::layers(args.into(), item.into()).into()
}
