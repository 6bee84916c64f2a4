//! What a retried call is to do, as far as it does not change while it runs:
//!
//! ```text
//! Plan::new(operation, attempts(self.attempts), Exponential::growing(first, 2.0))      // once per call
//! || Plan::new(operation, attempts(3), Exponential::growing(first, 2.0))               // all literals: when asked for
//! ```

use super::super::Context;
use crate::options::retry::RetryOptions;
use crate::options::value::count::Attempts;
use crate::options::value::duration::DurationArg;
use crate::options::value::schedule::{Exponential, Jitter};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

impl RetryOptions {
    pub(super) fn plan(&self, cx: &Context<'_>, operation: &TokenStream) -> TokenStream {
        let (new, attempts, schedule) = (cx.method("Plan", "new"), self.attempts(cx), self.schedule(cx));
        let mut plan = quote!(#new(#operation, #attempts, #schedule));
        if let Some(jitter) = self.jitter(cx) {
            plan.extend(quote!(.jitter(#jitter)));
        }
        if let Some(most) = self.max_hint.get() {
            let most = cx.user(most);
            plan.extend(quote!(.max_hint(#most)));
        }
        // What is the same for each call is made where it is needed, and kept nowhere.
        let made = self.plan_is_literal().then(|| quote!(||));
        quote!(#made #plan)
    }

    /// No part of the plan is an expression of the user's, which would be evaluated once per call.
    fn plan_is_literal(&self) -> bool {
        let is_literal = |duration: &DurationArg| duration.literal.is_some();
        let exponential = self.exponential.get().is_none_or(|Exponential(options)| {
            [&options.value, &options.max]
                .into_iter()
                .all(|duration| duration.get().is_none_or(is_literal))
                && options.factor.get().is_none_or(|factor| factor.literal.is_some())
        });
        let jitter = match self.jitter.get() {
            Some(Jitter::Proportional(ratio)) => syn::parse2::<syn::Lit>(ratio.clone()).is_ok(),
            _ => true,
        };
        !matches!(self.attempts.get(), Some(Attempts::Expr(_)))
            && !self.backoff.is_given()
            && exponential
            && self.constant.get().is_none_or(|constant| is_literal(&constant.0))
            && self
                .delays
                .get()
                .is_none_or(|delays| delays.0.iter().all(is_literal))
            && self.max_hint.get().is_none_or(is_literal)
            && jitter
    }

    fn attempts(&self, cx: &Context<'_>) -> TokenStream {
        let attempts = cx.private("attempts");
        match self.attempts.get() {
            Some(Attempts::Literal(count)) => quote!(#attempts(#count)),
            Some(Attempts::Expr(count)) => {
                let count = cx.user(count);
                quote!(#attempts(#count))
            }
            Some(Attempts::Forever(_)) => {
                let ty = cx.private("Attempts");
                quote!(#ty::FOREVER)
            }
            None => quote!(#attempts(3u32)),
        }
    }

    fn schedule(&self, cx: &Context<'_>) -> TokenStream {
        if let Some(constant) = self.constant.get() {
            let (ty, delay) = (cx.private("Constant"), cx.user(&constant.0));
            quote!(#ty::new(#delay))
        } else if let Some(delays) = self.delays.get() {
            let (ty, delays) = (cx.private("Delays"), delays.0.iter().map(|delay| cx.user(delay)));
            quote!(#ty::new([#(#delays),*]))
        } else if let Some(backoff) = self.backoff.get() {
            let (ty, backoff) = (cx.private("Backoff"), cx.user(backoff));
            quote!(#ty::new(#backoff))
        } else {
            let ty = cx.private("Exponential");
            let options = self.exponential.get().map(|exponential| &exponential.0);
            let first = options.and_then(|options| options.value.get()).map_or_else(
                || quote!(::core::time::Duration::from_millis(100)),
                |first| cx.user(first),
            );
            let factor = options
                .and_then(|options| options.factor.get())
                .map_or_else(|| quote!(2.0), |factor| cx.user(factor));
            match options.and_then(|options| options.max.get()) {
                Some(max) => {
                    let max = cx.user(max);
                    quote!(#ty::new(#first, #factor, #max))
                }
                None => quote!(#ty::growing(#first, #factor)),
            }
        }
    }

    /// The jitter that was asked for; each schedule has one of its own.
    fn jitter(&self, cx: &Context<'_>) -> Option<TokenStream> {
        let ty = cx.private("Jitter");
        let variant = match self.jitter.get()? {
            Jitter::Full => "Full",
            Jitter::Equal => "Equal",
            Jitter::None => "None",
            Jitter::Proportional(ratio) => {
                let ratio = cx.user(ratio);
                return Some(quote!(#ty::Proportional(#ratio)));
            }
        };
        let variant = Ident::new(variant, Span::mixed_site());
        Some(quote!(#ty::#variant))
    }
}
