//! `#[conventions]`: the item, with a lint at each broken convention and questions where only types can tell:
//!
//! ```text
//! async fn load(cache: &Mutex<Cache>) {
//!     const _: &str = include_str!("…/etiquette.toml");            // who edits it rebuilds this
//!     #[deny(deprecated)]
//!     const _: () = {
//!         #[deprecated(note = "synchronous file access inside async code …")]
//!         const fn blocking_fs() {}
//!         blocking_fs()                                            // underlines the user's `std::fs::read`
//!     };
//!     let cache = cache.lock();
//!     #[deny(deprecated)] { … (&&Asked(&cache)).guard_across_await(); }
//!     save().await;
//! }
//! ```
//!
//! Beside an `impl`, a `trait` or a `mod` the constants stand in one of their own, behind it.

use super::ask::ask;
use super::check::Found;
use super::exempt::strip;
use super::finding::Finding;
use super::send::Sends;
use super::subject::Subject;
use crate::hygiene::paths::CrateRoot;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn expand(subject: Subject, found: Found, root: &CrateRoot, sends: bool) -> TokenStream {
    let files = found.files.iter().filter_map(|file| file.to_str());
    let findings = found.findings.into_iter().map(Finding::into_item);
    let sends = sends.then(|| Sends::new(&found.probes, root));
    let checks = sends.as_ref().map(|sends| subject.checks(sends));
    let items = quote! {
        #( const _: &::core::primitive::str = ::core::include_str!(#files); )*
        #(#findings)*
        #checks
    };
    let in_module = sends.filter(|_| subject.is_module());
    subject.with(&items, |inside| {
        let inside = strip(ask(inside, &found.probes, root));
        match in_module {
            Some(sends) => sends.inside_module(inside),
            None => inside,
        }
    })
}
