//! Tests of the whole pipeline, in process: what rustc would do with a stack of attributes, without rustc.

mod every;
mod former;
mod half_typed;
mod kept;
mod options;
mod pages;
mod robust;
mod silence;
mod snapshots;
mod spans;
mod whole;

use crate::driver;
use crate::layers::NAMES;
use crate::syntax::item::Annotated;
use crate::syntax::stack::CARRIER;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Meta;

/// Expands our attributes on `item` from the top, as rustc does, until none is left.
fn expand(item: TokenStream) -> TokenStream {
    let mut item = item;
    loop {
        let Ok(Annotated {
            mut attrs,
            item: rest,
        }) = syn::parse2::<Annotated>(item.clone())
        else {
            return item;
        };
        let ours = |attr: &syn::Attribute| {
            let last = attr.path().segments.last().map(|last| last.ident.to_string());
            last.filter(|name| NAMES.contains(&&**name) || name == CARRIER)
        };
        let Some((at, name)) = attrs
            .iter()
            .enumerate()
            .find_map(|(at, attr)| Some((at, ours(attr)?)))
        else {
            return quote!(#(#attrs)* #rest);
        };
        let args = match attrs.remove(at).meta {
            Meta::List(list) => list.tokens,
            _ => TokenStream::new(),
        };
        let rest = Annotated { attrs, item: rest }.into_token_stream();
        item = if name == CARRIER {
            driver::layers(args, rest)
        } else {
            driver::attribute(&name, args, rest)
        };
    }
}
