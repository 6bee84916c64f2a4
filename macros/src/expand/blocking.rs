//! `#[blocking]`, with the body as a closure:
//!
//! ```text
//! met(gate!("f"; Ret), blocking(None, move || { …the body… })).await
//! met(gate!("f"; Ret), blocking(Some({ static SLOTS: …; of_static(&SLOTS, operation) }), move || { … })).await
//! //                   with `limit = 4`; `met` is what it is given, without `test-util`
//! ```

use super::{Context, Lower, Position, Run, state};
use crate::hygiene::paths;
use crate::options::LayerOptions;
use crate::options::blocking::BlockingOptions;
use proc_macro2::TokenStream;
use quote::quote;

impl Lower for BlockingOptions {
    fn lower(&self, below: Run, cx: &Context<'_>, _: &Position) -> Run {
        let (blocking, closure) = (cx.private("blocking"), below.into_future());
        let (met, gate, fault) = (cx.private("met"), cx.shim("gate"), &cx.fault);
        let limit = match self.limit.get() {
            Some(limit) => {
                let (some, empty) = (paths::some(), TokenStream::new());
                let (operation, limit) = (cx.operation(self.name()), cx.slots(limit));
                let slots = state::of_static(cx, &operation, "SLOTS", "ConcurrencyLimit", &limit, &empty);
                quote!(#some(#slots))
            }
            None => paths::none(),
        };
        Run::future(quote!(#met(#gate(#fault), #blocking(#limit, #closure))), cx.ret)
    }
}
