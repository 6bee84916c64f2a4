//! What a path in the code refers to, as far as one file can tell: its imports, aliases, globs and own items.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use syn::{Item, UseTree};

/// The names that one module or block brings into view.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    imports: HashMap<String, String>,
    globs: Vec<String>,
    own: HashSet<String>,
    /// A module sees nothing of the one around it, unless it says `use super::*`.
    is_module: bool,
}

impl Scope {
    pub(crate) fn module(items: &mut dyn Iterator<Item = &Item>) -> Self {
        let mut scope = Self::block(items);
        scope.is_module = true;
        scope
    }

    pub(crate) fn block(items: &mut dyn Iterator<Item = &Item>) -> Self {
        let mut scope = Scope::default();
        for item in items {
            scope.add(item);
        }
        scope
    }

    fn add(&mut self, item: &Item) {
        match item {
            Item::Use(import) => {
                let root = if import.leading_colon.is_some() { "::" } else { "" };
                self.tree(root, &import.tree);
            }
            Item::ExternCrate(krate) => {
                let name = krate.rename.as_ref().map_or(&krate.ident, |(_, name)| name);
                if name != "_" && krate.ident != "self" {
                    self.imports
                        .insert(name.to_string(), format!("::{}", krate.ident));
                }
            }
            Item::Type(alias) => {
                let target = match &*alias.ty {
                    syn::Type::Path(path) if path.qself.is_none() => Some(spelled(&path.path)),
                    _ => None,
                };
                match target.filter(|target| alias.ident != target) {
                    Some(target) => drop(self.imports.insert(alias.ident.to_string(), target)),
                    None => drop(self.own.insert(alias.ident.to_string())),
                }
            }
            Item::Fn(item) => drop(self.own.insert(item.sig.ident.to_string())),
            Item::Mod(item) => drop(self.own.insert(item.ident.to_string())),
            Item::Struct(item) => drop(self.own.insert(item.ident.to_string())),
            Item::Enum(item) => drop(self.own.insert(item.ident.to_string())),
            Item::Trait(item) => drop(self.own.insert(item.ident.to_string())),
            Item::Const(item) => drop(self.own.insert(item.ident.to_string())),
            Item::Static(item) => drop(self.own.insert(item.ident.to_string())),
            _ => {}
        }
    }

    fn tree(&mut self, prefix: &str, tree: &UseTree) {
        let join = |name: &dyn ToString| {
            let name = unraw(&name.to_string());
            if prefix.is_empty() || prefix == "::" {
                format!("{prefix}{name}")
            } else {
                format!("{prefix}::{name}")
            }
        };
        match tree {
            UseTree::Path(path) => self.tree(&join(&path.ident), &path.tree),
            UseTree::Name(name) if name.ident == "self" => self.import(last(prefix), prefix),
            UseTree::Name(name) => self.import(&unraw(&name.ident.to_string()), &join(&name.ident)),
            UseTree::Rename(rename) if rename.rename == "_" => {
                // In view as a trait, under no name.
                self.import(&format!("_ {}", rename.ident), &join(&rename.ident));
            }
            UseTree::Rename(rename) if rename.ident == "self" => {
                self.import(&rename.rename.to_string(), prefix)
            }
            UseTree::Rename(rename) => self.import(&rename.rename.to_string(), &join(&rename.ident)),
            UseTree::Glob(_) => self.globs.push(prefix.to_owned()),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(prefix, tree)),
        }
    }

    fn import(&mut self, name: &str, path: &str) {
        // `use tokio;` says nothing new and would send the search in a circle.
        if name != path {
            self.imports.insert(name.to_owned(), path.to_owned());
        }
    }
}

/// All scopes around the place that is being looked at.
#[derive(Debug, Default)]
pub(crate) struct Names {
    scopes: Vec<Arc<Scope>>,
    /// Crates that the manifest renames: the name in code, the name of the package.
    renamed: HashMap<String, String>,
}

impl Names {
    pub(crate) fn new(renamed: HashMap<String, String>) -> Self {
        Self {
            scopes: Vec::new(),
            renamed,
        }
    }

    pub(crate) fn enter(&mut self, scope: impl Into<Arc<Scope>>) {
        self.scopes.push(scope.into());
    }

    pub(crate) fn leave(&mut self) {
        self.scopes.pop();
    }

    /// Every full path that this path can stand for; mostly one. Paths into the same crate start with `crate`,
    /// `self` or `super`.
    pub(crate) fn resolve(&self, path: &syn::Path) -> Vec<String> {
        self.resolve_text(&spelled(path))
    }

    pub(crate) fn resolve_text(&self, path: &str) -> Vec<String> {
        self.follow(path, true)
    }

    /// Follows imports; `globs` says whether a name that none of them binds may come out of one.
    fn follow(&self, path: &str, globs: bool) -> Vec<String> {
        let mut path = path.to_owned();
        // An import may lead to another; real chains are short, and a circle must end.
        for _ in 0..8 {
            if let Some(absolute) = path.strip_prefix("::") {
                return vec![self.canonical(absolute)];
            }
            let (first, rest) = match path.split_once("::") {
                Some((first, rest)) => (first, Some(rest)),
                None => (path.as_str(), None),
            };
            if matches!(first, "crate" | "self" | "super" | "Self") {
                return vec![path];
            }
            let found = self.visible().find_map(|scope| {
                let import = scope.imports.get(first).cloned();
                import.or_else(|| scope.own.contains(first).then(|| format!("self::{first}")))
            });
            let Some(found) = found else {
                return if globs {
                    self.unbound(&path, first, rest.is_none())
                } else {
                    vec![self.canonical(&path)]
                };
            };
            let next = match rest {
                Some(rest) => format!("{found}::{rest}"),
                None => found,
            };
            // `use std::fs; fs::read`: after one step the first word is a crate, not a name of this scope.
            let same_start = next.split("::").next() == Some(first);
            path = next;
            if same_start {
                return vec![self.canonical(&path)];
            }
        }
        vec![path]
    }

    /// Whether a trait is in view by its name, by `as _` or by a glob of its module.
    pub(crate) fn has_trait(&self, path: &str) -> bool {
        let module = path.rsplit_once("::").map_or("", |(module, _)| module);
        self.visible().any(|scope| {
            scope
                .imports
                .values()
                .any(|import| canonical_crate(import) == path)
                || scope.globs.iter().any(|glob| canonical_crate(glob) == module)
        })
    }

    /// Whether anything in view comes from this crate.
    pub(crate) fn uses_crate(&self, name: &str) -> bool {
        let from = |path: &String| path.trim_start_matches("::").split("::").next() == Some(name);
        self.visible()
            .any(|scope| scope.imports.values().any(from) || scope.globs.iter().any(from))
    }

    /// A path whose first word no scope binds: a crate, or something out of a glob.
    fn unbound(&self, path: &str, first: &str, single: bool) -> Vec<String> {
        let mut paths = Vec::new();
        if !single || self.renamed.contains_key(first) {
            paths.push(self.canonical(path));
        }
        for glob in self.visible().flat_map(|scope| &scope.globs) {
            let inner = glob.split("::").next().unwrap_or_default();
            if matches!(inner, "crate" | "self" | "super") {
                continue;
            }
            // The glob's own first word may be an import: `use std::fs; use fs::*`.
            for glob in self.resolve_glob(glob) {
                paths.push(format!("{glob}::{path}"));
            }
        }
        if paths.is_empty() {
            paths.push(path.to_owned());
        }
        paths
    }

    fn resolve_glob(&self, glob: &str) -> Vec<String> {
        let first = glob
            .trim_start_matches("::")
            .split("::")
            .next()
            .unwrap_or_default();
        let bound = self.visible().any(|scope| scope.imports.contains_key(first));
        if bound && !glob.starts_with("::") {
            self.follow(glob, false)
        } else {
            vec![self.canonical(glob)]
        }
    }

    fn canonical(&self, path: &str) -> String {
        let path = path.trim_start_matches("::");
        let (first, rest) = path.split_once("::").unwrap_or((path, ""));
        match self.renamed.get(first) {
            Some(package) if rest.is_empty() => package.clone(),
            Some(package) => format!("{package}::{rest}"),
            None => canonical_crate(path),
        }
    }

    /// The scopes that a name is looked up in, innermost first.
    fn visible(&self) -> impl Iterator<Item = &Scope> {
        let mut closed = false;
        self.scopes
            .iter()
            .map(Arc::as_ref)
            .rev()
            .take_while(move |scope| {
                if closed {
                    return false;
                }
                let imports_parent = scope.globs.iter().any(|glob| glob == "super");
                closed = scope.is_module && !imports_parent;
                true
            })
    }
}

/// `core::` and `alloc::` are parts of `std::` for every rule.
fn canonical_crate(path: &str) -> String {
    let path = path.trim_start_matches("::");
    match path.split_once("::") {
        Some(("core" | "alloc", rest)) => format!("std::{rest}"),
        _ => path.to_owned(),
    }
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

fn unraw(name: &str) -> String {
    name.strip_prefix("r#").unwrap_or(name).to_owned()
}

/// A path without its generic arguments.
pub(crate) fn spelled(path: &syn::Path) -> String {
    let mut text = String::new();
    for (n, segment) in path.segments.iter().enumerate() {
        if n > 0 || path.leading_colon.is_some() {
            text.push_str("::");
        }
        text.push_str(&unraw(&segment.ident.to_string()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Names, Scope};

    fn names(text: &str) -> Names {
        let file = syn::parse_file(text).expect("the test parses");
        let mut names = Names::default();
        names.enter(Scope::module(&mut file.items.iter()));
        names
    }

    fn one(names: &Names, path: &str) -> String {
        let paths = names.resolve_text(path);
        assert_eq!(paths.len(), 1, "{paths:?}");
        paths[0].clone()
    }

    #[test]
    fn imports_aliases_and_groups() {
        let names = names(
            "use std::{fs::{self, File as F}, thread::sleep}; use tokio as t; use t::task; extern crate rayon as r;
             type Client = reqwest::Client;",
        );
        assert_eq!(one(&names, "fs::read"), "std::fs::read");
        assert_eq!(one(&names, "F::open"), "std::fs::File::open");
        assert_eq!(one(&names, "sleep"), "std::thread::sleep");
        assert_eq!(one(&names, "t::spawn"), "tokio::spawn");
        assert_eq!(one(&names, "task::spawn"), "tokio::task::spawn");
        assert_eq!(one(&names, "r::join"), "rayon::join");
        assert_eq!(one(&names, "Client::new"), "reqwest::Client::new");
        assert_eq!(one(&names, "::core::mem::drop"), "std::mem::drop");
    }

    #[test]
    fn own_items_hide_crates_and_globs_are_candidates() {
        let names = names("mod tokio {} fn read() {} use std::fs::*; use crate::prelude::*;");
        assert_eq!(one(&names, "tokio::spawn"), "self::tokio::spawn");
        assert_eq!(one(&names, "read"), "self::read");
        assert_eq!(one(&names, "write"), "std::fs::write");
        assert!(names.has_trait("std::fs::Anything"));
    }

    #[test]
    fn an_inner_module_sees_the_outer_one_only_through_super() {
        let file = syn::parse_file("use std::fs;").expect("the test parses");
        for (inner, seen) in [("use super::*;", "std::fs::read"), ("", "fs::read")] {
            let mut names = Names::default();
            names.enter(Scope::module(&mut file.items.iter()));
            let inner = syn::parse_file(inner).expect("the test parses");
            names.enter(Scope::module(&mut inner.items.iter()));
            assert_eq!(one(&names, "fs::read"), seen);
        }
    }

    #[test]
    fn a_glob_of_an_imported_module() {
        let names = names("use a::b as c; use c::*; use std::fs; use fs::*;");
        assert_eq!(names.resolve_text("read"), ["a::b::read", "std::fs::read"]);
    }

    #[test]
    fn circles_end() {
        let names = names("use a::b as c; use c::d as a; use tokio; use self::x as x;");
        assert!(!names.resolve_text("a::y").is_empty());
        assert_eq!(one(&names, "tokio::spawn"), "tokio::spawn");
    }

    #[test]
    fn renamed_packages_keep_their_rules() {
        let mut names = names("use tk::task;");
        names.renamed.insert("tk".to_owned(), "tokio".to_owned());
        assert_eq!(one(&names, "tk::spawn"), "tokio::spawn");
        assert_eq!(one(&names, "task::spawn"), "tokio::task::spawn");
    }
}
