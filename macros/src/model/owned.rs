//! Types that borrow, and what to take in their place, as far as tokens tell.

use super::order::spelled;
use crate::syntax::ret::ungroup;
use proc_macro2::Span;
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Generics, Lifetime, ParenthesizedGenericArguments, TraitBound, Type, TypeFnPtr, TypeImplTrait,
    TypeReference, parse_quote,
};

/// Whether `ty` has a borrow in it that may end: a reference, or a lifetime, that does not say `'static`.
pub(super) fn borrows(ty: &Type, generics: &Generics) -> bool {
    let mut borrows = Borrows {
        generics,
        found: false,
        become_static: false,
    };
    borrows.visit_type_mut(&mut ty.clone());
    borrows.found
}

/// `ty` without those borrows, as people write it.
pub(super) fn owned(ty: &Type, generics: &Generics) -> String {
    let mut ty = ty.clone();
    Owned.visit_type_mut(&mut ty);
    Borrows {
        generics,
        found: false,
        become_static: true,
    }
    .visit_type_mut(&mut ty);
    spelled(&ty.to_token_stream())
}

/// `ty` without the lifetimes that `#[async_trait]` has written into it.
pub(super) fn as_written(ty: &Type) -> String {
    struct Generated;
    impl VisitMut for Generated {
        fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
            let name = reference
                .lifetime
                .as_ref()
                .map(|lifetime| lifetime.ident.to_string());
            if name.is_some_and(|name| name.starts_with("life") || name == "async_trait") {
                reference.lifetime = None;
            }
            visit_mut::visit_type_reference_mut(self, reference);
        }
    }
    let mut ty = ty.clone();
    Generated.visit_type_mut(&mut ty);
    spelled(&ty.to_token_stream())
}

struct Borrows<'a> {
    generics: &'a Generics,
    found: bool,
    become_static: bool,
}

impl Borrows<'_> {
    fn ends(&self, lifetime: &Lifetime) -> bool {
        let outlives = |bound: &Lifetime| bound.ident == "static";
        let is_static = self
            .generics
            .lifetimes()
            .any(|param| param.lifetime == *lifetime && param.bounds.iter().any(outlives));
        !outlives(lifetime) && !is_static
    }
}

impl VisitMut for Borrows<'_> {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        self.found |= reference.lifetime.is_none();
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if self.ends(lifetime) {
            self.found = true;
            if self.become_static {
                *lifetime = Lifetime::new("'static", Span::call_site());
            }
        }
    }

    // What a function takes it does not hold: `fn(&str)`, `Fn(&str)`, `for<'a> Parse<'a>`.
    fn visit_type_fn_ptr_mut(&mut self, _: &mut TypeFnPtr) {}

    fn visit_parenthesized_generic_arguments_mut(&mut self, _: &mut ParenthesizedGenericArguments) {}

    fn visit_trait_bound_mut(&mut self, bound: &mut TraitBound) {
        if bound.lifetimes.is_none() {
            visit_mut::visit_trait_bound_mut(self, bound);
        }
    }
}

/// `&str` becomes `String`, and so on.
struct Owned;

impl VisitMut for Owned {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Type::Reference(reference) = ungroup(ty)
            && reference
                .lifetime
                .as_ref()
                .is_none_or(|lifetime| lifetime.ident != "static")
        {
            *ty = of_borrowed(ungroup(&reference.elem));
        }
        visit_mut::visit_type_mut(self, ty);
    }

    fn visit_type_fn_ptr_mut(&mut self, _: &mut TypeFnPtr) {}

    fn visit_parenthesized_generic_arguments_mut(&mut self, _: &mut ParenthesizedGenericArguments) {}
}

/// The owned form of what `&elem` borrows.
fn of_borrowed(elem: &Type) -> Type {
    match elem {
        Type::Slice(slice) => {
            let elem = &slice.elem;
            parse_quote!(Vec<#elem>)
        }
        Type::TraitObject(object) => {
            let bounds = &object.bounds;
            match spelled(&bounds.to_token_stream()).contains("Send") {
                true => parse_quote!(Box<dyn #bounds>),
                false => parse_quote!(Box<dyn #bounds + Send>),
            }
        }
        Type::ImplTrait(TypeImplTrait { bounds, .. }) => {
            match spelled(&bounds.to_token_stream()).contains("'static") {
                true => elem.clone(),
                false => parse_quote!(impl #bounds + Send + 'static),
            }
        }
        Type::Path(path) => match path.path.get_ident().map(ToString::to_string).as_deref() {
            Some("str") => parse_quote!(String),
            Some("Path") => parse_quote!(PathBuf),
            Some("OsStr") => parse_quote!(OsString),
            Some("CStr") => parse_quote!(CString),
            _ => elem.clone(),
        },
        _ => elem.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proc_macro2::TokenStream;
    use quote::quote;

    fn instead(ty: TokenStream) -> Option<String> {
        let ty: Type = syn::parse2(ty).expect("a type");
        let function: syn::Signature = parse_quote!(fn f<'a, 's: 'static>());
        borrows(&ty, &function.generics).then(|| owned(&ty, &function.generics))
    }

    #[test]
    fn each_borrow_has_an_owned_form() {
        for (ty, wanted) in [
            (quote!(&str), "String"),
            (quote!(&'a mut Vec<u8>), "Vec<u8>"),
            (quote!(&[u32]), "Vec<u32>"),
            (quote!(&[u8; 32]), "[u8; 32]"),
            (quote!(&[&str]), "Vec<String>"),
            (quote!(Option<&Path>), "Option<PathBuf>"),
            (quote!(&dyn Fn(&str) -> bool), "Box<dyn Fn(&str) -> bool + Send>"),
            (quote!(&impl AsRef<str>), "impl AsRef<str> + Send + 'static"),
            (quote!(View<'_>), "View<'static>"),
            (quote!(Cow<'a, str>), "Cow<'static, str>"),
            (quote!(Box<dyn Read + 'a>), "Box<dyn Read + 'static>"),
        ] {
            assert_eq!(instead(ty).as_deref(), Some(wanted));
        }
    }

    #[test]
    fn what_holds_no_borrow_is_left_alone() {
        for ty in [
            quote!(String),
            quote!(&'static str),
            quote!(Cow<'static, str>),
            quote!(Cow<'s, str>),
            quote!(fn(&str) -> &str),
            quote!(Box<dyn Fn(&str) -> bool + Send>),
            quote!(impl for<'x> Parse<'x> + Send + 'static),
        ] {
            assert_eq!(instead(ty), None);
        }
    }
}
