//! Rules for bodies that run several at once, or away from the call: what they may borrow, and whether they wait.

use super::order::spelled;
use super::owned::{as_written, borrows, owned};
use super::plan::{Plan, Planned};
use crate::diag::{Diagnostic, Diagnostics};
use crate::options::facts::Runs;
use crate::syntax::pattern::{SelfKind, bindings, deref, params, self_kind};
use crate::syntax::ret::ungroup;
use crate::syntax::scan::{awaited_here, mentions};
use proc_macro2::Ident;
use quote::ToTokens;
use syn::{FnArg, Pat, ReceiverKind, Type};

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

/// Whether the body uses the parameter: `#[async_trait]` calls `self` by another name.
fn uses(plan: &Plan, ident: &Ident) -> bool {
    let body = plan.body.stream();
    let inside = Ident::new("__self", ident.span());
    mentions(&body, ident) || ident == "self" && mentions(&body, &inside)
}

/// Two runs at once cannot both have something to themselves.
fn check_shared(plan: &Plan, planned: &Planned, diagnostics: &Diagnostics) {
    let name = planned.layer.name();
    let exclusive = |tokens: &dyn ToTokens, what: &str| {
        Diagnostic::on(
            tokens.to_token_stream(),
            format_args!("`#[{name}]` cannot share `{what}` between two runs"),
        )
    };
    if let Some(receiver) = plan.sig.receiver()
        && uses(plan, &Ident::from(receiver.self_token))
    {
        match self_kind(&plan.sig) {
            SelfKind::Exclusive => diagnostics.push(exclusive(&receiver, "&mut self").help("take `&self`")),
            SelfKind::Owned { is_mut: true } => {
                diagnostics.push(exclusive(&receiver, "mut self").help("take `&self`"));
            }
            _ => {}
        }
    }
    for param in params(&plan.sig).filter(|param| uses(plan, param.ident)) {
        if let (_, Some(Some(_))) = deref(param.ty) {
            let what = format!("{}: {}", param.ident, as_written(param.ty));
            diagnostics.push(
                exclusive(param.ty, &what).help("take a shared reference, or an owned value that is cloned"),
            );
        }
    }
    for ident in plan.mut_names() {
        if ident != "__self" && !planned.facts.clones.contains(&ident) && uses(plan, &ident) {
            diagnostics.push(exclusive(&ident, &format!("mut {ident}")).help(format_args!(
                "write `clone({ident})` in `#[{name}(…)]`: every run then starts with its own `{ident}`"
            )));
        }
    }
}

/// What goes on after the call is gone cannot borrow from it.
fn check_owned(plan: &Plan, planned: &Planned, diagnostics: &Diagnostics) {
    let name = planned.layer.name();
    let gone = |tokens: &dyn ToTokens, what: &str| {
        Diagnostic::on(
            tokens.to_token_stream(),
            format_args!(
                "`#[{name}]` needs a body that owns what it uses: `{what}` may be gone before it is done"
            ),
        )
    };
    for arg in &plan.sig.inputs {
        match arg {
            FnArg::Receiver(receiver) => {
                if !uses(plan, &Ident::from(receiver.self_token)) {
                    continue;
                }
                let borrowed = matches!(self_kind(&plan.sig), SelfKind::Shared | SelfKind::Exclusive);
                let several = plan
                    .layers
                    .iter()
                    .take_while(|outer| !std::ptr::eq(*outer, planned))
                    .find(|outer| outer.runs_several());
                let spelled_out = match &receiver.kind {
                    ReceiverKind::Typed(_, ty) => Some(ungroup(ty)),
                    _ => None,
                };
                if borrowed || spelled_out.is_some_and(|ty| borrows(ty, &plan.sig.generics)) {
                    diagnostics.push(gone(receiver, "self").help(
                        "take `self: Arc<Self>` or `self`, or clone what the body needs into a function of its own",
                    ));
                } else if let (Some(several), Some(Type::Path(ty))) = (several, spelled_out)
                    && ty
                        .path
                        .segments
                        .last()
                        .is_some_and(|last| !last.arguments.is_none())
                {
                    // A pointer that owns: none of those is `Copy`.
                    let several = several.layer.name();
                    diagnostics.push(
                        Diagnostic::on(
                            receiver,
                            format_args!("every run of `#[{several}]` would need a `self` of its own for `#[{name}]`"),
                        )
                        .help(format_args!(
                            "put `#[{several}(…)]` on a function that calls this one with a clone of `self` each time"
                        )),
                    );
                }
            }
            FnArg::Typed(arg) => {
                let mut alone = plan.sig.clone();
                alone.inputs = [FnArg::Typed(arg.clone())].into_iter().collect();
                let used = bindings(&alone).into_iter().find(|pat| uses(plan, &pat.ident));
                if let Some(pat) = used
                    && borrows(bound(&arg.pat, &arg.ty), &plan.sig.generics)
                {
                    let owned = owned(&arg.ty, &plan.sig.generics);
                    let takes = spelled(&arg.pat.to_token_stream());
                    diagnostics.push(
                        gone(&arg.ty, &pat.ident.to_string())
                            .help(format_args!("take an owned value, as in `{takes}: {owned}`")),
                    );
                }
            }
        }
    }
}

/// What a parameter's pattern binds of its type: `&x: &u8` binds a number.
fn bound<'a>(pat: &Pat, ty: &'a Type) -> &'a Type {
    match (pat, ungroup(ty)) {
        (Pat::Reference(pat), Type::Reference(reference)) => bound(&pat.pat, &reference.elem),
        _ => ty,
    }
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
