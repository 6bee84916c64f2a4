//! `#[concurrency_limit(16, wait = 1s)]`:
//!
//! ```text
//! match acquire({ static PLACES: ConcurrencyLimit = ConcurrencyLimit::new(16); &PLACES }, Wait::at_most(1s)).await {
//!     Ok(slot) => slot.run(below).await,                   // the slot is free again when this is done or dropped
//!     Err(stop) => stopped::<Ret>(stop.of(operation)),
//! }
//! ```

use super::state::{self, Before};
use super::stop::Arm;
use super::{Context, Lower, Position, Run};
use crate::hygiene::names::internal;
use crate::hygiene::paths;
use crate::hygiene::spans::blame;
use crate::options::LayerOptions;
use crate::options::concurrency_limit::ConcurrencyLimitOptions;
use crate::options::facts::Stop;
use crate::options::value::expr::ExprArg;
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
            first_asks: false,
            payload: quote!(#stop.of(#operation)),
            convert: "stopped",
        }
        .emit(cx, at);
        let mut before = Before::default();
        let places = self.places(cx, &mut before);
        let wait = wait(cx, self.wait.get(), &operation, &mut before);
        let ok = paths::ok();
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
        let (begin, run) = (cx.begin_body(at), cx.method("Slot", "run"));
        below.wrap_future_value(|below| {
            let expr = quote! {
                match #acquire.await {
                    #ok(#slot) => { #begin #run(#slot, #below).await }
                    #arm
                }
            };
            (before.into_tokens(), expr)
        })
    }
}

impl ConcurrencyLimitOptions {
    fn places(&self, cx: &Context<'_>, before: &mut Before) -> TokenStream {
        let places = match (self.semaphore.get(), self.value.get()) {
            (Some(semaphore), _) => {
                before.bind("places", &state::borrowed(cx, semaphore), &cx.user(semaphore))
            }
            (None, Some(limit)) => {
                let ty = match self.key.is_given() {
                    true => "KeyedConcurrencyLimit",
                    false => "ConcurrencyLimit",
                };
                state::of_static(cx, "PLACES", ty, &cx.places(limit), &TokenStream::new())
            }
            (None, None) => TokenStream::new(), // refused by `check`
        };
        match self.key.get() {
            Some(key) => keyed(cx, "KeyedSlots", &places, key, before),
            None if self.semaphore.is_given() => {
                let slots = cx.private(match self.queue.is_given() {
                    true => "counted_slots",
                    false => "slots",
                });
                quote!(&#slots(#places))
            }
            None => places,
        }
    }
}

/// The part of a state that is for this call's key.
pub(super) fn keyed(
    cx: &Context<'_>,
    ty: &str,
    state: &TokenStream,
    key: &ExprArg,
    before: &mut Before,
) -> TokenStream {
    let (new, hashed, key) = (cx.method(ty, "new"), cx.private("key"), cx.user(key));
    let borrowed = blame(quote!(&(#key)), &key);
    let keyed = before.bind("keyed", &quote!(#new(#state, #hashed(#borrowed))), &key);
    quote!(&#keyed)
}

/// How long a call may wait for its turn; without a word, as long as it takes.
pub(super) fn wait(
    cx: &Context<'_>,
    wait: Option<&Wait>,
    operation: &TokenStream,
    before: &mut Before,
) -> TokenStream {
    let ty = cx.private("Wait");
    let wait = match wait {
        Some(Wait::None(_)) => quote!(#ty::none()),
        Some(Wait::AtMost(limit)) => {
            let (is_literal, limit) = (limit.literal.is_some(), cx.user(limit));
            let wait = quote!(#ty::at_most(#limit));
            match is_literal {
                true => wait,
                false => before.bind("wait", &wait, &limit),
            }
        }
        Some(Wait::Forever(_)) | None => quote!(#ty::forever()),
    };
    quote!(#wait.of(#operation))
}
