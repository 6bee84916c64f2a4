//! A function's parameters: what each binds, and how the body may hold it.

use super::ret::ungroup;
use proc_macro2::{Ident, TokenStream};
use syn::visit_mut::{self, VisitMut};
use syn::{FnArg, Pat, PatIdent, ReceiverKind, Signature, Token, Type};

/// One named parameter, as far as its tokens tell.
pub(crate) struct Param<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    /// `#[cfg(…)]` on a parameter is still raw when we look: it may not be there.
    pub(crate) conditional: bool,
}

/// How the function's `self` is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SelfKind {
    None,
    Shared,
    Exclusive,
    Owned { is_mut: bool },
}

/// The parameters that are a plain name; patterns that take a value apart are left to rustc.
pub(crate) fn params(sig: &Signature) -> impl Iterator<Item = Param<'_>> {
    sig.inputs.iter().filter_map(|arg| match arg {
        FnArg::Typed(arg) => match &*arg.pat {
            Pat::Ident(pat) => Some(Param {
                ident: &pat.ident,
                ty: ungroup(&arg.ty),
                conditional: arg.attrs.iter().any(|attr| attr.path().is_ident("cfg")),
            }),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    })
}

/// Every name that any parameter pattern binds.
pub(crate) fn bindings(sig: &Signature) -> Vec<PatIdent> {
    let mut found = Vec::new();
    each_binding(&mut sig.clone(), |pat| found.push(pat.clone()));
    found
}

/// Every name through which the body changes an argument of its own: `mut x`, and `ref mut x` into a value.
pub(crate) fn mut_bindings(sig: &Signature) -> Vec<PatIdent> {
    let into_reference =
        |arg: &FnArg| matches!(arg, FnArg::Typed(arg) if matches!(*arg.pat, Pat::Reference(_)));
    let mut found = Vec::new();
    for arg in &sig.inputs {
        let mut alone = sig.clone();
        alone.inputs = [arg.clone()].into_iter().collect();
        let changes =
            |pat: &PatIdent| pat.mutability.is_some() && (pat.by_ref.is_none() || !into_reference(arg));
        found.extend(bindings(&alone).into_iter().filter(changes));
    }
    found
}

/// Calls `f` with every binding in every parameter pattern.
pub(crate) fn each_binding(sig: &mut Signature, f: impl FnMut(&mut PatIdent)) {
    struct Bindings<F>(F);
    impl<F: FnMut(&mut PatIdent)> VisitMut for Bindings<F> {
        fn visit_pat_ident_mut(&mut self, pat: &mut PatIdent) {
            (self.0)(pat);
            visit_mut::visit_pat_ident_mut(self, pat);
        }
    }
    let mut bindings = Bindings(f);
    for arg in &mut sig.inputs {
        if let FnArg::Typed(arg) = arg {
            bindings.visit_pat_mut(&mut arg.pat);
        }
    }
}

/// How `sig` takes `self`.
pub(crate) fn self_kind(sig: &Signature) -> SelfKind {
    let Some(receiver) = sig.receiver() else {
        return SelfKind::None;
    };
    let is_mut = receiver.mutability.is_some();
    match &receiver.kind {
        ReceiverKind::Reference(_, _, None) => SelfKind::Shared,
        ReceiverKind::Reference(_, _, Some(_)) => SelfKind::Exclusive,
        ReceiverKind::Typed(_, ty) => match ungroup(ty) {
            Type::Reference(reference) if reference.mutability.is_none() => SelfKind::Shared,
            Type::Reference(_) => SelfKind::Exclusive,
            _ => SelfKind::Owned { is_mut },
        },
        _ => SelfKind::Owned { is_mut },
    }
}

/// Whether `ty` is a type of this name, owned: the last path segment, its generic arguments passed to `inside`.
pub(crate) fn is_named(ty: &Type, name: &str, inside: impl Fn(&TokenStream) -> bool) -> bool {
    let Type::Path(path) = ungroup(ty) else {
        return false;
    };
    let Some(last) = path.path.segments.last() else {
        return false;
    };
    let args = match &last.arguments {
        syn::PathArguments::AngleBracketed(args) => quote::ToTokens::to_token_stream(&args.args),
        _ => TokenStream::new(),
    };
    last.ident == name && inside(&args)
}

/// Looks through one `&` or `&mut`; the second value says which it was.
pub(crate) fn deref(ty: &Type) -> (&Type, Option<Option<Token![mut]>>) {
    match ungroup(ty) {
        Type::Reference(reference) => (ungroup(&reference.elem), Some(reference.mutability)),
        other => (other, None),
    }
}
