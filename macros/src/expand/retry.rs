//! `#[retry]`:
//!
//! ```text
//! let mut retry = Retry::new(operation, attempts(3), schedule, budget);
//! loop {
//!     {
//!         let out: Ret = below.await;
//!         if !retry.again(transient::<Ret>(&out)) {
//!             break out;
//!         }
//!     }                                       // the result is gone before anything is awaited
//!     pause(retry.delay()).await;
//! }
//! ```

use super::{Context, Lower, Position, Run, budget, standing_alone};
use crate::hygiene::names::{internal, plain, visible};
use crate::hygiene::paths;
use crate::hygiene::spans::blame;
use crate::options::LayerOptions;
use crate::options::retry::RetryOptions;
use crate::options::value::count::Attempts;
use crate::options::value::predicate::When;
use crate::options::value::schedule::Jitter;
use crate::syntax::scan::mention;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

impl Lower for RetryOptions {
    fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run {
        below.wrap_value(|below| {
            let keep = self.keep(cx);
            let state = self.state(cx);
            let attempt = self.one_attempt(below, cx, at);
            let (retry, pause, delay) = (
                internal("retry"),
                cx.private("pause"),
                cx.method("Retry", "delay"),
            );
            let stmts = quote!(#state #keep);
            let expr = quote! {
                loop {
                    { #attempt }
                    #pause(#delay(&mut #retry)).await;
                }
            };
            (stmts, expr)
        })
    }
}

impl RetryOptions {
    /// `let mut retry = Retry::new(…).…;`
    fn state(&self, cx: &Context<'_>) -> TokenStream {
        let retry = internal("retry");
        let (ty, operation, budget) = (cx.private("Retry"), cx.operation(self.name()), self.budget(cx));
        let mut value = if let Some(policy) = self.policy.get() {
            let policy = cx.user(policy);
            quote!(#ty::with_policy(#operation, #policy, #budget))
        } else {
            let (attempts, schedule) = (self.attempts(cx), self.schedule(cx));
            quote!(#ty::new(#operation, #attempts, #schedule, #budget))
        };
        if let Some(jitter) = self.jitter(cx) {
            value.extend(quote!(.jitter(#jitter)));
        }
        if let Some(limit) = self.max_elapsed.get() {
            let limit = cx.user(&limit.0);
            value.extend(quote!(.max_elapsed(#limit)));
        }
        if let Some(most) = self.max_hint.get() {
            let most = cx.user(most);
            value.extend(quote!(.max_hint(#most)));
        }
        if self.attempt.is_given() || self.on_retry.is_given() {
            value.extend(quote!(.timed()));
        }
        quote!(let mut #retry = #value;)
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

    /// One bucket per function, unless an option says otherwise; endless attempts have none by themselves.
    fn budget(&self, cx: &Context<'_>) -> TokenStream {
        match (self.budget.get(), self.attempts.get()) {
            (None, Some(Attempts::Forever(_))) if self.key.get().is_none() => cx.private("NoBudget"),
            (budget, _) => budget::budget(cx, budget, self.key.get()),
        }
    }

    /// `let mut keep_x = Keep::new(x);`
    fn keep(&self, cx: &Context<'_>) -> TokenStream {
        let ty = cx.private("Keep");
        self.clones()
            .map(|(name, keep)| {
                let mut name = cx.parameter(name);
                if plain(&name).starts_with('_') {
                    // A use of `_x` is worth a lint, unless it is a macro's.
                    name.set_span(name.span().resolved_at(Span::call_site()));
                }
                quote!(let mut #keep = #ty::new(#name);)
            })
            .collect()
    }

    fn clones(&self) -> impl Iterator<Item = (&Ident, Ident)> {
        let names = self
            .clones
            .get()
            .map(|names| names.0.as_slice())
            .unwrap_or_default();
        names
            .iter()
            .map(|name| (name, internal(&format!("keep_{}", plain(name)))))
    }

    /// What is inside the loop's inner block.
    fn one_attempt(&self, below: TokenStream, cx: &Context<'_>, at: &Position) -> TokenStream {
        let (retry, out, progress, task) = (
            internal("retry"),
            internal("out"),
            internal("progress"),
            internal("task"),
        );
        let ret = cx.ret.named();
        let mut stmts = TokenStream::new();
        if at.stops_below {
            let (ended, ty) = (internal("ended"), cx.private("Ended"));
            stmts.extend(quote!(#ended = #ty::Body;));
        }
        if at.total_above {
            let begin = cx.method("Progress", "begin");
            stmts.extend(quote!(#begin(&mut #progress, &#retry);));
        }
        if at.task_above {
            let (attempt, number) = (cx.method("Task", "attempt"), cx.method("Retry", "number"));
            stmts.extend(quote!(#attempt(&#task, #number(&#retry));));
        }
        if let Some(name) = self.attempt.get() {
            let place = mention(cx.body, &name.0).unwrap_or(cx.braces);
            let name = visible(&name.0, place);
            let attempt = cx.method("Retry", "attempt");
            stmts.extend(quote!(let #name = #attempt(&#retry);));
        }
        for (name, keep) in self.clones() {
            let name = cx.parameter(name);
            let next = blame(cx.method("Keep", "next"), &quote!(#name));
            let is_last = cx.method("Retry", "is_last");
            stmts.extend(quote!(let mut #name = #next(&mut #keep, #is_last(&#retry));));
        }
        let judge = self.judge(cx, at, &quote!(&#out));
        let give_up = at.task_above.then(|| {
            let (gave_up, why) = (cx.method("Task", "gave_up"), cx.method("Retry", "why"));
            quote!(#gave_up(&#task, #why(&#retry));)
        });
        let event = cx.shim("retry_event");
        let failed = at.total_above.then(|| {
            let describe = cx.shim("describe");
            let failed = cx.method("Progress", "failed");
            quote!(#failed(&mut #progress, #describe(&#out));)
        });
        let on_retry = self.on_retry(cx, &quote!(&#out));
        let again = cx.method("Retry", "again");
        quote! {
            #stmts
            let #out: #ret = #below;
            if !#again(&mut #retry, #judge) {
                #give_up
                break #out;
            }
            #event(#retry, &#out);
            #failed
            #on_retry
        }
    }

    /// Is this result worth another attempt?
    fn judge(&self, cx: &Context<'_>, at: &Position, out: &TokenStream) -> TokenStream {
        let ret = cx.ret.named();
        let body = if let Some(predicate) = self.when_result.get() {
            let (judge, predicate) = (cx.shim("when_result"), cx.user(predicate));
            quote!(#judge(#out, #predicate))
        } else {
            match self.when.get() {
                None | Some(When::Transient) => {
                    let judge = blame(cx.private("transient"), cx.ret.span_tokens());
                    quote!(#judge::<#ret>(#out))
                }
                Some(When::Any) => {
                    let judge = cx.shim("any_error");
                    quote!(#judge(#out))
                }
                Some(When::NotSent) => {
                    let judge = cx.private("not_sent");
                    quote!(#judge::<#ret>(#out))
                }
                Some(When::Callable(predicate)) => {
                    let (judge, predicate) = (cx.shim("when"), cx.user(predicate));
                    quote!(#judge(#out, #predicate))
                }
            }
        };
        if !at.stops_below {
            return body;
        }
        let (ended, ty, stop, judge) = (
            internal("ended"),
            cx.private("Ended"),
            internal("stop"),
            cx.private("judge_stop"),
        );
        let not_sent_only = matches!(self.when.get(), Some(When::NotSent));
        let timeouts = !not_sent_only && self.retry_timeouts.get().is_none_or(|retry| retry.0);
        let refused = self.retry_refused.is_given();
        quote! {
            match #ended {
                #ty::Body => #body,
                #stop => #judge(#stop, #timeouts, #refused),
            }
        }
    }

    /// The hook: called, or written in place when it awaits.
    fn on_retry(&self, cx: &Context<'_>, out: &TokenStream) -> TokenStream {
        let Some(hook) = self.on_retry.get() else {
            return TokenStream::new();
        };
        let (retry, error_of) = (
            internal("retry"),
            cx.private(if self.when_result.is_given() {
                "result_of"
            } else {
                "error_of"
            }),
        );
        // Who is dropped or panics in the hook never retries: `held` then gives the budget back what that would cost.
        let (seen, held) = (internal("event"), internal("held"));
        let (event, delay) = (cx.method("Retry", "event"), cx.method("Retry", "delay"));
        let keep = cx.method("Delay", "keep");
        let before = quote!(let #seen = #event(&#retry, #error_of(#out)); let #held = #delay(&mut #retry););
        if let Some((pat, body)) = hook.awaiting() {
            let (pat, body, some) = (cx.user(pat), standing_alone(cx.user(body)), paths::some());
            return quote! {
                #before
                if let #some(#seen) = &#seen {
                    let #pat = #seen;
                    async { #body }.await;
                }
                #keep(#held);
            };
        }
        let (observe, hook) = (cx.private("observe"), cx.user(hook));
        quote!(#before #observe(#hook, &#seen); #keep(#held);)
    }
}
