//! `#[fallback(EXPR)]`, `#[fallback(with = F)]`:
//!
//! ```text
//! 'fallback: {
//!     {
//!         let out: Ret = below;
//!         if !fall_back!(fall_back, ended, &out) { break 'fallback out; }
//!     }                                                           // the error is gone before anything is awaited
//!     fell_back(operation);
//!     ended = Ended::Body;
//!     EXPR
//! }
//!
//! let error = match error_if(fall_back!(…, ended, &out), out) { Ok(out) => break 'fallback out, Err(error) => error };
//! replaced::<Ret>(F, error)                                       // with = F
//! ```

use super::scaffold::edge;
use super::{Context, Lower, Position, Run, standing_alone};
use crate::hygiene::names::internal;
use crate::hygiene::paths;
use crate::hygiene::spans::blame;
use crate::options::LayerOptions;
use crate::options::fallback::FallbackOptions;
use crate::options::value::predicate::Callable;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;
use syn::Lifetime;

impl Lower for FallbackOptions {
    fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run {
        let (out, ret) = (internal("out"), cx.ret.named());
        let block = Lifetime::new("'__etq_fallback", Span::mixed_site());
        // An error about the return type points at the return type.
        let blamed = blame(quote!(#out), cx.ret.span_tokens());
        let replace = self.replace(cx, at, &blame(quote!(&#out), cx.ret.span_tokens()));
        let (fell_back, operation) = (cx.private("fell_back"), cx.operation(self.name()));
        let mut recovered = quote!(#fell_back(#operation););
        if at.is_read && at.stops_below {
            let (ended, ty) = (internal("ended"), cx.private("Ended"));
            recovered.extend(quote!(#ended = #ty::Body;));
        }
        let awaiting = self.with.get().and_then(Callable::awaiting);
        below.wrap_value(|below| {
            let expr = match (self.with.get(), awaiting) {
                // Nobody looks at the error, so it need not outlive the waiting.
                (Some(_), Some((pat, body))) if pat.to_string() == "_" => {
                    let value = waits(cx, body);
                    in_place(&block, &out, &ret, &below, &replace, &quote!(#recovered #value))
                }
                (Some(with), awaiting) => {
                    let error = internal("error");
                    let value = match awaiting {
                        Some((pat, body)) => {
                            let (pat, value) = (cx.user(pat), waits(cx, body));
                            quote!(let #pat = #error; #value)
                        }
                        None => {
                            let with = cx.user(with);
                            let replaced = blame(cx.private("replaced"), &with);
                            quote!(#replaced::<#ret>(#with, #error))
                        }
                    };
                    let error_if = blame(cx.private("error_if"), cx.ret.span_tokens());
                    let (ok, err) = (paths::ok(), paths::err());
                    quote! {
                        #block: {
                            let #error = {
                                let #out: #ret = #below;
                                match #error_if(#replace, #blamed) {
                                    #ok(#out) => break #block #out,
                                    #err(#error) => #error,
                                }
                            };
                            #recovered
                            #value
                        }
                    }
                }
                (None, _) => {
                    let value = self.value.get().map(|value| match leaves(&value.0) {
                        true => waits(cx, value.0.clone()),
                        false => standing_alone(cx.user(value)),
                    });
                    in_place(&block, &out, &ret, &below, &replace, &quote!(#recovered #value))
                }
            };
            (TokenStream::new(), expr)
        })
    }
}

/// What is returned in place of an error that is not looked at.
fn in_place(
    block: &Lifetime,
    out: &Ident,
    ret: &TokenStream,
    below: &TokenStream,
    replace: &TokenStream,
    value: &TokenStream,
) -> TokenStream {
    quote! {
        #block: {
            {
                let #out: #ret = #below;
                if !#replace { break #block #out; }
            }
            #value
        }
    }
}

/// Whether a `return` or a `?` stands in `value`: what it leaves is the value, not the layers above.
fn leaves(value: &TokenStream) -> bool {
    value.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == "return",
        TokenTree::Punct(punct) => punct.as_char() == '?',
        TokenTree::Group(group) => leaves(&group.stream()),
        TokenTree::Literal(_) => false,
    })
}

/// What awaits, in a block that its `return` and `?` leave.
fn waits(cx: &Context<'_>, body: TokenStream) -> TokenStream {
    let (edge, body) = (edge(cx.ret), standing_alone(cx.user(body)));
    quote!(async { #edge #body }.await)
}

impl FallbackOptions {
    /// Is this result one to replace?
    fn replace(&self, cx: &Context<'_>, at: &Position, out: &TokenStream) -> TokenStream {
        match self.when.get() {
            Some(when) => {
                let when = cx.user(when);
                let replace = blame(cx.private("fall_back_when"), &when);
                quote!(#replace(#out, #when))
            }
            None => {
                let (replace, ended) = (cx.shim("fall_back"), cx.ended(at));
                let asked = blame(cx.method("fallback", "fall_back"), cx.ret.span_tokens());
                quote!(#replace(#asked, #ended, #out))
            }
        }
    }
}
