//! Does the return type borrow from an exclusive reference? A loop cannot lend such a borrow out twice (E0524), so
//! `retry` has to refuse it with words of its own.

use crate::syntax::ret::ungroup;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{FnArg, ReceiverKind, Signature, Type};

/// The exclusive reference, as written, that the type `ret` borrows from.
pub(crate) fn exclusive_source(sig: &Signature, ret: &TokenStream) -> Option<TokenStream> {
    let lifetimes = Lifetimes::of(ret.clone());
    if lifetimes.is_empty() {
        return None;
    }
    let has_receiver = sig.receiver().is_some_and(|receiver| match &receiver.kind {
        ReceiverKind::Reference(..) => true,
        ReceiverKind::Typed(_, ty) => ty
            .to_token_stream()
            .into_iter()
            .any(|token| is_punct(&token, '&')),
        _ => false,
    });
    sig.inputs.iter().find_map(|arg| {
        let (lifetime, is_source_when_elided) = match arg {
            FnArg::Receiver(receiver) => match &receiver.kind {
                ReceiverKind::Reference(_, lifetime, Some(_)) => (lifetime.clone(), true),
                ReceiverKind::Typed(_, ty) => match ungroup(ty) {
                    Type::Reference(reference) if reference.mutability.is_some() => {
                        (reference.lifetime.clone(), true)
                    }
                    _ => return None,
                },
                _ => return None,
            },
            FnArg::Typed(arg) => match ungroup(&arg.ty) {
                Type::Reference(reference) if reference.mutability.is_some() => {
                    (reference.lifetime.clone(), !has_receiver)
                }
                _ => return None,
            },
        };
        let borrows = match lifetime {
            Some(lifetime) if lifetime.ident != "_" => {
                lifetimes.named.iter().any(|name| lifetime.ident == name)
            }
            _ => lifetimes.elided && is_source_when_elided,
        };
        borrows.then(|| arg.to_token_stream())
    })
}

/// The lifetimes that a type's tokens mention.
#[derive(Default)]
struct Lifetimes {
    named: Vec<String>,
    elided: bool,
}

impl Lifetimes {
    fn of(tokens: TokenStream) -> Self {
        let mut found = Self::default();
        found.read(tokens);
        found
    }

    fn is_empty(&self) -> bool {
        self.named.is_empty() && !self.elided
    }

    fn read(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match &token {
                TokenTree::Group(group) => self.read(group.stream()),
                token if is_punct(token, '&') => {
                    self.elided |= !tokens.peek().is_some_and(|next| is_punct(next, '\''));
                }
                token if is_punct(token, '\'') => match tokens.next() {
                    Some(TokenTree::Ident(name)) if name == "_" => self.elided = true,
                    Some(TokenTree::Ident(name)) if name != "static" => self.named.push(name.to_string()),
                    _ => {}
                },
                _ => {}
            }
        }
    }
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    fn source(sig: TokenStream) -> Option<String> {
        let sig: Signature = syn::parse2(sig).expect("a signature");
        let ret = sig.output.to_token_stream();
        exclusive_source(&sig, &ret).map(|tokens| tokens.to_string().replace(' ', ""))
    }

    #[test]
    fn what_borrows_exclusively_is_found() {
        assert_eq!(
            source(quote!(async fn f(&mut self) -> Result<&mut T, E>)).as_deref(),
            Some("&mutself")
        );
        assert_eq!(
            source(quote!(async fn f(&mut self) -> Result<&T, E>)).as_deref(),
            Some("&mutself")
        );
        assert_eq!(
            source(quote!(async fn f(&mut self) -> Result<Ref<'_>, E>)).as_deref(),
            Some("&mutself")
        );
        assert_eq!(
            source(quote!(async fn f<'a>(x: &'a mut T) -> Result<&'a T, E>)).as_deref(),
            Some("x:&'amutT")
        );
        assert_eq!(
            source(quote!(async fn f(x: &mut T) -> Result<&T, E>)).as_deref(),
            Some("x:&mutT")
        );
    }

    #[test]
    fn what_does_not_is_left_alone() {
        assert_eq!(source(quote!(async fn f(&self) -> Result<&T, E>)), None);
        assert_eq!(source(quote!(async fn f(&mut self) -> Result<T, E>)), None);
        assert_eq!(
            source(quote!(async fn f(&mut self) -> Result<&'static str, E>)),
            None
        );
        assert_eq!(
            source(quote!(async fn f(&self, x: &mut T) -> Result<&T, E>)),
            None
        );
        assert_eq!(
            source(quote!(async fn f<'a>(x: &mut T, y: &'a str) -> Result<&'a str, E>)),
            None
        );
    }
}
