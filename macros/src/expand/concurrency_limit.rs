//! `#[concurrency_limit(16, wait = 1s)]`:
//!
//! ```text
//! match acquire({ static SLOTS: ConcurrencyLimit = ConcurrencyLimit::new(16); of_static(&SLOTS, operation) },
//!     Wait::at_most(1s)).await {
//!     Ok(slot) => slot.run(below).await,                   // the slot is free again when this is done or dropped
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
use crate::options::concurrency_limit::ConcurrencyLimitOptions;
use proc_macro2::TokenStream;
use quote::quote;

impl Lower for ConcurrencyLimitOptions {
    fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run {
        let operation = cx.operation(self.name());
        let slot = internal("slot");
        let arm = Arm::refused(&operation, &self.error, &self.or_return).emit(cx, at);
        let mut before = Before::default();
        let slots = self.slots(cx, &operation, &mut before);
        let wait = wait(cx, self.wait.get(), &operation, &mut before);
        let ok = paths::ok();
        let acquire = match self.queue.get() {
            Some(queue) => {
                let (acquire, queue) = (cx.private("acquire_queued"), cx.count(queue));
                quote!(#acquire(#slots, #wait, #queue))
            }
            None => {
                let acquire = cx.private("acquire");
                quote!(#acquire(#slots, #wait))
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
    fn slots(&self, cx: &Context<'_>, operation: &TokenStream, before: &mut Before) -> TokenStream {
        let slots = match (self.semaphore.get(), self.value.get()) {
            (Some(semaphore), _) => {
                before.bind("semaphore", &state::borrowed(cx, semaphore), &cx.user(semaphore))
            }
            (None, Some(limit)) => {
                let ty = match self.key.is_given() {
                    true => "KeyedConcurrencyLimit",
                    false => "ConcurrencyLimit",
                };
                state::of_static(cx, operation, "SLOTS", ty, &cx.slots(limit), &TokenStream::new())
            }
            (None, None) => TokenStream::new(), // refused by `check`
        };
        match self.key.get() {
            Some(key) => keyed(cx, "KeyedSlots", &slots, key, before),
            None if self.semaphore.is_given() => {
                let of = cx.private(match self.queue.is_given() {
                    true => "counted_slots",
                    false => "slots",
                });
                quote!(&#of(#slots))
            }
            None => slots,
        }
    }
}
