//! `#[derive(Classify)]`:
//!
//! ```text
//! impl Classify for E {
//!     fn class(&self) -> Class {
//!         match self {
//!             Self::Busy { retry_after, .. } => transient_after(*retry_after),
//!             Self::Io(inner) => Classify::class(inner),
//!             …
//!         }
//!     }
//! }
//! injectable! { E }                                   // for tests: nothing without `test-util`
//! ```

use crate::hygiene::names::internal;
use crate::hygiene::paths::CrateRoot;
use crate::hygiene::spans::blame;
use crate::model::classes::{Classes, Decision, Hint, Variant};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// The implementation for `classes`.
pub(crate) fn expand(classes: &Classes) -> TokenStream {
    let root = &classes.root;
    let (name, attrs) = (&classes.name, &classes.cfg);
    let (impl_generics, ty_generics, where_clause) = classes.generics.split_for_impl();
    let arms = classes.variants.iter().map(|variant| arm(variant, root));
    // An enum without variants has no value to match on by reference.
    let body = if classes.variants.is_empty() {
        quote!(match *self {})
    } else {
        quote!(match self { #(#arms)* })
    };
    // With parameters it may borrow, and no test can make one.
    let injectable = classes.generics.params.is_empty().then(|| {
        let injectable = root.shim("injectable");
        quote!(#(#attrs)* #injectable { #name })
    });
    quote! {
        #(#attrs)*
        #[automatically_derived]
        impl #impl_generics #root::Classify for #name #ty_generics #where_clause {
            fn class(&self) -> #root::Class {
                #body
            }
        }
        #injectable
    }
}

fn arm(variant: &Variant, root: &CrateRoot) -> TokenStream {
    let Variant { path, cfg, .. } = variant;
    let found = internal("found");
    let class = |name: &str| {
        let name = proc_macro2::Ident::new(name, proc_macro2::Span::mixed_site());
        quote!(#root::Class::#name)
    };
    let (pattern, value) = match &variant.decision {
        Decision::Transient(None) => (quote!({ .. }), class("Transient")),
        Decision::Transient(Some(Hint::Field(field))) => {
            let after = blame(root.private("transient_after"), &field.to_token_stream());
            (quote!({ #field: #found, .. }), quote!(#after(*#found)))
        }
        Decision::Transient(Some(Hint::Call(function))) => {
            let after = root.private("transient_after_call");
            (quote!({ .. }), quote!(#after(self, #function)))
        }
        Decision::NotSent => (quote!({ .. }), class("NotSent")),
        Decision::Permanent => (quote!({ .. }), class("Permanent")),
        Decision::Any => (TokenStream::new(), class("Permanent")),
        Decision::Inner(field) => (quote!({ #field: #found, .. }), {
            let class = blame(quote!(#root::Classify::class), &field.to_token_stream());
            quote!(#class(#found))
        }),
    };
    quote!(#(#cfg)* #path #pattern => #value,)
}
