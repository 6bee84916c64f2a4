//! How the body's `async` block holds the arguments: `if false { let _ = &mut a; }` for each by-value argument it names.
//!
//! A borrowing block shares what its body only reads, and a shared borrow of an argument that is `Send` but not `Sync`
//! costs the future its `Send`. The dead statement makes the borrow exclusive; what the body moves is moved all the
//! same. Nothing is copied, the future does not grow, and arguments are dropped when the function ends, as written.

use crate::model::plan::Plan;
use crate::model::source::held;
use crate::options::facts::Runs;
use crate::syntax::pattern::{SelfKind, self_kind};
use crate::syntax::ret::ungroup;
use crate::syntax::scan::mentions;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{FnArg, Pat, PatIdent, Signature, Token, Type};

/// What may be captured exclusively: not what an option holds on to, and not what each attempt gets a clone of.
pub(crate) struct Capture<'a> {
    body: &'a TokenStream,
    held: Vec<TokenStream>,
    clones: Vec<Ident>,
    /// Runs side by side share what they borrow, and a closure holds what it uses.
    nothing: bool,
    found: TokenStream,
}

impl<'a> Capture<'a> {
    pub(crate) fn new(plan: &Plan, body: &'a TokenStream) -> Self {
        let facts = || plan.layers.iter().map(|planned| &planned.facts);
        Self {
            body,
            held: held(plan),
            nothing: facts().any(|facts| facts.runs == Runs::SideBySide || facts.sync_body),
            clones: facts().flat_map(|facts| facts.clones.iter().cloned()).collect(),
            found: TokenStream::new(),
        }
    }

    /// The statement to put first in the block; nothing when nothing is captured exclusively.
    pub(crate) fn statement(&self) -> TokenStream {
        let found = &self.found;
        if found.is_empty() {
            TokenStream::new()
        } else {
            quote!(if false { #found })
        }
    }

    /// Captures the parameters of `sig`, adding `mut` where the exclusive borrow needs it.
    pub(crate) fn parameters(&mut self, sig: &mut Signature, skip: impl Fn(&Ident) -> bool) {
        let self_kind = self_kind(sig);
        for arg in &mut sig.inputs {
            match arg {
                FnArg::Receiver(receiver) => {
                    let this = Ident::from(receiver.self_token);
                    if !skip(&this) && self.wants(&this) {
                        self.receiver(&this, self_kind);
                        if let SelfKind::Owned { is_mut: false } = self_kind {
                            receiver.mutability = Some(added_mut());
                        }
                    }
                }
                FnArg::Typed(arg) => {
                    if let Pat::Ident(pat) = &mut *arg.pat {
                        if skip(&pat.ident) {
                            continue;
                        }
                        match ungroup(&arg.ty) {
                            Type::Reference(reference) => {
                                if reference.mutability.is_some() && self.wants(&pat.ident) {
                                    self.reborrow(&pat.ident);
                                }
                            }
                            _ => self.binding(pat),
                        }
                    }
                }
            }
        }
    }

    /// Captures `self`, whatever it is called here.
    pub(crate) fn receiver(&mut self, this: &Ident, kind: SelfKind) {
        match kind {
            SelfKind::Exclusive => self.reborrow(this),
            SelfKind::Owned { is_mut: false } => self.found.extend(quote!(let _ = &mut #this;)),
            SelfKind::Owned { is_mut: true } | SelfKind::Shared | SelfKind::None => {}
        }
    }

    /// Captures what `pat` binds by value, making it `mut`.
    ///
    /// What the user made `mut` is left alone: the body that needs it borrows it exclusively by itself, and one that
    /// does not is told so by `unused_mut`, which an added borrow would silence.
    pub(crate) fn binding(&mut self, pat: &mut PatIdent) {
        if pat.by_ref.is_some() || pat.mutability.is_some() || !self.wants(&pat.ident) {
            return;
        }
        pat.mutability = Some(added_mut());
        let ident = &pat.ident;
        self.found.extend(quote!(let _ = &mut #ident;));
    }

    /// Captures what each attempt's clone is bound to.
    pub(crate) fn clone_of(&mut self, ident: &Ident) {
        self.found.extend(quote!(let _ = &mut #ident;));
    }

    pub(crate) fn reborrow(&mut self, ident: &Ident) {
        self.found.extend(quote!(let _ = &mut *#ident;));
    }

    pub(crate) fn wants(&self, ident: &Ident) -> bool {
        !self.nothing
            && mentions(self.body, ident)
            && !self.clones.contains(ident)
            && !self.held.iter().any(|held| mentions(held, ident))
    }
}

fn added_mut() -> Token![mut] {
    Token![mut](Span::mixed_site())
}
