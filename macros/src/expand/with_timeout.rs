//! `#[with_timeout(5s)]`:
//!
//! ```text
//! match with_timeout(limit(Duration::from_secs(5)), below).await {
//!     Ok(out) => out,
//!     Err(stop) => stopped::<Ret>(stop.of(operation, TimeoutKind::Call, 1)),
//! }
//! ```

use super::stop::Arm;
use super::{Context, Lower, Position, Run};
use crate::hygiene::names::internal;
use crate::hygiene::paths;
use crate::options::LayerOptions;
use crate::options::facts::Stop;
use crate::options::with_timeout::WithTimeoutOptions;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

impl Lower for WithTimeoutOptions {
    fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run {
        let operation = cx.operation(self.name());
        let limit = match (self.value.get(), self.until.get()) {
            (Some(limit), _) => call(cx, "limit", cx.user(&limit.0)),
            (None, Some(until)) => call(cx, "deadline", cx.user(until)),
            (None, None) => TokenStream::new(), // refused by `check`
        };
        let kind = Ident::new(
            match (at.repeats_below, at.repeats_above) {
                (true, _) => "Total",
                (false, true) => "Attempt",
                (false, false) => "Call",
            },
            Span::mixed_site(),
        );
        let (kinds, stop) = (cx.private("TimeoutKind"), internal("stop"));
        let (retry, progress) = (internal("retry"), internal("progress"));
        let report = at.progress_below.then(|| {
            let report = cx.method("Progress", "report");
            quote!(#report(&#progress, #operation);)
        });
        let attempts = match (at.progress_below, at.retry_in_reach) {
            (true, _) => {
                let attempts = cx.method("Progress", "attempts");
                quote!(#attempts(&#progress))
            }
            (false, true) => {
                let number = cx.method("Retry", "number");
                quote!(#number(&#retry))
            }
            (false, false) => quote!(1),
        };
        let arm = Arm {
            stop: Stop::TimedOut,
            error: &self.error,
            or_return: &self.or_return,
            first: report.unwrap_or_default(),
            payload: quote!(#stop.of(#operation, #kinds::#kind, #attempts)),
            convert: "stopped",
        }
        .emit(cx, at);
        let (with_timeout, ok, out) = (cx.private("with_timeout"), paths::ok(), internal("out"));
        below.wrap(|below| {
            quote! {
                match #with_timeout(#limit, #below).await {
                    #ok(#out) => #out,
                    #arm
                }
            }
        })
    }
}

fn call(cx: &Context<'_>, function: &str, argument: TokenStream) -> TokenStream {
    let function = cx.private(function);
    quote!(#function(#argument))
}
