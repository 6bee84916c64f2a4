//! What a layer keeps from call to call: a `static` of the function's own, or what an option names.
//!
//! ```text
//! { static BREAKER: CircuitBreaker = CircuitBreaker::new().name(operation); &BREAKER }
//! &self.breaker                                                                          // state = self.breaker
//! ```

use super::Context;
use crate::options::value::expr::ExprArg;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::Expr;

/// A `static` named `name`, made by `#ty::new(#args)` and what is to be called on that.
pub(super) fn of_static(
    cx: &Context<'_>,
    name: &str,
    ty: &str,
    args: &TokenStream,
    then: &TokenStream,
) -> TokenStream {
    let (name, ty) = (Ident::new(name, Span::mixed_site()), cx.private(ty));
    quote!({ static #name: #ty = #ty::new(#args)#then; &#name })
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
