//! Items with anything of ours in them, expanded as rustc would: layers and runners above a function, `retrying!` inside
//! one, and a derive.

use super::expand;
use crate::driver;
use crate::runner::Kind;
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, Item, Meta};

/// What `item` becomes. Of a derive that is the `impl`, as rustc adds it to the type.
pub(super) fn expand_item(mut item: Item) -> TokenStream {
    if let Item::Enum(of) = &item
        && of.attrs.iter().any(derives_classify)
    {
        return driver::classify(item.into_token_stream());
    }
    Inside.visit_item_mut(&mut item);
    if let Item::Fn(function) = &mut item
        && let Some((at, kind)) = function.attrs.iter().enumerate().find_map(runner)
    {
        let args = arguments(function.attrs.remove(at));
        return driver::runner(kind, args, item.into_token_stream());
    }
    expand(item.into_token_stream())
}

fn derives_classify(attr: &Attribute) -> bool {
    let list = attr.meta.require_list();
    attr.path().is_ident("derive") && list.is_ok_and(|list| list.tokens.to_string().contains("Classify"))
}

fn runner((at, attr): (usize, &Attribute)) -> Option<(usize, Kind)> {
    let path = attr.path().to_token_stream().to_string().replace(' ', "");
    match &*path {
        "etiquette::main" => Some((at, Kind::Main)),
        "etiquette::test" => Some((at, Kind::Test)),
        _ => None,
    }
}

fn arguments(attr: Attribute) -> TokenStream {
    match attr.meta {
        Meta::List(list) => list.tokens,
        _ => TokenStream::new(),
    }
}

/// `retrying!(…)`, wherever it stands.
struct Inside;

impl VisitMut for Inside {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        if let Expr::Macro(call) = expr
            && call.mac.path.is_ident("retrying")
        {
            let expanded = driver::retrying(call.mac.tokens.clone());
            *expr = syn::parse2(expanded).expect("`retrying!` expands to an expression");
        }
    }
}
