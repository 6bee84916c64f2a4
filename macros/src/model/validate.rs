//! Rules between a stack and the function under it. Rules between the layers of a stack are in [`super::order`].

use super::borrow::exclusive_source;
use super::order;
use super::plan::{Plan, Planned};
use crate::diag::{Diagnostic, Diagnostics};
use crate::options::facts::{Runs, State, Stop};
use crate::syntax::pattern::{SelfKind, bindings, mut_bindings, params, self_kind};
use crate::syntax::scan::mentions;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{Expr, GenericParam};

/// Reports everything about `plan` that is right by itself and wrong together.
pub(crate) fn check(plan: &Plan, diagnostics: &Diagnostics) {
    for planned in &plan.layers {
        planned.layer.options().check(diagnostics);
    }
    order::check_duplicates(plan, diagnostics);
    order::check_scopes(plan, diagnostics);
    order::check_cancel_outside(plan, diagnostics);
    order::check_fallback_outside(plan, diagnostics);
    order::check_places(plan, diagnostics);
    order::check_abandoned(plan, diagnostics);
    order::check_innermost(plan, diagnostics);
    order::check_instrumented(plan, diagnostics);
    order::check_bounded(plan, diagnostics);
    order::check_times(plan, diagnostics);
    order::check_about_below(plan, diagnostics);
    check_return(plan, diagnostics);
    check_repeats(plan, diagnostics);
    check_states(plan, diagnostics);
    check_clones(plan, diagnostics);
    check_names(plan, diagnostics);
    check_statics(plan, diagnostics);
    super::runs::check(plan, diagnostics);
    super::source::check(plan, diagnostics);
}

/// A stop needs a place in the return type, as far as tokens can tell; types are left to the runtime's traits.
fn check_return(plan: &Plan, diagnostics: &Diagnostics) {
    let ret = &plan.ret;
    for planned in &plan.layers {
        let name = planned.layer.name();
        if ret.never && (planned.facts.repeats || planned.facts.runs == Runs::SideBySide) {
            diagnostics.push(
                Diagnostic::on(
                    ret.span_tokens(),
                    "a function that never returns has no result to try again for",
                )
                .help(format_args!("leave `#[{name}]` out")),
            );
        }
        if planned.facts.replaces_errors && (ret.never || ret.unit || ret.opaque) {
            diagnostics.push(
                Diagnostic::on(
                    ret.span_tokens(),
                    format_args!("`#[{name}]` replaces an `Err`, and this function returns none"),
                )
                .help(format_args!("return a `Result`, or leave `#[{name}]` out")),
            );
        }
        let Some(stop) = planned.facts.stop else { continue };
        if planned.facts.has_own_return {
            continue;
        }
        if ret.never {
            let instead = match stop {
                Stop::Cancelled => "`()`",
                Stop::TimedOut | Stop::Refused => "a `Result`",
            };
            diagnostics.push(
                Diagnostic::on(
                    ret.span_tokens(),
                    format_args!("a function that never returns cannot be stopped by `#[{name}]`"),
                )
                .help(format_args!("let it return {instead} when it is stopped")),
            );
        } else if ret.opaque {
            let example = example_return(planned, "…");
            diagnostics.push(
                Diagnostic::on(
                    ret.span_tokens(),
                    format_args!("`#[{name}]` has nowhere to put a stop in an `impl Trait`"),
                )
                .help(format_args!(
                    "return `Result<impl Trait, E>`, or say what is returned then: `#[{name}({example})]`"
                )),
            );
        } else if ret.unit && stop != Stop::Cancelled && !plan.is_test {
            let example = example_return(planned, "()");
            diagnostics.push(
                Diagnostic::on(
                    ret.span_tokens(),
                    format_args!("a function that returns `()` would hide that `#[{name}]` stopped it"),
                )
                .help(format_args!(
                    "return a `Result`, or say that nothing is to be told: `#[{name}({example})]`"
                )),
            );
        }
    }
}

/// The options of `planned` with a return value of its own.
fn example_return(planned: &Planned, value: &str) -> String {
    let limit = planned.facts.value.as_ref();
    let limit = limit.map(|limit| format!("{}, ", order::spelled(limit)));
    format!("{}or_return = {value}", limit.unwrap_or_default())
}

/// What a body that runs several times must not do with its arguments.
fn check_repeats(plan: &Plan, diagnostics: &Diagnostics) {
    let Some(repeater) = plan.repeater() else { return };
    let planned = &plan.layers[repeater];
    let name = planned.layer.name();
    if let Some(source) = exclusive_source(&plan.sig, plan.ret.span_tokens()) {
        diagnostics.push(
            Diagnostic::on(
                plan.ret.span_tokens(),
                format_args!(
                    "`#[{name}]` cannot run a body again whose result borrows from `{}`",
                    order::spelled(&source)
                ),
            )
            .help("return an owned value, or borrow from a shared reference"),
        );
    }
    let hoisted_mut = |ident: &Ident| {
        Diagnostic::at(
            ident.span(),
            format_args!("what one attempt changes in `{ident}` the next attempt would find changed"),
        )
    };
    for pat in mut_bindings(&plan.sig) {
        if pat.by_ref.is_some() {
            diagnostics.push(hoisted_mut(&pat.ident).help(format_args!(
                "write `mut {0}` in its place, and `clone({0})` in `#[{name}(…)]`: every attempt then starts with its own `{0}`",
                pat.ident
            )));
        } else if !planned.facts.clones.contains(&pat.ident) {
            diagnostics.push(hoisted_mut(&pat.ident).help(format_args!(
                "write `clone({0})` in `#[{name}(…)]`: every attempt then starts with its own `{0}`",
                pat.ident
            )));
        }
    }
    if let (SelfKind::Owned { is_mut: true }, Some(receiver)) = (self_kind(&plan.sig), plan.sig.receiver()) {
        let ident = Ident::from(receiver.self_token);
        diagnostics
            .push(hoisted_mut(&ident).help("take `&mut self` if that is meant, or `self` without `mut`"));
    }
}

/// What is borrowed around all runs cannot live in a `self` that the body has to itself.
fn check_states(plan: &Plan, diagnostics: &Diagnostics) {
    let this = match (self_kind(&plan.sig), plan.sig.receiver()) {
        (SelfKind::Exclusive | SelfKind::Owned { .. }, Some(receiver)) => Ident::from(receiver.self_token),
        _ => return,
    };
    if !mentions(&plan.body.stream(), &this) {
        return;
    }
    for state in plan.layers.iter().flat_map(|planned| &planned.facts.states) {
        if is_borrowed_from_self(state) {
            diagnostics.push(
                Diagnostic::on(
                    &state.tokens,
                    format_args!(
                        "`{}` cannot stay borrowed while the body has `self` to itself",
                        order::spelled(&state.tokens)
                    ),
                )
                .help(&state.help),
            );
        }
    }
}

/// `&self.a.b`, or `self.a.b` where we write the `&`.
fn is_borrowed_from_self(state: &State) -> bool {
    let Ok(expr) = syn::parse2(state.tokens.clone()) else {
        return false;
    };
    let mut place = match &expr {
        Expr::Reference(reference) => &*reference.expr,
        expr if state.borrowed => expr,
        _ => return false,
    };
    while let Expr::Field(field) = place {
        place = &field.base;
    }
    matches!(place, Expr::Path(path) if path.path.is_ident("self"))
}

/// What goes into a `static` is the same for all calls.
fn check_statics(plan: &Plan, diagnostics: &Diagnostics) {
    let this = plan
        .sig
        .receiver()
        .map(|receiver| Ident::from(receiver.self_token));
    let names = params(&plan.sig).map(|param| param.ident.clone()).chain(this);
    let generics = plan.sig.generics.params.iter().filter_map(|param| match param {
        GenericParam::Type(param) => Some(param.ident.clone()),
        GenericParam::Const(param) => Some(param.ident.clone()),
        GenericParam::Lifetime(_) => None,
    });
    let own_type = Ident::new("Self", Span::call_site());
    for name in names.chain(generics).chain([own_type]) {
        for planned in &plan.layers {
            for value in planned
                .facts
                .statics
                .iter()
                .filter(|value| mentions(value, &name))
            {
                let layer = planned.layer.name();
                let error = Diagnostic::on(
                    value,
                    format_args!("`#[{layer}]` is set up once for all calls: this cannot depend on `{name}`"),
                );
                diagnostics.push(match planned.facts.state_option {
                    _ if name == "Self" => error.help("write the name of the type"),
                    Some(option) => error.help(format_args!(
                        "name one that was made at run time: `#[{layer}({option} = …)]`"
                    )),
                    None => error.help("write a constant"),
                });
            }
        }
    }
}

/// `clone(x)` names parameters, and only ones that a clone can stand in for.
fn check_clones(plan: &Plan, diagnostics: &Diagnostics) {
    for planned in &plan.layers {
        for name in &planned.facts.clones {
            let param = params(&plan.sig).find(|param| param.ident == name);
            let bound = bindings(&plan.sig).iter().any(|pat| pat.ident == *name);
            match param {
                None if name == "self" => diagnostics
                    .push(Diagnostic::on(name, "`clone` cannot stand in for `self`").help("take `&self`")),
                None if !bound => {
                    let known: Vec<String> = params(&plan.sig)
                        .map(|param| format!("`{}`", param.ident))
                        .collect();
                    let error = Diagnostic::on(name, format_args!("there is no parameter `{name}` to clone"));
                    diagnostics.push(if known.is_empty() {
                        error.help("leave `clone(…)` out: the function has no named parameter")
                    } else {
                        error.help(format_args!("the parameters are {}", known.join(", ")))
                    });
                }
                _ => {}
            }
        }
    }
}

/// Names that would mean two things, and parameters that may not be there.
fn check_names(plan: &Plan, diagnostics: &Diagnostics) {
    for planned in &plan.layers {
        for param in params(&plan.sig) {
            if let Some(word) = planned.facts.words.iter().find(|word| *word == param.ident) {
                diagnostics.push(
                    Diagnostic::on(
                        word,
                        format_args!(
                            "`{word}` is a word of `#[{}]`, and a parameter has the same name",
                            planned.layer.name()
                        ),
                    )
                    .help("rename the parameter"),
                );
            }
            if planned.facts.introduces.as_ref() == Some(param.ident) {
                let name = param.ident;
                diagnostics.push(
                    Diagnostic::on(
                        &planned.facts.introduces,
                        format_args!("this would hide the parameter `{name}` from the body"),
                    )
                    .help("choose another name"),
                );
            }
            if param.conditional {
                check_conditional(planned, param.ident, diagnostics);
            }
        }
    }
}

fn check_conditional(planned: &Planned, param: &Ident, diagnostics: &Diagnostics) {
    let clones = planned.facts.clones.iter().map(ToTokens::to_token_stream);
    let expressions = planned.facts.expressions.iter().cloned();
    for tokens in expressions.chain(clones).filter(|tokens| mentions(tokens, param)) {
        diagnostics.push(
            Diagnostic::on(
                tokens,
                format_args!(
                    "the parameter `{param}` stands under `#[cfg]`: an option cannot know whether it is there"
                ),
            )
            .help(format_args!(
                "take `{param}` unconditionally, or put the whole attribute under `#[cfg_attr(…)]`"
            )),
        );
    }
}
