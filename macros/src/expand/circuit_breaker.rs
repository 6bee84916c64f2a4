//! `#[circuit_breaker]`:
//!
//! ```text
//! match admit({ static BREAKER: CircuitBreaker = CircuitBreaker::new().name(operation); &BREAKER }) {
//!     Ok(permit) => {
//!         let out: Ret = below;
//!         permit.record(breaker_default!(ended, &out));    // dropped on the way: the permit says so itself
//!         out
//!     }
//!     Err(stop) => stopped::<Ret>(stop.of(operation)),
//! }
//! ```

use super::stop::Arm;
use super::{Context, Lower, Position, Run, state};
use crate::hygiene::names::internal;
use crate::hygiene::paths;
use crate::options::LayerOptions;
use crate::options::circuit_breaker::{CircuitBreakerOptions, Window};
use crate::options::facts::Stop;
use proc_macro2::TokenStream;
use quote::quote;

impl Lower for CircuitBreakerOptions {
    fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run {
        let operation = cx.operation(self.name());
        let (permit, out, stop) = (internal("permit"), internal("out"), internal("stop"));
        let arm = Arm {
            stop: Stop::Refused,
            error: &self.error,
            or_return: &self.or_return,
            first: TokenStream::new(),
            payload: quote!(#stop.of(#operation)),
            convert: "stopped",
        }
        .emit(cx, at);
        let (admit, state, ok) = (cx.private("admit"), self.state(cx), paths::ok());
        // Below a queue it is the queue that knows when the body begins.
        let begin = (self.measures() && !at.queues_below).then(|| {
            let begin = cx.method("Permit", "begin");
            quote!(#begin(&#permit);)
        });
        let (judge, ret) = (self.judge(cx, at, &quote!(&#out)), cx.ret.named());
        below.wrap_value(|below| {
            let expr = quote! {
                match #admit(#state) {
                    #ok(#permit) => {
                        #begin
                        let #out: #ret = #below;
                        #permit.record(#judge);
                        #out
                    }
                    #arm
                }
            };
            (TokenStream::new(), expr)
        })
    }
}

impl CircuitBreakerOptions {
    fn state(&self, cx: &Context<'_>) -> TokenStream {
        let keyed = self.key.get().map(|key| cx.user(key));
        let state = match self.state.get() {
            Some(state) => state::borrowed(cx, state),
            None => {
                let ty = if keyed.is_some() {
                    "KeyedCircuitBreaker"
                } else {
                    "CircuitBreaker"
                };
                state::of_static(cx, "BREAKER", ty, &TokenStream::new(), &self.settings(cx))
            }
        };
        match keyed {
            Some(key) => {
                let ty = cx.private("KeyedBreaker");
                quote!(#ty::new(#state, &(#key)))
            }
            None => state,
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
            Some(Window::Time(time)) => set(quote!(window_time), Some(cx.user(time))),
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
        match self.when.get() {
            Some(when) => {
                let (judge, when) = (cx.shim("breaker_when"), cx.user(when));
                quote!(#judge(#ended, #out, #when))
            }
            None => {
                let judge = cx.shim("breaker_default");
                quote!(#judge(#ended, #out))
            }
        }
    }
}
