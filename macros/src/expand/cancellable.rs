//! `#[cancellable]`:
//!
//! ```text
//! use AsCancelSource as _;                       // borrows the source in the way it needs
//! match cancellable((token).__etq_source(), below).await {
//!     Ok(out) => out,
//!     Err(stop) => cancelled::<Ret>(stop.of(operation)),
//! }
//! ```

use super::stop::Arm;
use super::{Context, Lower, Position, Run};
use crate::hygiene::names::internal;
use crate::hygiene::spans::blame;
use crate::model::source::{Source, resolve};
use crate::options::LayerOptions;
use crate::options::cancellable::CancellableOptions;
use crate::options::facts::Stop;
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};

impl Lower for CancellableOptions {
    fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run {
        let operation = cx.operation(self.name());
        let Some(source) = cx
            .sig
            .and_then(|sig| resolve(self, sig, cx.body, at.attribute.unwrap_or_else(Span::call_site)).ok())
        else {
            return below; // refused by `check`
        };
        let (function, entry, source) = match source {
            Source::Future(future) => ("cancellable_on", TokenStream::new(), cx.user(future)),
            Source::Place(place) => {
                let place = cx.user(place);
                ("cancellable", import(cx), method(&place, &place))
            }
            Source::Cloned(place) => {
                let place = cx.user(place);
                let clone = blame(quote!(::core::clone::Clone::clone), &place);
                own(cx, &place, &quote!(#clone(&#place)))
            }
            Source::Moved(place) => own(cx, &place, &quote!({ #place })),
        };
        let (function, grace) = match self.grace.get() {
            Some(grace) => {
                let grace = cx.limit(&grace.0);
                (format!("{function}_with_grace"), quote!(#grace,))
            }
            None => (function.to_owned(), TokenStream::new()),
        };
        let stop = internal("stop");
        let arm = Arm {
            stop: Stop::Cancelled,
            error: &self.error,
            or_return: &self.or_return,
            first: TokenStream::new(),
            payload: quote!(#stop.of(#operation)),
            convert: "cancelled",
        }
        .parts(cx, at);
        let function = cx.private(&function);
        below
            .wrap_raced(|below| quote!(#function(#source, #grace #below)), arm)
            .at_entry(entry)
    }
}

fn import(cx: &Context<'_>) -> TokenStream {
    let borrow = cx.private("AsCancelSource");
    quote!(use #borrow as _;)
}

/// A source of the layer's own. Behind `&mut` it serves sources that need that and does not ask others to.
fn own(
    cx: &Context<'_>,
    place: &TokenStream,
    value: &TokenStream,
) -> (&'static str, TokenStream, TokenStream) {
    let (name, import) = (internal("source"), import(cx));
    (
        "cancellable",
        quote!(#import let #name = &mut #value;),
        method(&quote!(*#name), place),
    )
}

/// The one method call on a value of the user's: which borrow a source needs is for autoref to find.
fn method(place: &TokenStream, written: &TokenStream) -> TokenStream {
    let method = blame(internal("source").into_token_stream(), written);
    quote!((#place).#method())
}
