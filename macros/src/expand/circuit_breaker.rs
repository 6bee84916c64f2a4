//! `#[circuit_breaker]`:
//!
//! ```text
//! match admit({ static BREAKER: CircuitBreaker = CircuitBreaker::new().name(operation); &BREAKER }, operation) {
//!     Ok(permit) => {
//!         let out: Ret = below;
//!         match split!(ended, out) {                       // dropped on the way: the permit says so itself
//!             Ok(out) => { permit.record(Judged::Success); out.into_return() }
//!             Err(out) => { permit.record(breaker_default!(ended, &out)); out }
//!         }
//!     }
//!     Err(stop) => stopped::<Ret>(stop.of(operation)),
//! }
//!
//! let breaker = &self.breaker;  match admit(breaker, operation) { … }                             // state = self.breaker
//! let keyed = KeyedBreaker::new(&BREAKER, key(&(host)));  match admit(keyed, operation) { … }     // key = host
//! ```

use super::state::{self, Before};
use super::stop::Arm;
use super::{Context, Lower, Position, Run};
use crate::hygiene::names::internal;
use crate::hygiene::paths;
use crate::hygiene::spans::blame;
use crate::options::LayerOptions;
use crate::options::circuit_breaker::CircuitBreakerOptions;
use crate::options::value::window::Window;
use proc_macro2::TokenStream;
use quote::quote;

impl Lower for CircuitBreakerOptions {
    fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run {
        let operation = cx.operation(self.name());
        let (permit, out) = (internal("permit"), internal("out"));
        let arm = Arm::refused(&operation, &self.error, &self.or_return).emit(cx, at);
        let mut before = Before::default();
        let breaker = self.breaker(cx, &mut before);
        let (admit, record, ok) = (cx.private("admit"), cx.method("Permit", "record"), paths::ok());
        let admitted = quote!(#admit(#breaker, #operation));
        let admitted = match self.state.get() {
            Some(state) => blame(admitted, &cx.user(state)),
            None => admitted,
        };
        // Below a queue it is the queue that knows when the body begins.
        let begin = (self.measures() && !at.queues_below).then(|| {
            let begin = cx.method("Permit", "begin");
            quote!(#begin(&#permit);)
        });
        let (judge, ret) = (self.judge(cx, at, &quote!(&#out)), cx.ret.named());
        let (split, ended, err) = (cx.shim("split"), cx.ended(at), paths::err());
        let judged = cx.private("Judged");
        below.wrap_value(|below| {
            let expr = quote! {
                match #admitted {
                    #ok(#permit) => {
                        #begin
                        let #out: #ret = #below;
                        match #split(#ended, #out) {
                            #ok(#out) => {
                                #record(#permit, #judged::Success);
                                #out.into_return()
                            }
                            #err(#out) => {
                                #record(#permit, #judge);
                                #out
                            }
                        }
                    }
                    #arm
                }
            };
            (before.into_tokens(), expr)
        })
    }
}

impl CircuitBreakerOptions {
    fn breaker(&self, cx: &Context<'_>, before: &mut Before) -> TokenStream {
        let breaker = match (self.state.get(), self.key.get()) {
            (Some(state), _) => before.bind("breaker", &state::borrowed(cx, state), &cx.user(state)),
            (None, key) => {
                let ty = match key {
                    Some(_) => "KeyedCircuitBreaker",
                    None => "CircuitBreaker",
                };
                state::of_static(cx, "BREAKER", ty, &TokenStream::new(), &self.settings(cx))
            }
        };
        match self.key.get() {
            Some(key) => {
                let (new, key) = (cx.method("KeyedBreaker", "new"), cx.user(key));
                let hashed = blame(cx.private("key"), &key);
                let (and, of) = (blame(quote!(&), &key), blame(quote!((#key)), &key));
                before.bind("keyed", &quote!(#new(#breaker, #hashed(#and #of))), &key)
            }
            None => breaker,
        }
    }

    /// `.name(operation).failure_rate(0.5)…`
    fn settings(&self, cx: &Context<'_>) -> TokenStream {
        let operation = cx.operation(self.name());
        let mut settings = quote!(.name(#operation));
        let mut set = |method: TokenStream, value: Option<TokenStream>| {
            if let Some(value) = value {
                settings.extend(quote!(.#method(#value)));
            }
        };
        set(
            quote!(failure_rate),
            self.failure_rate.get().map(|rate| cx.user(rate)),
        );
        match self.window.get() {
            Some(Window::Calls(calls)) => set(quote!(window), Some(cx.count(calls))),
            Some(Window::Time(time)) => set(quote!(window_time), Some(cx.user(&time.0))),
            Some(Window::Expr(value)) => {
                let (of, value) = (cx.private("WindowOf"), cx.user(value));
                let of = blame(quote!(#of::new), &value);
                set(quote!(__window), Some(quote!(#of(#value).window())));
            }
            None => {}
        }
        set(
            quote!(min_calls),
            self.min_calls.get().map(|calls| cx.count(calls)),
        );
        set(
            quote!(consecutive),
            self.consecutive.get().map(|calls| cx.count(calls)),
        );
        set(quote!(open_for), self.open_for.get().map(|time| cx.user(&time.0)));
        set(quote!(factor), self.factor.get().map(|factor| cx.user(factor)));
        set(quote!(max), self.max.get().map(|time| cx.user(&time.0)));
        set(quote!(probes), self.probes.get().map(|calls| cx.count(calls)));
        set(
            quote!(slow_call),
            self.slow_call.get().map(|time| cx.user(&time.0)),
        );
        set(quote!(slow_rate), self.slow_rate.get().map(|rate| cx.user(rate)));
        if self.abandoned_is_failure() {
            set(quote!(abandoned_is_failure), Some(TokenStream::new()));
        }
        settings
    }

    /// What the result says about the other side.
    fn judge(&self, cx: &Context<'_>, at: &Position, out: &TokenStream) -> TokenStream {
        let ended = cx.ended(at);
        if let Some(when) = self.when.get() {
            let when = cx.user(&when.0);
            let judge = cx.shim("breaker_when");
            return blame(quote!(#judge(#ended, #out, #when)), &when);
        }
        let judge = cx.shim("breaker_default");
        // If neither a timeout nor a slow call can open it, the return type has to be able to.
        let opens = at.times_out_below || self.measures() || self.abandoned_is_failure();
        let out = match opens {
            true => out.clone(),
            false => {
                let can_fail = blame(cx.private("can_fail"), cx.ret.span_tokens());
                let out = blame(out.clone(), cx.ret.span_tokens());
                quote!(#can_fail(#out))
            }
        };
        quote!(#judge(#ended, #out))
    }
}
