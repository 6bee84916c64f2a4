//! The function under a runner, checked.

use super::{Kind, error};
use crate::diag::{Diagnostic, Diagnostics};
use crate::syntax::item::{self, Annotated, Body, Function};
use proc_macro2::{Group, Span, TokenStream};
use syn::spanned::Spanned;
use syn::{Attribute, FnArg, Signature, Visibility};

/// Everything that `expand` needs.
pub(super) struct Runner {
    pub(super) kind: Kind,
    pub(super) attrs: Vec<Attribute>,
    pub(super) vis: Visibility,
    pub(super) sig: Signature,
    pub(super) inner_attrs: TokenStream,
    pub(super) body: Group,
    /// Where the type of the parameter for the group of tasks stands, if there is one.
    pub(super) takes_tasks: Option<Span>,
}

impl Runner {
    /// `None` when it is no function with a body.
    pub(super) fn of(kind: Kind, annotated: Annotated, diagnostics: &Diagnostics) -> Option<Self> {
        let Annotated { attrs, item } = annotated;
        let function = match syn::parse2::<Function>(item.clone()) {
            Ok(function) => function,
            Err(other) => {
                diagnostics.push(match item::Kind::of(&item) {
                    Some(found) => Diagnostic::at(
                        found.keyword,
                        format_args!(
                            "`#[etiquette::{}]` belongs on an `async fn`, not on {}",
                            kind.name(),
                            found.name
                        ),
                    )
                    .help(format_args!("write `#[etiquette::{}] async fn …`", kind.name())),
                    None => other.into(),
                });
                return None;
            }
        };
        let Body::Block { inner_attrs, block } = function.body else {
            diagnostics.push(
                error(
                    kind,
                    &function.sig.ident,
                    "runs a function, and this one has no body",
                )
                .help("give it a body: `{ … }`"),
            );
            return None;
        };
        let runner = Self {
            kind,
            attrs,
            vis: function.vis,
            takes_tasks: function.sig.inputs.first().map(place_of_type),
            sig: function.sig,
            inner_attrs,
            body: block,
        };
        runner.check(diagnostics);
        Some(runner)
    }

    fn check(&self, diagnostics: &Diagnostics) {
        let Self { kind, sig, .. } = self;
        if sig.asyncness.is_none() {
            diagnostics.push(
                error(*kind, sig.fn_token, "needs an `async fn`")
                    .help(format_args!("write `async fn {}(…)`", sig.ident)),
            );
        }
        if !sig.generics.params.is_empty() {
            diagnostics.push(
                error(
                    *kind,
                    &sig.generics,
                    "runs a function, and nobody could choose its types",
                )
                .help("leave the parameters out"),
            );
        }
        let mut inputs = sig.inputs.iter();
        match (inputs.next(), inputs.next()) {
            (Some(FnArg::Receiver(receiver)), _) => diagnostics.push(
                error(*kind, receiver, "runs a function of its own, not a method")
                    .help("move it out of the `impl`"),
            ),
            (_, Some(second)) => diagnostics.push(
                error(*kind, second, "has one thing to hand over: the group of tasks")
                    .help("write `tasks: etiquette::Tasks` as the only parameter, or none"),
            ),
            _ => {}
        }
        let is_test = |attr: &&Attribute| {
            attr.path()
                .segments
                .last()
                .is_some_and(|last| last.ident == "test")
        };
        if let Some(second) = self.attrs.iter().find(is_test) {
            diagnostics.push(
                error(*kind, second, "and another runner would each run the function")
                    .help("keep one of the two"),
            );
        }
    }
}

fn place_of_type(input: &FnArg) -> Span {
    match input {
        FnArg::Typed(typed) => typed.ty.span(),
        FnArg::Receiver(receiver) => receiver.span(),
    }
}
