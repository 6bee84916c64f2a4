//! `#[fallback(EXPR)]`, `#[fallback(with = F)]`:
//!
//! ```text
//! 'fallback: {
//!     {
//!         let out: Ret = below;
//!         if !fall_back!(ended, &out) { break 'fallback out; }
//!     }                                                           // the error is gone before anything is awaited
//!     ended = Ended::Body;
//!     EXPR
//! }
//!
//! let error = match error_if(fall_back!(ended, &out), out) { Ok(out) => break 'fallback out, Err(error) => error };
//! replaced::<Ret>(F, error)                                       // with = F
//! ```

use super::{Context, Lower, Position, Run, standing_alone};
use crate::hygiene::names::internal;
use crate::hygiene::paths;
use crate::hygiene::spans::blame;
use crate::options::fallback::FallbackOptions;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Lifetime;

impl Lower for FallbackOptions {
    fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run {
        let (out, ret) = (internal("out"), cx.ret.named());
        let block = Lifetime::new("'__etq_fallback", Span::mixed_site());
        let replace = self.replace(cx, at, &quote!(&#out));
        let recovered = (at.is_read && at.stops_below).then(|| {
            let (ended, ty) = (internal("ended"), cx.private("Ended"));
            quote!(#ended = #ty::Body;)
        });
        below.wrap_value(|below| {
            let stmts = TokenStream::new();
            let Some(with) = self.with.get() else {
                let value = self.value.get().map(|value| standing_alone(cx.user(value)));
                let expr = quote! {
                    #block: {
                        {
                            let #out: #ret = #below;
                            if !#replace { break #block #out; }
                        }
                        #recovered
                        #value
                    }
                };
                return (stmts, expr);
            };
            let (error_if, error) = (cx.private("error_if"), internal("error"));
            let (ok, err) = (paths::ok(), paths::err());
            let value = match with.awaiting() {
                Some((pat, body)) => {
                    let (pat, body) = (cx.user(pat), standing_alone(cx.user(body)));
                    quote!(let #pat = #error; async { #body }.await)
                }
                None => {
                    let replaced = blame(cx.private("replaced"), cx.ret.span_tokens());
                    let with = cx.user(with);
                    quote!(#replaced::<#ret>(#with, #error))
                }
            };
            let expr = quote! {
                #block: {
                    let #error = {
                        let #out: #ret = #below;
                        match #error_if(#replace, #out) {
                            #ok(#out) => break #block #out,
                            #err(#error) => #error,
                        }
                    };
                    #recovered
                    #value
                }
            };
            (stmts, expr)
        })
    }
}

impl FallbackOptions {
    /// Is this result one to replace?
    fn replace(&self, cx: &Context<'_>, at: &Position, out: &TokenStream) -> TokenStream {
        match self.when.get() {
            Some(when) => {
                let (replace, when) = (cx.private("fall_back_when"), cx.user(when));
                quote!(#replace(#out, #when))
            }
            None => {
                let (replace, ended) = (cx.shim("fall_back"), cx.ended(at));
                quote!(#replace(#ended, #out))
            }
        }
    }
}
