//! What a layer keeps from call to call: a `static` of the function's own, or what an option names.
//!
//! ```text
//! { static BREAKER: CircuitBreaker = CircuitBreaker::new().name(operation); of_static(&BREAKER, operation) }
//! &self.breaker                                                                          // state = self.breaker
//! let keyed = KeyedSlots::new(of_static(&SLOTS, operation), key(&(host)));  &keyed      // key = host
//! ```

use super::Context;
use crate::hygiene::names::internal;
use crate::hygiene::spans::blame;
use crate::options::value::expr::ExprArg;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Expr;

/// A `static` named `name`, made by `#ty::new(#args)` and what is to be called on that; in a test, what stands for it
/// there.
pub(super) fn of_static(
    cx: &Context<'_>,
    operation: &TokenStream,
    name: &str,
    ty: &str,
    args: &TokenStream,
    then: &TokenStream,
) -> TokenStream {
    // An item's name is seen by what the user wrote in `args`, whatever its span says.
    let name = Ident::new(&format!("__ETQ_{name}"), Span::mixed_site());
    let (of_static, ty) = (cx.private("of_static"), cx.private(ty));
    quote!({ static #name: #ty = #ty::new(#args)#then; #of_static(&#name, #operation) })
}

/// What an option names, borrowed, unless it is written as a borrow.
pub(super) fn borrowed(cx: &Context<'_>, option: &ExprArg) -> TokenStream {
    let value = cx.user(option);
    match syn::parse2(value.clone()) {
        Ok(Expr::Reference(_)) => value,
        Ok(Expr::Path(_) | Expr::Field(_) | Expr::MethodCall(_) | Expr::Call(_) | Expr::Index(_)) => {
            quote!(&#value)
        }
        _ => quote!(&(#value)),
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

/// What the user wrote, evaluated in statements of its own.
///
/// In the head of a `match` everything that it needs on the way, such as the guard of a lock, would stay until the
/// body is done.
#[derive(Default)]
pub(super) struct Before(TokenStream);

impl Before {
    /// `let __etq_name = value;`, and how to name it. What there is to say about its type is said of `written`.
    pub(super) fn bind(&mut self, name: &str, value: &TokenStream, written: &TokenStream) -> TokenStream {
        let name = blame(internal(name).into_token_stream(), written);
        self.0.extend(quote!(let #name = #value;));
        name
    }

    pub(super) fn into_tokens(self) -> TokenStream {
        self.0
    }
}
