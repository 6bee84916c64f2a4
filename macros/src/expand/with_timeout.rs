//! `#[with_timeout(5s)]`:
//!
//! ```text
//! match with_timeout(Secs::<5>, below).await {
//!     Ok(out) => out,
//!     Err(stop) => stopped::<Ret>(stop.of(operation, TimeoutKind::Call, 1)),
//! }
//! ```
//!
//! With `inherit`, `inherit` stands for `with_timeout` in it.
//!
//! Directly above `#[retry]` it lends its timer to the attempts and the pauses:
//!
//! ```text
//! let mut timer = pin!(Total::new(Secs::<30>));
//! let out = loop {
//!     …match within(timer.as_mut(), Secs::<2>, below).await {
//!         Ok(Ok(out)) => out,
//!         Ok(Err(stop)) => stopped::<Ret>(stop.of(operation, TimeoutKind::Attempt, number)),
//!         Err(stop) => break Err(retry.cut(stop)),
//!     };…
//! };
//! match out { Ok(out) => out, Err(stop) => stopped::<Ret>(stop.of(operation)) }
//! ```

use super::stop::Arm;
use super::{Context, Lower, Position, Run};
use crate::hygiene::names::internal;
use crate::hygiene::paths;
use crate::options::LayerOptions;
use crate::options::facts::Stop;
use crate::options::value::duration::{DurationArg, LimitArg};
use crate::options::with_timeout::WithTimeoutOptions;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

impl Lower for WithTimeoutOptions {
    fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run {
        let operation = cx.operation(self.name());
        let limit = match (self.value.get(), self.until.get()) {
            (Some(LimitArg(limit)), _) => literal(cx, limit)
                .filter(|_| !self.inherit.is_given())
                .unwrap_or_else(|| cx.limit(limit)),
            (None, Some(until)) => cx.evaluated("deadline", until),
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
        let (retry, progress, last) = (internal("retry"), internal("progress"), internal("last"));
        let report = if at.lends_timer {
            let (report, attempts) = (cx.method("LastError", "report"), cx.method("Cut", "attempts"));
            quote!(#report(&#last, #operation, #attempts(&#stop));)
        } else if at.progress_below {
            let report = cx.method("Progress", "report");
            quote!(#report(&#progress, #operation);)
        } else {
            TokenStream::new()
        };
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
        let payload = if at.lends_timer {
            quote!(#stop.of(#operation))
        } else {
            quote!(#stop.of(#operation, #kinds::#kind, #attempts))
        };
        let arm = Arm {
            stop: Stop::TimedOut,
            error: &self.error,
            or_return: &self.or_return,
            first: report,
            payload,
            convert: "stopped",
        }
        .parts(cx, at);
        if at.lends_timer {
            lend(below, cx, &limit, arm)
        } else if at.shares_timer {
            share(below, cx, &limit, arm)
        } else {
            let with_timeout = cx.private(if self.inherit.is_given() {
                "inherit"
            } else {
                "with_timeout"
            });
            below.wrap_raced(|below| quote!(#with_timeout(#limit, #below)), arm)
        }
    }
}

/// The timer of the whole call, for the attempts and pauses below as well.
fn lend(below: Run, cx: &Context<'_>, limit: &TokenStream, arm: (TokenStream, TokenStream)) -> Run {
    let (timer, new) = (internal("timer"), cx.method("Total", "new"));
    let (last, no_error) = (internal("last"), cx.method("LastError", "new"));
    let (ok, out, (pattern, value)) = (paths::ok(), internal("out"), arm);
    below.wrap_value(|below| {
        let stmts = quote! {
            let mut #timer = ::core::pin::pin!(#new(#limit));
            let mut #last = #no_error();
            let #out = #below;
        };
        (
            stmts,
            quote!(match #out { #ok(#out) => #out, #pattern => #value }),
        )
    })
}

/// An attempt's limit on the timer of the whole call; whose end passed first is for the patterns to tell.
fn share(below: Run, cx: &Context<'_>, limit: &TokenStream, arm: (TokenStream, TokenStream)) -> Run {
    let (within, timer) = (cx.private("within"), timer());
    let (ok, out, cut, (pattern, value)) = (paths::ok(), internal("out"), cut(cx), arm);
    below.wrap(|below| {
        quote! {
            match #within(#timer, #limit, #below).await {
                #ok(#ok(#out)) => #out,
                #ok(#pattern) => #value,
                #cut
            }
        }
    })
}

/// `Err(stop) => break Err(retry.cut(stop)),`
pub(super) fn cut(cx: &Context<'_>) -> TokenStream {
    let (err, stop, retry) = (paths::err(), internal("stop"), internal("retry"));
    let cut = cx.method("Retry", "cut");
    quote!(#err(#stop) => break #err(#cut(&#retry, #stop)),)
}

/// The timer of the whole call, for as long as something waits on it.
pub(super) fn timer() -> TokenStream {
    let timer = internal("timer");
    quote!(::core::pin::Pin::as_mut(&mut #timer))
}

/// `Secs::<5>`: a literal is a type, which takes no place.
pub(super) fn literal(cx: &Context<'_>, limit: &DurationArg) -> Option<TokenStream> {
    let limit = limit.literal?;
    let (unit, count) = match limit.subsec_nanos() {
        0 => ("Secs", limit.as_secs()),
        nanos if nanos % 1_000_000 == 0 => ("Millis", u64::try_from(limit.as_millis()).ok()?),
        _ => return None,
    };
    let (unit, count) = (cx.private(unit), Literal::u64_unsuffixed(count));
    Some(quote!(#unit::<#count>))
}
