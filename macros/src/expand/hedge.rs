//! `#[hedge(after = 50ms)]`:
//!
//! ```text
//! let (ended, out) = hedge(operation, Millis::<50>, 2, budget, || async {
//!     let mut request = Clone::clone(&request);            // clone(request)
//!     let mut ended = Ended::Body;                         // when a layer below can stop a run
//!     let out: Ret = below;
//!     ran!(ended, out)
//! }).await;
//! ```

use super::with_timeout::literal;
use super::{Context, Lower, Position, Run, budget};
use crate::hygiene::names::internal;
use crate::hygiene::spans::blame;
use crate::options::LayerOptions;
use crate::options::hedge::HedgeOptions;
use proc_macro2::TokenStream;
use quote::quote;

impl Lower for HedgeOptions {
    fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run {
        let (entry, stmts, expr) = below.into_parts();
        let (operation, out, ret) = (cx.operation(self.name()), internal("out"), cx.ret.named());
        let (hedge, ran) = (cx.private("hedge"), cx.shim("ran"));
        let after = self
            .after
            .get()
            .map(|after| literal(cx, after).unwrap_or_else(|| cx.limit(after)));
        let attempts = match self.attempts.get() {
            Some(count) => cx.count(&count.0),
            None => quote!(2u32),
        };
        let budget = budget::budget(cx, &operation, self.budget.get(), self.key.get());
        let (clones, ended) = (self.clones(cx, at), cx.ended(at));
        let runs = quote! {
            #hedge(#operation, #after, #attempts, #budget, || async {
                #clones
                #stmts
                let #out: #ret = #expr;
                #ran(#ended, #out)
            }).await
        };
        let run = if at.is_read && at.stops_below {
            let (below, ended) = (internal("below"), internal("ended"));
            Run::value(
                quote!(let (#below, #out) = #runs; #ended = #below;),
                quote!(#out),
                cx.ret,
            )
        } else {
            Run::value(TokenStream::new(), quote!(#runs.1), cx.ret)
        };
        run.at_entry(entry)
    }
}

impl HedgeOptions {
    /// `let mut x = Clone::clone(&x);`, in each run: nothing is cloned for one that is not started.
    fn clones(&self, cx: &Context<'_>, at: &Position) -> TokenStream {
        let names = self
            .clones
            .get()
            .map(|names| names.0.as_slice())
            .unwrap_or_default();
        names
            .iter()
            .map(|param| {
                let name = cx.parameter(param);
                let clone = blame(quote!(::core::clone::Clone::clone), &quote!(#name));
                let binding = at.clone_binding(param, &name);
                quote!(let #binding = #clone(&#name);)
            })
            .collect()
    }
}
