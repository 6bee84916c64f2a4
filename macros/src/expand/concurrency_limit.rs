//! `#[concurrency_limit(16, wait = 1s)]`:
//!
//! ```text
//! match acquire({ static PLACES: ConcurrencyLimit = ConcurrencyLimit::new(16); &PLACES }, Wait::at_most(1s)).await {
//!     Ok(slot) => below,                                   // the slot is free again when this is done or dropped
//!     Err(stop) => stopped::<Ret>(stop.of(operation)),
//! }
//! ```

use super::stop::Arm;
use super::{Context, Lower, Position, Run, state};
use crate::hygiene::names::internal;
use crate::hygiene::paths;
use crate::options::LayerOptions;
use crate::options::concurrency_limit::ConcurrencyLimitOptions;
use crate::options::facts::Stop;
use crate::options::value::wait::Wait;
use proc_macro2::TokenStream;
use quote::quote;

impl Lower for ConcurrencyLimitOptions {
    fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run {
        let operation = cx.operation(self.name());
        let (slot, stop) = (internal("slot"), internal("stop"));
        let arm = Arm {
            stop: Stop::Refused,
            error: &self.error,
            or_return: &self.or_return,
            first: TokenStream::new(),
            payload: quote!(#stop.of(#operation)),
            convert: "stopped",
        }
        .emit(cx, at);
        let (places, wait, ok) = (self.places(cx), wait(cx, self.wait.get()), paths::ok());
        let acquire = match self.queue.get() {
            Some(queue) => {
                let (acquire, queue) = (cx.private("acquire_queued"), cx.count(queue));
                quote!(#acquire(#places, #wait, #queue))
            }
            None => {
                let acquire = cx.private("acquire");
                quote!(#acquire(#places, #wait))
            }
        };
        let begin = cx.begin_body(at);
        below.wrap_value(|below| {
            let expr = quote! {
                match #acquire.await {
                    #ok(#slot) => { #begin #below }
                    #arm
                }
            };
            (TokenStream::new(), expr)
        })
    }
}

impl ConcurrencyLimitOptions {
    fn places(&self, cx: &Context<'_>) -> TokenStream {
        let keyed = self.key.get().map(|key| cx.user(key));
        let places = match (self.semaphore.get(), self.value.get()) {
            (Some(semaphore), _) => state::borrowed(cx, semaphore),
            (None, Some(limit)) => {
                let ty = if keyed.is_some() {
                    "KeyedConcurrencyLimit"
                } else {
                    "ConcurrencyLimit"
                };
                state::of_static(cx, "PLACES", ty, &cx.places(limit), &TokenStream::new())
            }
            (None, None) => TokenStream::new(), // refused by `check`
        };
        match keyed {
            Some(key) => {
                let ty = cx.private("KeyedSlots");
                quote!(&#ty::new(#places, &(#key)))
            }
            None => places,
        }
    }
}

/// How long a call may wait for its turn; without a word, as long as it takes.
pub(super) fn wait(cx: &Context<'_>, wait: Option<&Wait>) -> TokenStream {
    let ty = cx.private("Wait");
    match wait {
        Some(Wait::None(_)) => quote!(#ty::none()),
        Some(Wait::AtMost(limit)) => {
            let limit = cx.user(limit);
            quote!(#ty::at_most(#limit))
        }
        Some(Wait::Forever(_)) | None => quote!(#ty::forever()),
    }
}
