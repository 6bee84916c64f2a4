//! `#[retry]`:
//!
//! ```text
//! let mut retry = Retry::new(plan, budget);
//! loop {
//!     {
//!         let out: Ret = below.await;
//!         let out = match settle!(retry, out) {            // a success is taken out by itself
//!             Ok(out) => break out.into_return(),
//!             Err(out) => out,
//!         };
//!         let again = retry.again(transient::<Ret>(&out));
//!         retry_event!(retry, &out);                        // for those who are told
//!         if !again {
//!             break out;
//!         }
//!     }                                                   // the result is gone before anything is awaited
//!     pause(retry.delay()).await;
//! }
//! ```
//!
//! Where a total limit directly above lends its timer ([`super::with_timeout`]), all that is awaited is awaited on it:
//!
//! ```text
//! loop {
//!     {
//!         …match within(timer.as_mut(), NoLimit, below).await { …, Err(stop) => break Err(retry.cut(stop)) }…
//!         …break Ok(out)…
//!     }
//!     if let Err(cut) = pause_within(timer.as_mut(), retry.delay()).await { break Err(cut); }
//! }
//! ```

mod plan;

use super::with_timeout::{cut, timer};
use super::{Context, Lower, Position, Run, budget, standing_alone};
use crate::hygiene::names::{internal, plain, visible};
use crate::hygiene::paths;
use crate::hygiene::spans::blame;
use crate::options::LayerOptions;
use crate::options::retry::RetryOptions;
use crate::options::value::count::Attempts;
use crate::options::value::predicate::When;
use crate::syntax::scan::mention;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

impl Lower for RetryOptions {
    fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run {
        below_total(below, cx, at).wrap_value(|below| {
            let keep = self.keep(cx);
            let state = self.state(cx);
            let attempt = self.one_attempt(below, cx, at);
            let (retry, delay) = (internal("retry"), cx.method("Retry", "delay"));
            let delay = quote!(#delay(&mut #retry));
            let pause = if at.borrows_timer {
                let (pause, timer, err, cut) =
                    (cx.private("pause_within"), timer(), paths::err(), internal("cut"));
                quote!(if let #err(#cut) = #pause(#timer, #delay).await { break #err(#cut); })
            } else {
                let pause = cx.private("pause");
                quote!(#pause(#delay).await;)
            };
            (quote!(#state #keep), quote!(loop { { #attempt } #pause }))
        })
    }
}

/// Where a total limit lends its timer, all that is awaited in the loop is awaited within it.
fn below_total(below: Run, cx: &Context<'_>, at: &Position) -> Run {
    if at.borrows_timer && !at.timer_shared_below {
        below.wrap(|below| within_total(&below, cx, &cut(cx)))
    } else {
        below
    }
}

/// Awaits something without a limit of its own; `cut` is what happens at the end of the call.
fn within_total(future: &TokenStream, cx: &Context<'_>, cut: &TokenStream) -> TokenStream {
    let (within, no_limit, timer) = (cx.private("within"), cx.private("NoLimit"), timer());
    let (ok, err, out, stop) = (paths::ok(), paths::err(), internal("out"), internal("stop"));
    quote! {
        match #within(#timer, #no_limit, #future).await {
            #ok(#ok(#out)) => #out,
            #ok(#err(#stop)) | #cut
        }
    }
}

/// What the loop ends with: where a total limit can end it too, a `Result` around it.
fn leave(at: &Position, out: &TokenStream) -> TokenStream {
    if at.borrows_timer {
        let ok = paths::ok();
        quote!(#ok(#out))
    } else {
        out.clone()
    }
}

impl RetryOptions {
    /// `let mut retry = Retry::new(…).…;`
    fn state(&self, cx: &Context<'_>) -> TokenStream {
        let retry = internal("retry");
        let (ty, operation) = (cx.private("Retry"), cx.operation(self.name()));
        let budget = self.budget(cx, &operation);
        let mut value = if let Some(policy) = self.policy.get() {
            let policy = cx.user(policy);
            quote!(#ty::with_policy(#operation, #policy, #budget))
        } else {
            let plan = self.plan(cx, &operation);
            quote!(#ty::new(#plan, #budget))
        };
        if let Some(limit) = self.max_elapsed.get() {
            let limit = cx.user(&limit.0);
            value.extend(quote!(.max_elapsed(#limit)));
        }
        if self.attempt.is_given() || self.on_retry.is_given() {
            value.extend(quote!(.timed()));
        }
        quote!(let mut #retry = #value;)
    }

    /// One bucket per function, unless an option says otherwise; endless attempts have none by themselves.
    fn budget(&self, cx: &Context<'_>, operation: &TokenStream) -> TokenStream {
        match (self.budget.get(), self.attempts.get()) {
            (None, Some(Attempts::Forever(_))) if self.key.get().is_none() => cx.private("NoBudget"),
            (budget, _) => budget::budget(cx, operation, budget, self.key.get()),
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
        if at.total_above && !at.borrows_timer {
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
        for (param, keep) in self.clones() {
            let name = cx.parameter(param);
            let next = blame(cx.method("Keep", "next"), &quote!(#name));
            let is_last = cx.method("Retry", "is_last");
            let binding = at.clone_binding(param, &name);
            stmts.extend(quote!(let #binding = #next(&mut #keep, #is_last(&#retry));));
        }
        let judge = self.judge(cx, at, &quote!(&#out));
        let give_up = at.task_above.then(|| {
            let (gave_up, why) = (cx.method("Task", "gave_up"), cx.method("Retry", "why"));
            quote!(#gave_up(&#task, #why(&#retry));)
        });
        let event = cx.shim("retry_event");
        let failed = at.total_above.then(|| {
            let (ty, known) = match at.borrows_timer {
                true => ("LastError", internal("last")),
                false => ("Progress", progress),
            };
            let (failed, describe) = (cx.method(ty, "failed"), cx.shim("describe"));
            quote!(#failed(&mut #known, #describe(&#out));)
        });
        let on_retry = self.on_retry(cx, at, &quote!(&#out));
        let (again, goes_on) = (cx.method("Retry", "again"), internal("again"));
        let settled = self.settled(cx, at);
        let result = leave(at, &quote!(#out));
        quote! {
            #stmts
            let #out: #ret = #below;
            #settled
            let #goes_on = #again(&mut #retry, #judge);
            #event(#retry, &#out);
            if !#goes_on {
                #give_up
                break #result;
            }
            #failed
            #on_retry
        }
    }

    /// `let out = match settle!(retry, out) { Ok(out) => break out.into_return(), Err(out) => out };`
    ///
    /// Only what is a success whatever else is known of it: not with `when_result`, and not a value that a layer below
    /// put in place of a stop.
    fn settled(&self, cx: &Context<'_>, at: &Position) -> TokenStream {
        if self.when_result.is_given() {
            return TokenStream::new();
        }
        let (retry, out, ok, err) = (internal("retry"), internal("out"), paths::ok(), paths::err());
        let settle = cx.shim("settle");
        let ended = at.stops_below.then(|| {
            let ended = internal("ended");
            quote!(, #ended)
        });
        let success = leave(at, &quote!(#out.into_return()));
        quote! {
            let #out = match #settle(#retry, #out #ended) {
                #ok(#out) => break #success,
                #err(#out) => #out,
            };
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
    fn on_retry(&self, cx: &Context<'_>, at: &Position, out: &TokenStream) -> TokenStream {
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
            let hook = quote!(async { #body });
            let hook = if at.borrows_timer {
                // The retry is the guard's until the pause is over.
                let (err, stop, cut) = (paths::err(), internal("stop"), cx.method("Delay", "cut"));
                let cut = quote!(#err(#stop) => break #err(#cut(&#held, #stop)),);
                let awaited = within_total(&hook, cx, &cut);
                quote!(let _ = #awaited;)
            } else {
                quote!(#hook.await;)
            };
            return quote! {
                #before
                if let #some(#seen) = &#seen {
                    let #pat = #seen;
                    #hook
                }
                #keep(#held);
            };
        }
        let (observe, hook) = (cx.private("observe"), cx.user(hook));
        quote!(#before #observe(#hook, &#seen); #keep(#held);)
    }
}
