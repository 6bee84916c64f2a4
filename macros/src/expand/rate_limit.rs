//! `#[rate_limit(100, per = 1s, wait = 1s)]`:
//!
//! ```text
//! let rate = { static RATE: RateLimit = RateLimit::new(100, per); of_static(&RATE, operation) };
//! match match start(rate) {
//!     Ok(()) => Ok(()),                                    // no future, no timer: what usually happens
//!     Err(turn_in) => wait_turn(rate, Wait::at_most(1s), turn_in).await,
//! } {
//!     Ok(()) => below,
//!     Err(stop) => stopped::<Ret>(stop.of(operation)),
//! }
//! ```

use super::state::{self, Before, keyed};
use super::stop::Arm;
use super::wait::wait;
use super::{Context, Lower, Position, Run};
use crate::hygiene::names::internal;
use crate::hygiene::paths;
use crate::options::LayerOptions;
use crate::options::rate_limit::RateLimitOptions;
use proc_macro2::TokenStream;
use quote::quote;

impl Lower for RateLimitOptions {
    fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run {
        let operation = cx.operation(self.name());
        let arm = Arm::refused(&operation, &self.error, &self.or_return).emit(cx, at);
        let mut before = Before::default();
        let limiter = self.limiter(cx, &operation, &mut before);
        let wait = wait(cx, self.wait.get(), &operation, &mut before);
        let (start, wait_turn) = (cx.private("start"), cx.private("wait_turn"));
        let (ok, err, turn_in) = (paths::ok(), paths::err(), internal("turn_in"));
        let begin = cx.begin_body(at);
        below.wrap_value(|below| {
            let expr = quote! {
                match match #start(#limiter) {
                    #ok(()) => #ok(()),
                    #err(#turn_in) => #wait_turn(#limiter, #wait, #turn_in).await,
                } {
                    #ok(()) => { #begin #below }
                    #arm
                }
            };
            (before.into_tokens(), expr)
        })
    }
}

impl RateLimitOptions {
    fn limiter(&self, cx: &Context<'_>, operation: &TokenStream, before: &mut Before) -> TokenStream {
        let limiter = match (self.limiter.get(), self.value.get(), self.per.get()) {
            (Some(limiter), ..) => before.bind("limiter", &state::borrowed(cx, limiter), &cx.user(limiter)),
            (None, Some(calls), Some(per)) => {
                let ty = match self.key.is_given() {
                    true => "KeyedRateLimit",
                    false => "RateLimit",
                };
                let (calls, per) = (cx.count(calls), cx.user(&per.0));
                let burst = self.burst.get().map(|burst| {
                    let burst = cx.count(burst);
                    quote!(.burst(#burst))
                });
                let (args, burst) = (quote!(#calls, #per), burst.unwrap_or_default());
                state::of_static(cx, operation, "RATE", ty, &args, &burst)
            }
            (None, ..) => TokenStream::new(), // refused by `check`
        };
        match self.key.get() {
            Some(key) => keyed(cx, "KeyedPermits", &limiter, key, before),
            None if self.limiter.is_given() => {
                let of = cx.private("limiter");
                before.bind("rate", &quote!(#of(#limiter)), &TokenStream::new())
            }
            None => before.bind("rate", &limiter, &TokenStream::new()),
        }
    }
}
