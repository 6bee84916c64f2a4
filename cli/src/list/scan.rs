//! The functions of one file: the annotated ones, the public async ones that are not, and the names of all others.

use std::path::{Path, PathBuf};

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, Signature, Visibility};

use super::bound;
use super::calls;
use super::layers::{Imports, defaults, stack, written};
use super::model::{Function, Layer};

/// Reads one text; `Err` says why it could not be read.
pub(super) fn functions(
    file: &Path,
    package: &str,
    text: &str,
    in_tests: bool,
) -> Result<Vec<Function>, String> {
    let tree = syn::parse_file(text)
        .map_err(|cause| format!("does not parse, line {}: {cause}", cause.span().start().line))?;
    let mut scan = Scan {
        imports: Imports::of(&tree),
        file: file.to_owned(),
        package: package.to_owned(),
        in_tests,
        modules: Vec::new(),
        owner: None,
        defaults: Vec::new(),
        found: Vec::new(),
    };
    scan.visit_file(&tree);
    Ok(scan.found)
}

struct Scan {
    imports: Imports,
    file: PathBuf,
    package: String,
    in_tests: bool,
    modules: Vec<String>,
    owner: Option<String>,
    /// The defaults of the blocks around, innermost first.
    defaults: Vec<Layer>,
    found: Vec<Function>,
}

impl Scan {
    /// Visits a block with its own defaults, owner and kind, then forgets them.
    fn inside(&mut self, attributes: &[Attribute], visit: impl FnOnce(&mut Self)) {
        let outer = self.defaults.clone();
        let (owner, in_tests) = (self.owner.clone(), self.in_tests);
        let mut own = defaults(&self.imports, attributes);
        own.append(&mut self.defaults);
        self.defaults = own;
        self.in_tests |= is_test(attributes);
        visit(self);
        (self.defaults, self.owner, self.in_tests) = (outer, owner, in_tests);
    }

    fn function(
        &mut self,
        attributes: &[Attribute],
        visibility: &Visibility,
        signature: &Signature,
        block: Option<&Block>,
    ) {
        let own = written(&self.imports, attributes);
        let is_async = signature.asyncness.is_some();
        // Defaults reach async functions; layers of its own may stand above `-> impl Future` too.
        let layers = if is_async { stack(own, &self.defaults) } else { own };
        let public = matches!(visibility, Visibility::Public(_));
        let in_tests = self.in_tests || is_test(attributes);
        let shown = !layers.is_empty() || (is_async && public && !in_tests);
        let ident = signature.ident.to_string();
        let name = self.modules.iter().chain(&self.owner).chain([&ident]);
        self.found.push(Function {
            file: self.file.clone(),
            line: signature.fn_token.span().start().line,
            package: self.package.clone(),
            name: name.map(String::as_str).collect::<Vec<_>>().join("::"),
            owner: self.owner.clone(),
            public,
            shown,
            in_tests,
            bound: bound::of(&layers),
            layers,
            calls: block
                .map(|block| calls::of(block, self.owner.as_deref()))
                .unwrap_or_default(),
            nested: Vec::new(),
            ident,
        });
    }
}

impl Visit<'_> for Scan {
    fn visit_item_mod(&mut self, item: &syn::ItemMod) {
        self.modules.push(item.ident.to_string());
        self.inside(&item.attrs, |scan| visit::visit_item_mod(scan, item));
        self.modules.pop();
    }

    fn visit_item_impl(&mut self, item: &syn::ItemImpl) {
        self.inside(&item.attrs, |scan| {
            scan.owner = type_name(&item.self_ty);
            visit::visit_item_impl(scan, item);
        });
    }

    fn visit_item_trait(&mut self, item: &syn::ItemTrait) {
        self.inside(&item.attrs, |scan| {
            scan.owner = Some(item.ident.to_string());
            visit::visit_item_trait(scan, item);
        });
    }

    fn visit_item_fn(&mut self, item: &syn::ItemFn) {
        self.function(&item.attrs, &item.vis, &item.sig, Some(&item.block));
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &syn::ImplItemFn) {
        self.function(&item.attrs, &item.vis, &item.sig, Some(&item.block));
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &syn::TraitItemFn) {
        self.function(
            &item.attrs,
            &Visibility::Inherited,
            &item.sig,
            item.default.as_ref(),
        );
        visit::visit_trait_item_fn(self, item);
    }
}

/// The last name of a type: `Client` of `&crate::Client<T>`.
fn type_name(ty: &syn::Type) -> Option<String> {
    match ty {
        syn::Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        syn::Type::Reference(reference) => type_name(&reference.elem),
        syn::Type::Paren(inner) => type_name(&inner.elem),
        syn::Type::Group(inner) => type_name(&inner.elem),
        _ => None,
    }
}

/// `#[cfg(test)]`, `#[test]`, `#[tokio::test]`.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let last = attribute
            .path()
            .segments
            .last()
            .map(|segment| segment.ident.to_string());
        match last.as_deref() {
            Some("test") => true,
            Some("cfg") => attribute.meta.require_list().is_ok_and(|list| {
                list.tokens
                    .clone()
                    .into_iter()
                    .any(|token| token.to_string() == "test")
            }),
            _ => false,
        }
    })
}
