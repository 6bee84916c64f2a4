//! `#[shield]`:
//!
//! ```text
//! shield_as(operation, async move { below }).await
//!
//! let (below, out) = shield_as(operation, async move { let mut ended = Ended::Body; let out: Ret = below; (ended, out) }).await;
//! ended = below;                                        // when a layer above looks at how a run ended
//! ```

use super::{Context, Lower, Position, Run, scaffold};
use crate::hygiene::names::internal;
use crate::options::LayerOptions;
use crate::options::shield::ShieldOptions;
use proc_macro2::TokenStream;
use quote::quote;

impl Lower for ShieldOptions {
    fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run {
        // What belongs at the entry belongs into the task: it owns all it uses.
        let (entry, stmts, expr) = below.into_parts();
        let (shield, operation) = (cx.private("shield_as"), cx.operation(self.name()));
        if at.is_read && at.stops_below {
            let (ended, out, below) = (internal("ended"), internal("out"), internal("below"));
            let ret = cx.ret.named();
            let task = quote! {
                #shield(#operation, async move {
                    #entry
                    #stmts
                    let #out: #ret = #expr;
                    (#ended, #out)
                })
            };
            Run::value(
                quote!(let (#below, #out) = #task.await; #ended = #below;),
                quote!(#out),
                cx.ret,
            )
        } else {
            let value = scaffold::as_tail(expr, cx.ret.is_future);
            let task = quote!(#shield(#operation, async move { #entry #stmts #value }));
            Run::value(TokenStream::new(), quote!(#task.await), cx.ret)
        }
    }
}
