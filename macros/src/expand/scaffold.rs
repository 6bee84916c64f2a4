//! The frame around all layers:
//!
//! ```text
//! async fn f(mut a: A) -> Ret {                                        // the signature, untouched but for a `mut`
//!     let mut ended = Ended::Body;                                     // when a layer looks at how a run ended
//!     return LAYERS(async {
//!         if false { let _ = &mut a; }                                 // exclusive capture
//!         if let Some(ret) = None::<Ret> { return ret; }               // ties the block to the declared type
//!         fault!("f"; Ret);                                            // for tests: nothing without `test-util`
//!         match () { () => { …the body, as it was written… } }         // a scope of its own
//!     });
//! }
//! ```

use super::capture::Capture;
use super::fault::Fault;
use super::position::{self, Position};
use super::{Context, Lower, Run};
use crate::hygiene::names::internal;
use crate::hygiene::paths;
use crate::hygiene::spans::blame;
use crate::model::plan::Plan;
use crate::options::facts::{Runs, Stop};
use crate::syntax::pattern::each_binding;
use crate::syntax::ret::Ret;
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Signature;

/// An `async fn`.
pub(super) fn expand(plan: &Plan) -> TokenStream {
    let body = plan.body.stream();
    let mut sig = plan.sig.clone();
    let mut capture = Capture::new(plan, &body);
    capture.parameters(&mut sig, |_| false);
    prepare_clones(plan, &mut sig, &mut capture);
    let async_span = sig.asyncness.map_or_else(Span::mixed_site, |token| token.span);
    let (stmts, expr) = lower(plan, &body, body_block(plan, &capture, &plan.body, async_span));
    let lowered = if plan.ret.never {
        quote!(#stmts #expr)
    } else {
        quote!(#stmts return #expr;)
    };
    let inner_attrs = &plan.inner_attrs;
    item(plan, &sig, plan.body.span(), quote!(#inner_attrs #lowered))
}

/// The item with new contents between the user's own braces.
pub(super) fn item(plan: &Plan, sig: &Signature, span: Span, contents: TokenStream) -> TokenStream {
    let Plan {
        attrs,
        vis,
        defaultness,
        ..
    } = plan;
    let mut braces = Group::new(Delimiter::Brace, contents);
    braces.set_span(span);
    quote!(#(#attrs)* #vis #defaultness #sig #braces)
}

/// `clone(x)`: the parameter is only moved from, so its `mut` goes to what each attempt is given.
pub(super) fn prepare_clones(plan: &Plan, sig: &mut Signature, capture: &mut Capture<'_>) {
    let clones: Vec<&Ident> = plan
        .layers
        .iter()
        .flat_map(|planned| &planned.facts.clones)
        .collect();
    each_binding(sig, |pat| {
        if clones.contains(&&pat.ident)
            && pat.mutability.take().is_none()
            && position::has_to_itself(plan, &pat.ident)
        {
            capture.clone_of(&pat.ident);
        }
    });
}

/// The body as a future, or as a closure where no part of it waits.
pub(super) fn body_block(plan: &Plan, capture: &Capture<'_>, body: &Group, async_span: Span) -> TokenStream {
    let ret = &plan.ret;
    let (edge, value) = (edge(ret), quote!(match () { () => #body }));
    if plan.layers.iter().any(|planned| planned.facts.sync_body) {
        return quote!(move || { #edge #value });
    }
    let (capture, fault) = (capture.statement(), Fault::of(plan).statement(plan));
    let keyword = quote_spanned!(async_span=> async);
    let value = as_tail(value, ret.is_future);
    quote!(#keyword { #capture #edge #fault #value })
}

/// `expr` at the end of an `async` block. One that gives a future is likely a mistake to clippy, unless it says `return`.
pub(super) fn as_tail(expr: TokenStream, is_future: bool) -> TokenStream {
    if is_future { quote!(return #expr;) } else { expr }
}

/// `if let Some(ret) = None::<Ret> { return ret; }`
pub(super) fn edge(ret: &Ret) -> TokenStream {
    if !ret.is_known() {
        return TokenStream::new();
    }
    let (some, none, name, ty) = (paths::some(), paths::none(), internal("ret"), ret.named());
    // rustc says of a wrong value where it learned the right type: at the type.
    let back = blame(quote!(return #name;), ret.span_tokens());
    quote!(if let #some(#name) = #none::<#ty> { #back })
}

/// Folds the layers around `future`, innermost first: statements and the expression that is the return value.
pub(super) fn lower(plan: &Plan, body: &TokenStream, future: TokenStream) -> (TokenStream, TokenStream) {
    let cx = Context::of(plan, body);
    let run =
        plan.layers
            .iter()
            .enumerate()
            .rev()
            .fold(Run::future(future, &plan.ret), |below, (at, planned)| {
                let below = match planned.facts.runs {
                    Runs::Here => below,
                    Runs::SideBySide | Runs::Apart => below.after(shared(plan, &cx, at + 1)),
                };
                planned.layer.lower(below, &cx, &Position::of(plan, at))
            });
    let (entry, stmts, expr) = run.into_parts();
    let shared = shared(plan, &cx, 0);
    (quote!(#entry #shared #stmts), expr)
}

/// What the layers from the one at `from` on tell each other, down to the next that runs things elsewhere.
fn shared(plan: &Plan, cx: &Context<'_>, from: usize) -> TokenStream {
    let mut stmts = TokenStream::new();
    if position::marks(plan, from) {
        let (name, ended) = (internal("ended"), cx.private("Ended"));
        stmts.extend(quote!(let mut #name = #ended::Body;));
    }
    let counts = |at: usize| {
        let planned = &plan.layers[at];
        let around = Position::of(plan, at);
        planned.facts.stop == Some(Stop::TimedOut) && around.progress_below && !around.lends_timer
    };
    if position::beside(plan, from).any(counts) {
        let (name, progress) = (internal("progress"), cx.private("Progress"));
        stmts.extend(quote!(let mut #name = #progress::new();));
    }
    stmts
}
