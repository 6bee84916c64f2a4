//! `#[instrument_task]`:
//!
//! ```text
//! let mut task = task!(
//!     target: module_path!(), parent: (), level: INFO, name: "f", operation: operation, follows: (), fields: {}
//! );
//! let out: Ret = task.scope(below).await;       // polls inside the span; a drop before the end is recorded
//! // with `slow(500ms)` and `slow_poll(10ms)`, each alone or both:
//! let out: Ret = task.scope(slow(place, limit(500ms), slow_poll(place, limit(10ms), below))).await;
//! task_end!(task, ended, &out, target: module_path!(), err: (), ret: ());
//! out
//! ```

use super::{Context, Lower, Position, Run};
use crate::hygiene::names::{internal, plain};
use crate::options::LayerOptions;
use crate::options::instrument_task::{After, Event, FieldValue, InstrumentTaskOptions, Level};
use crate::options::value::duration::LimitArg;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

impl Lower for InstrumentTaskOptions {
    fn lower(&self, below: Run, cx: &Context<'_>, at: &Position) -> Run {
        let (task, out, ret) = (internal("task"), internal("out"), cx.ret.named());
        let (scope, enter) = (cx.method("Task", "scope"), cx.method("Task", "enter"));
        let (start, operation) = (self.start(cx), &cx.operation(self.name()));
        let end = self.end(cx, at);
        let scoped = |below| {
            let below = told(cx, "slow_poll", operation, self.slow_poll.get(), below);
            let below = told(cx, "slow", operation, self.slow.get(), below);
            quote!(#scope(&#task, #below))
        };
        // What is made of a stop is made in the span as well.
        let inside = |value| {
            let entered = internal("entered");
            quote!({ let #entered = #enter(&#task); #value })
        };
        below.wrap_awaited(scoped, inside, |run| {
            if cx.ret.never {
                (quote!(let #task = #start;), run)
            } else {
                (
                    quote!(let mut #task = #start; let #out: #ret = #run; #end),
                    quote!(#out),
                )
            }
        })
    }
}

impl InstrumentTaskOptions {
    fn start(&self, cx: &Context<'_>) -> TokenStream {
        let task = cx.shim("task");
        let target = self.target(cx);
        let level = self
            .level
            .get()
            .map_or_else(|| known(cx, "INFO"), |level| emit_level(level, cx));
        let parent = self.parent.get().map(|parent| cx.user(parent));
        let follows = self.follows_from.get().map(|causes| cx.user(causes));
        let name = match (self.name(), cx.sig) {
            (Some(name), _) => quote!(#name),
            (None, Some(sig)) => {
                let name = plain(&sig.ident);
                quote!(#name)
            }
            (None, None) => cx.operation.clone(),
        };
        let (fields, operation) = (self.fields(cx), cx.operation(self.name()));
        quote! {
            #task(
                target: #target,
                parent: (#parent),
                level: #level,
                name: #name,
                operation: #operation,
                follows: (#follows),
                fields: { #fields }
            )
        }
    }

    fn target(&self, cx: &Context<'_>) -> TokenStream {
        self.target
            .get()
            .map_or_else(|| quote!(::core::module_path!()), |target| cx.user(target))
    }

    fn fields(&self, cx: &Context<'_>) -> TokenStream {
        let fields = self
            .fields
            .get()
            .map(|fields| fields.0.as_slice())
            .unwrap_or_default();
        let fields = fields.iter().map(|field| {
            let name = &field.name;
            match &field.value {
                None => quote!(#name),
                Some(FieldValue::Empty) => {
                    let empty = cx.private("Empty");
                    quote!(#name = #empty)
                }
                Some(FieldValue::Expr(value)) => {
                    let value = cx.user(value);
                    quote!(#name = #value)
                }
            }
        });
        quote!(#(#fields),*)
    }

    fn end(&self, cx: &Context<'_>, at: &Position) -> TokenStream {
        let (task, out, end) = (internal("task"), internal("out"), cx.shim("task_end"));
        let ended = if at.stops_below {
            let ended = internal("ended");
            quote!(#ended)
        } else {
            let ty = cx.private("Ended");
            quote!(#ty::Body)
        };
        let target = self.target(cx);
        let err = self
            .err
            .get()
            .map(|event| emit_event(event, "ERROR", "Display", cx));
        let ret = self.ret.get().map(|event| emit_event(event, "INFO", "Debug", cx));
        quote!(#end(#task, #ended, &#out, target: #target, err: (#err), ret: (#ret));)
    }
}

/// `below`, told of after so long.
fn told(
    cx: &Context<'_>,
    option: &str,
    operation: &TokenStream,
    after: Option<&After>,
    below: TokenStream,
) -> TokenStream {
    let Some(After(LimitArg(after))) = after else {
        return below;
    };
    let (layer, place) = (cx.private(option), cx.shim("place"));
    let limit = cx.limit(after);
    // Where the function is, not where its attributes are.
    let here = cx.sig.map_or_else(Span::call_site, |sig| sig.ident.span());
    let (file, line) = (
        quote_spanned!(here=> ::core::file!()),
        quote_spanned!(here=> ::core::line!()),
    );
    quote!(#layer(#place(#option, #operation, #file, #line), #limit, #below))
}

fn emit_event(event: &Event, level: &str, format: &str, cx: &Context<'_>) -> TokenStream {
    let level = event
        .level
        .as_ref()
        .map_or_else(|| known(cx, level), |level| emit_level(level, cx));
    let format = match &event.format {
        Some(format) => format.clone(),
        None => Ident::new(format, Span::mixed_site()),
    };
    quote!(#level, #format)
}

fn emit_level(level: &Level, cx: &Context<'_>) -> TokenStream {
    match level {
        Level::Known(name) => {
            let ty = cx.private("Level");
            quote!(#ty::#name)
        }
        Level::Expr(level) => cx.user(level),
    }
}

fn known(cx: &Context<'_>, name: &str) -> TokenStream {
    let (ty, name) = (cx.private("Level"), Ident::new(name, Span::mixed_site()));
    quote!(#ty::#name)
}
