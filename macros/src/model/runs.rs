//! Rules for bodies that run several at once, or away from the call: what they may borrow, and whether they wait.

use super::order::spelled;
use super::plan::{Plan, Planned};
use crate::diag::{Diagnostic, Diagnostics};
use crate::options::facts::Runs;
use crate::syntax::pattern::{SelfKind, deref, mut_bindings, params, self_kind};
use crate::syntax::scan::{awaited_here, mentions};
use proc_macro2::Ident;
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{FnArg, Type, TypeFnPtr, TypeReference};

pub(crate) fn check(plan: &Plan, diagnostics: &Diagnostics) {
    for planned in &plan.layers {
        match planned.facts.runs {
            Runs::Here => {}
            Runs::SideBySide => check_shared(plan, planned, diagnostics),
            Runs::Apart => check_owned(plan, planned, diagnostics),
        }
        if planned.facts.sync_body {
            check_sync(plan, planned, diagnostics);
        }
    }
}

/// Two runs at once cannot both have something to themselves.
fn check_shared(plan: &Plan, planned: &Planned, diagnostics: &Diagnostics) {
    let name = planned.layer.name();
    let body = plan.body.stream();
    let exclusive = |tokens: &dyn ToTokens, what: &str| {
        Diagnostic::on(
            tokens.to_token_stream(),
            format_args!("`#[{name}]` cannot share `{what}` between two runs"),
        )
    };
    if let (SelfKind::Exclusive, Some(receiver)) = (self_kind(&plan.sig), plan.sig.receiver())
        && mentions(&body, &Ident::from(receiver.self_token))
    {
        diagnostics.push(exclusive(&receiver, "&mut self").help("take `&self`"));
    }
    for param in params(&plan.sig).filter(|param| mentions(&body, param.ident)) {
        if let (_, Some(Some(_))) = deref(param.ty) {
            let what = format!("{}: {}", param.ident, spelled(&param.ty.to_token_stream()));
            diagnostics.push(
                exclusive(param.ty, &what).help("take a shared reference, or an owned value that is cloned"),
            );
        }
    }
    for pat in mut_bindings(&plan.sig) {
        if !planned.facts.clones.contains(&pat.ident) && mentions(&body, &pat.ident) {
            diagnostics.push(
                exclusive(&pat.ident, &format!("mut {}", pat.ident)).help(format_args!(
                    "write `clone({0})` in `#[{name}(…)]`: every run then starts with its own `{0}`",
                    pat.ident
                )),
            );
        }
    }
}

/// What goes on after the call is gone cannot borrow from it.
fn check_owned(plan: &Plan, planned: &Planned, diagnostics: &Diagnostics) {
    let name = planned.layer.name();
    let body = plan.body.stream();
    let uses = |ident: &Ident| mentions(&body, ident);
    for arg in &plan.sig.inputs {
        match arg {
            FnArg::Receiver(receiver) => {
                let this = Ident::from(receiver.self_token);
                let borrowed = matches!(self_kind(&plan.sig), SelfKind::Shared | SelfKind::Exclusive);
                if borrowed && uses(&this) {
                    diagnostics.push(gone(name, receiver, "self").help(
                        "take `self: Arc<Self>` or `self`, or clone what the body needs into a function of its own",
                    ));
                }
            }
            FnArg::Typed(arg) => {
                let Some(reference) = short_lived(&arg.ty) else {
                    continue;
                };
                if let syn::Pat::Ident(pat) = &*arg.pat
                    && uses(&pat.ident)
                {
                    let owned = spelled(&reference.elem.to_token_stream());
                    let owned = match owned.as_str() {
                        "str" => "String".to_owned(),
                        _ if owned.starts_with('[') => format!("Vec<{}>", owned.trim_matches(['[', ']'])),
                        _ => owned,
                    };
                    diagnostics.push(gone(name, &arg.ty, &pat.ident.to_string()).help(format_args!(
                        "take an owned value, as in `{}: {owned}`",
                        pat.ident
                    )));
                }
            }
        }
    }
}

fn gone(name: &str, tokens: impl ToTokens, what: &str) -> Diagnostic {
    Diagnostic::on(
        tokens,
        format_args!(
            "`#[{name}]` needs a body that owns what it uses: `{what}` may be gone before it is done"
        ),
    )
}

/// The first reference in `ty` that does not say `'static`.
fn short_lived(ty: &Type) -> Option<TypeReference> {
    struct References(Option<TypeReference>);
    impl VisitMut for References {
        fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
            let forever = reference
                .lifetime
                .as_ref()
                .is_some_and(|lifetime| lifetime.ident == "static");
            if !forever && self.0.is_none() {
                self.0 = Some(reference.clone());
            }
            visit_mut::visit_type_reference_mut(self, reference);
        }

        // `fn(&str)` borrows nothing by itself.
        fn visit_type_fn_ptr_mut(&mut self, _: &mut TypeFnPtr) {}
    }
    let mut found = References(None);
    found.visit_type_mut(&mut ty.clone());
    found.0
}

/// A thread that may block has nothing to wait with.
fn check_sync(plan: &Plan, planned: &Planned, diagnostics: &Diagnostics) {
    let name = planned.layer.name();
    if let Some(span) = awaited_here(&plan.body.stream()) {
        diagnostics.push(
            Diagnostic::at(span, format_args!("a body under `#[{name}]` runs on a thread and cannot `.await`"))
                .help(format_args!(
                    "leave `#[{name}]` out, and put the part that blocks into a function of its own, with `#[{name}]` on that"
                )),
        );
    }
}
