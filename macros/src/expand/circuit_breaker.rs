//! `#[circuit_breaker]`:
//!
//! ```text
//! let held = { static BREAKER: CircuitBreaker = CircuitBreaker::new().name(operation); of_static(&BREAKER, operation) };
//! match admit(held, operation) {
//!     Ok(admitted) => {
//!         let permit = Permit::new(held, admitted);
//!         let out: Ret = below;
//!         match split!(ended, out) {                       // dropped on the way: the permit says so itself
//!             Ok(out) => { permit.record(Judged::Success); out.into_return() }
//!             Err(out) => { permit.record(breaker_default!(ended, &out)); out }
//!         }
//!     }
//!     Err(stop) => stopped::<Ret>(stop.of(operation)),
//! }
//!
//! let state = &self.breaker;  let held = breaker(state);                        // state = self.breaker
//! let held = of_key(of_static(&BREAKER, operation), key(&(host)));              // key = host; then `admit(&held, operation)`
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
        let (admitted, permit, out) = (internal("admitted"), internal("permit"), internal("out"));
        let arm = Arm::refused(&operation, &self.error, &self.or_return).emit(cx, at);
        let mut before = Before::default();
        let held = self.held(cx, &mut before);
        let (admit, record, ok) = (cx.private("admit"), cx.method("Permit", "record"), paths::ok());
        let new = cx.method("Permit", "new");
        // Of a key it is more than a reference, and the permit's to keep.
        let and = self.key.is_given().then(|| quote!(&));
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
                match #admit(#and #held, #operation) {
                    #ok(#admitted) => {
                        let #permit = #new(#held, #admitted);
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
    /// `let held = …;`: a reference to the circuit, or what keeps that of a key.
    fn held(&self, cx: &Context<'_>, before: &mut Before) -> TokenStream {
        let state = match (self.state.get(), self.key.get()) {
            (Some(state), _) => before.bind("state", &state::borrowed(cx, state), &cx.user(state)),
            (None, key) => {
                let ty = match key {
                    Some(_) => "KeyedCircuitBreaker",
                    None => "CircuitBreaker",
                };
                let (operation, none) = (cx.operation(self.name()), TokenStream::new());
                state::of_static(cx, &operation, "BREAKER", ty, &none, &self.settings(cx))
            }
        };
        match (self.key.get(), self.state.get()) {
            (Some(key), _) => {
                let (of_key, key) = (cx.private("of_key"), cx.user(key));
                let hashed = blame(cx.private("key"), &key);
                let (and, of) = (blame(quote!(&), &key), blame(quote!((#key)), &key));
                before.bind("held", &quote!(#of_key(#state, #hashed(#and #of))), &key)
            }
            (None, Some(written)) => {
                let (breaker, written) = (cx.private("breaker"), cx.user(written));
                before.bind("held", &blame(quote!(#breaker(#state)), &written), &written)
            }
            (None, None) => before.bind("held", &state, &TokenStream::new()),
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
