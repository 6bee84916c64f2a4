//! The arm of a layer that was stopped. It emits one of
//!
//! ```text
//! Err(stop) => { ended = Ended::TimedOut; stopped::<Ret>(stop.of(operation, …)) }     // From<Stopped>
//! Err(stop) => { …; mapped::<Ret, _, _>(stop.of(operation, …), error) }               // error = …
//! Err(stop) => { let _ = stop.of(operation, …); …; or_return }                        // or_return = …
//! Err(stop) => panic_stopped(stop.of(operation, …))                                   // a test that returns `()`
//! ```

use super::{Context, Position, standing_alone};
use crate::hygiene::names::internal;
use crate::hygiene::paths;
use crate::hygiene::spans::blame;
use crate::options::Opt;
use crate::options::facts::Stop;
use crate::options::value::expr::ExprArg;
use crate::options::value::predicate::Callable;
use proc_macro2::TokenStream;
use quote::quote;

/// What a layer wants to happen when it stopped a run.
pub(crate) struct Arm<'a> {
    pub(crate) stop: Stop,
    pub(crate) error: &'a Opt<Callable>,
    pub(crate) or_return: &'a Opt<ExprArg>,
    /// Statements before anything else.
    pub(crate) first: TokenStream,
    /// The payload, from the `__etq_stop` that the layer's future gave.
    pub(crate) payload: TokenStream,
    /// The conversion that needs no word from the user.
    pub(crate) convert: &'static str,
}

impl<'a> Arm<'a> {
    /// Of a layer that turned the call away: its stop has yet to be told which.
    pub(crate) fn refused(
        operation: &TokenStream,
        error: &'a Opt<Callable>,
        or_return: &'a Opt<ExprArg>,
    ) -> Self {
        let stop = internal("stop");
        Self {
            stop: Stop::Refused,
            error,
            or_return,
            first: TokenStream::new(),
            payload: quote!(#stop.of(#operation)),
            convert: "stopped",
        }
    }

    /// `Err(stop) => value,`
    pub(crate) fn emit(&self, cx: &Context<'_>, at: &Position) -> TokenStream {
        let (pattern, value) = self.parts(cx, at);
        quote!(#pattern => #value,)
    }

    /// The pattern of the stop, and what is returned for it.
    pub(crate) fn parts(&self, cx: &Context<'_>, at: &Position) -> (TokenStream, TokenStream) {
        let Self { first, payload, .. } = self;
        let (err, stop) = (paths::err(), internal("stop"));
        let mark = cx.mark(self.stop, at);
        let ret = cx.ret.named();
        if let Some(value) = self.or_return.get() {
            let value = standing_alone(cx.user(value));
            // Made for those who are told of it.
            let told = quote!(let _ = #payload;);
            return (quote!(#err(#stop)), quote!({ #first #told #mark #value }));
        }
        let value = if let Some(map) = self.error.get() {
            let (mapped, map) = (cx.private("mapped"), cx.user(map));
            blame(
                quote!(#mapped::<#ret, _, _>(#payload, #map)),
                cx.ret.span_tokens(),
            )
        } else if cx.is_test && cx.ret.unit {
            let panic = cx.private("panic_stopped");
            quote!(#panic(#payload))
        } else {
            // An error about the conversion is an error about the return type.
            let convert = blame(cx.private(self.convert), cx.ret.span_tokens());
            quote!(#convert::<#ret>(#payload))
        };
        (quote!(#err(#stop)), block_of(first, &mark, &value))
    }
}

/// Braces only around more than one thing.
fn block_of(first: &TokenStream, mark: &TokenStream, value: &TokenStream) -> TokenStream {
    if first.is_empty() && mark.is_empty() {
        value.clone()
    } else {
        quote!({ #first #mark #value })
    }
}
