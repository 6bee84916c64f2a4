//! `#[blocking]`, with the body as a closure:
//!
//! ```text
//! blocking(None, move || { …the body… }).await
//! blocking(Some({ static PLACES: ConcurrencyLimit = ConcurrencyLimit::new(4); &PLACES }), move || { … }).await
//! ```

use super::{Context, Lower, Position, Run, state};
use crate::hygiene::paths;
use crate::options::blocking::BlockingOptions;
use proc_macro2::TokenStream;
use quote::quote;

impl Lower for BlockingOptions {
    fn lower(&self, below: Run, cx: &Context<'_>, _: &Position) -> Run {
        let (blocking, closure) = (cx.private("blocking"), below.into_future());
        let limit = match self.limit.get() {
            Some(limit) => {
                let (some, empty) = (paths::some(), TokenStream::new());
                let places = state::of_static(cx, "PLACES", "ConcurrencyLimit", &cx.places(limit), &empty);
                quote!(#some(#places))
            }
            None => paths::none(),
        };
        Run::future(quote!(#blocking(#limit, #closure)), cx.ret)
    }
}
