//! Where a cancellation comes from, and how it is held while the body runs.

use super::plan::Plan;
use crate::diag::{Diagnostic, Diagnostics};
use crate::layers::Layer;
use crate::options::cancellable::CancellableOptions;
use crate::options::value::expr::{lone_ident, parse_expr};
use crate::syntax::pattern::{Param, SelfKind, deref, is_named, params, self_kind};
use crate::syntax::scan::mentions;
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Expr, Signature};

/// A cancel source, ready to be written.
pub(crate) enum Source {
    /// Borrowed where it is.
    Place(TokenStream),
    /// Cloned once at entry: the body owns or changes what it comes from.
    Cloned(TokenStream),
    /// Moved into the call at entry: listening changes it, and nobody else has it.
    Moved(TokenStream),
    /// A future of the user's.
    Future(TokenStream),
}

/// Reports sources that cannot be found or held.
pub(crate) fn check(plan: &Plan, diagnostics: &Diagnostics) {
    for planned in &plan.layers {
        if let Layer::Cancellable(options) = &planned.layer {
            let span = planned.attribute.span();
            if let Err(error) = resolve(options, &plan.sig, &plan.body.stream(), span) {
                diagnostics.push(error);
            }
        }
    }
}

/// What stays borrowed while the body runs: sources that are listened to where they are, states, and what the closure
/// of a schedule uses.
pub(crate) fn held(plan: &Plan) -> Vec<TokenStream> {
    let states = plan.layers.iter().flat_map(|planned| &planned.facts.states);
    let is_handle = |expr: &Expr| matches!(expr, Expr::MethodCall(call) if call.method == "clone");
    let states = states
        .map(|state| state.tokens.clone())
        .filter(|tokens| !parse_expr(tokens).is_ok_and(|expr| is_handle(&expr)));
    let body = plan.body.stream();
    let sources = plan.layers.iter().filter_map(|planned| match &planned.layer {
        Layer::Cancellable(options) => resolve(options, &plan.sig, &body, planned.attribute.span()).ok(),
        _ => None,
    });
    let schedules = plan.layers.iter().filter_map(|planned| match &planned.layer {
        Layer::Retry(options) => options.backoff.get().map(|backoff| backoff.0.clone()),
        _ => None,
    });
    sources
        .filter_map(|source| match source {
            Source::Place(tokens) | Source::Future(tokens) => Some(tokens),
            Source::Cloned(_) | Source::Moved(_) => None,
        })
        .chain(states)
        .chain(schedules)
        .collect()
}

/// Finds the source of `options` on a function with this signature and body.
pub(crate) fn resolve(
    options: &CancellableOptions,
    sig: &Signature,
    body: &TokenStream,
    attribute: proc_macro2::Span,
) -> Result<Source, Diagnostic> {
    if let Some(future) = options.future.get() {
        let param = lone_ident(&future.0).and_then(|ident| find(sig, &ident));
        return match param.filter(|param| Kind::of(param).is_some()) {
            Some(param) => Err(Diagnostic::on(
                &future.0,
                format_args!("`{}` is a source, not a future", param.ident),
            )
            .help(format_args!(
                "a source stands alone: `#[cancellable({})]`",
                param.ident
            ))),
            None => Ok(Source::Future(future.0.clone())),
        };
    }
    match options.value.get() {
        Some(value) => of_expression(&value.0, sig, body),
        None if options.value.is_given() || options.future.is_given() => {
            Ok(Source::Place(TokenStream::new()))
        }
        None => of_parameters(sig, body, attribute),
    }
}

/// A bare `#[cancellable]`: the one parameter that looks like a source.
fn of_parameters(
    sig: &Signature,
    body: &TokenStream,
    attribute: proc_macro2::Span,
) -> Result<Source, Diagnostic> {
    let mut found = params(sig).filter(|param| Kind::of(param).is_some());
    match (found.next(), found.next()) {
        (Some(param), None) => of_param(&param, body),
        (Some(first), Some(second)) => Err(Diagnostic::on(
            second.ident,
            format_args!(
                "`{}` and `{}` could both be what cancels this",
                first.ident, second.ident
            ),
        )
        .help(format_args!("name one: `#[cancellable({})]`", first.ident))),
        (None, _) => {
            let field = match self_kind(sig) {
                SelfKind::None => "`#[cancellable(EXPR)]`",
                _ => "`#[cancellable(self.token)]`",
            };
            Err(Diagnostic::at(attribute, "`#[cancellable]` finds nothing here that could cancel this function").help(format_args!(
                "take a parameter `token: CancellationToken`, or name a source: {field}, or any future: `#[cancellable(future = …)]`"
            )))
        }
    }
}

/// The parameter types that are sources by their tokens alone.
#[derive(PartialEq)]
enum Kind {
    Token,
    Watch,
}

impl Kind {
    fn of(param: &Param<'_>) -> Option<Self> {
        let (ty, _) = deref(param.ty);
        if is_named(ty, "CancellationToken", TokenStream::is_empty) {
            Some(Self::Token)
        } else if is_named(ty, "Receiver", |args| args.to_string() == "bool") {
            Some(Self::Watch)
        } else {
            None
        }
    }
}

fn of_param(param: &Param<'_>, body: &TokenStream) -> Result<Source, Diagnostic> {
    let used = mentions(body, param.ident);
    let place = param.ident.to_token_stream();
    let reference = deref(param.ty).1;
    match (Kind::of(param), reference) {
        (Some(Kind::Token), None) if used => Ok(Source::Cloned(place)),
        // Listening needs a receiver of one's own: `changed()` is for one listener.
        (Some(Kind::Watch), Some(None)) => Ok(Source::Cloned(quote::quote!(*#place))),
        (Some(Kind::Watch), _) if used => Err(shared_listener(&place, &place)),
        (Some(Kind::Watch), None) => Ok(Source::Moved(place)),
        // A receiver of another kind, named in the attribute: listening changes it too.
        (None, None) if is_named(param.ty, "Receiver", |_| true) => match used {
            true => Err(shared_listener(&place, &place)),
            false => Ok(Source::Moved(place)),
        },
        _ => Ok(Source::Place(place)),
    }
}

fn shared_listener(written: &TokenStream, place: &TokenStream) -> Diagnostic {
    Diagnostic::on(
        written,
        format_args!("the body and `#[cancellable]` cannot both listen on `{place}`"),
    )
    .help(format_args!(
        "give the attribute a receiver of its own: `#[cancellable({place}.clone())]`"
    ))
}

fn of_expression(value: &TokenStream, sig: &Signature, body: &TokenStream) -> Result<Source, Diagnostic> {
    let expr = parse_expr(value)?;
    if let Expr::Reference(reference) = &expr
        && reference.mutability.is_some()
    {
        let place = reference.expr.to_token_stream();
        return match lone_ident(&place) {
            Some(ident) if mentions(body, &ident) => Err(shared_listener(value, &place)),
            _ => Ok(Source::Place(value.clone())),
        };
    }
    if let Some(param) = lone_ident(value).and_then(|ident| find(sig, &ident)) {
        return of_param(&param, body).map_err(|_| shared_listener(value, value));
    }
    let owned_self = matches!(self_kind(sig), SelfKind::Exclusive | SelfKind::Owned { .. });
    if owned_self && is_field_of_self(&expr) {
        return Ok(Source::Cloned(value.clone()));
    }
    Ok(Source::Place(value.clone()))
}

fn find<'a>(sig: &'a Signature, ident: &Ident) -> Option<Param<'a>> {
    params(sig).find(|param| param.ident == ident)
}

/// `self.a.b`
fn is_field_of_self(expr: &Expr) -> bool {
    match expr {
        Expr::Field(field) => match &*field.base {
            Expr::Path(path) => path.path.is_ident("self"),
            base => is_field_of_self(base),
        },
        Expr::Paren(paren) => is_field_of_self(&paren.expr),
        _ => false,
    }
}
