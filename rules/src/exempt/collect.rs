//! Finds the exemptions of a file, and the code that each covers.

use proc_macro2::LineColumn;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ImplItem, Item, Stmt, TraitItem};

use super::Exemption;
use super::spelling::{Spelled, attribute, comment};
use crate::context::{FileContext, RawPlace, ends, is_test_item};
use crate::source::{Comment, Lines, Parsed};

/// The exemptions of a file.
#[derive(Default)]
pub(crate) struct Exemptions {
    pub(super) list: Vec<Exemption>,
}

impl Exemptions {
    pub(crate) fn collect(text: &str, parsed: &Parsed, file: &FileContext<'_>) -> Self {
        Self::of(&parsed.tree, Some((text, &parsed.lines)), &parsed.comments, file)
    }

    /// `text` and `comments` may be missing: a macro that cannot read its file sees attributes only.
    pub(crate) fn of(
        tree: &syn::File,
        text: Option<(&str, &Lines)>,
        comments: &[Comment],
        file: &FileContext<'_>,
    ) -> Self {
        let mentions = |text: &str| memchr::memmem::find(text.as_bytes(), b"exempt").is_some();
        if text.is_some_and(|(text, _)| !mentions(text) && comments.is_empty()) {
            return Self::default();
        }
        let mut found = Found {
            in_test: file.test_file,
            ..Found::default()
        };
        found.visit_file(tree);
        let mut list = found.attributes;
        if let Some((text, lines)) = text {
            list.extend(
                comments
                    .iter()
                    .map(|one| of_comment(one, text, lines, &found.nodes)),
            );
        }
        Self { list }
    }
}

/// An item, statement or match arm: from where to where, and whether it is test code.
struct Node {
    from: LineColumn,
    to: LineColumn,
    in_test: bool,
}

#[derive(Default)]
struct Found {
    attributes: Vec<Exemption>,
    nodes: Vec<Node>,
    in_test: bool,
}

impl Found {
    fn node(&mut self, attrs: &[Attribute], node: &impl ToTokens) {
        let (start, end) = ends(node);
        let (from, to) = (start.start(), end.end());
        self.nodes.push(Node {
            from,
            to,
            in_test: self.in_test,
        });
        for attr in attrs.iter().filter(|attr| is_exempt(attr)) {
            let Spelled {
                rules,
                reason,
                broken,
            } = attribute(attr);
            let (start, end) = ends(attr);
            let place = RawPlace::Tokens(start, end);
            let in_test_code = self.in_test;
            self.attributes.push(Exemption {
                rules,
                reason,
                place,
                from,
                to,
                in_test_code,
                broken,
            });
        }
    }

    fn inside(&mut self, attrs: &[Attribute], visit: impl FnOnce(&mut Self)) {
        let before = self.in_test;
        self.in_test |= is_test_item(attrs);
        visit(self);
        self.in_test = before;
    }
}

/// `#[etiquette::exempt(…)]`, `#[exempt(…)]`, or through a renamed crate.
fn is_exempt(attr: &Attribute) -> bool {
    attr.path()
        .segments
        .last()
        .is_some_and(|last| last.ident == "exempt")
}

impl<'ast> Visit<'ast> for Found {
    fn visit_item(&mut self, item: &'ast Item) {
        let attrs = attrs_of(item);
        self.inside(attrs, |found| {
            found.node(attrs, item);
            visit::visit_item(found, item);
        });
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attrs = match item {
            ImplItem::Fn(item) => item.attrs.as_slice(),
            ImplItem::Const(item) => &item.attrs,
            _ => &[],
        };
        self.inside(attrs, |found| {
            found.node(attrs, item);
            visit::visit_impl_item(found, item);
        });
    }

    fn visit_trait_item(&mut self, item: &'ast TraitItem) {
        let attrs = if let TraitItem::Fn(item) = item {
            item.attrs.as_slice()
        } else {
            &[]
        };
        self.inside(attrs, |found| {
            found.node(attrs, item);
            visit::visit_trait_item(found, item);
        });
    }

    fn visit_stmt(&mut self, stmt: &'ast Stmt) {
        match stmt {
            Stmt::Item(_) => {}
            Stmt::Local(local) => self.node(&local.attrs, stmt),
            Stmt::Macro(mac) => self.node(&mac.attrs, stmt),
            Stmt::Expr(expr, _) => self.node(leading_attrs(expr), stmt),
        }
        visit::visit_stmt(self, stmt);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        self.node(&arm.attrs, arm);
        visit::visit_arm(self, arm);
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
}

fn of_comment(one: &Comment, text: &str, lines: &Lines, nodes: &[Node]) -> Exemption {
    let Spelled {
        rules,
        reason,
        broken,
    } = comment(&one.text);
    let line = lines.line(one.range.start);
    let before = lines.text(text, line).split("//").next().unwrap_or_default();
    let own_line = before.trim().is_empty();
    // A comment at the end of a line speaks of that line; one on a line of its own of what begins below it.
    let at = if own_line {
        next_code_line(text, lines, line)
    } else {
        line
    };
    let whole_line = (
        LineColumn { line: at, column: 0 },
        LineColumn {
            line: at,
            column: usize::MAX,
        },
    );
    let below = nodes
        .iter()
        .filter(|node| own_line && node.from.line == at)
        .max_by_key(|node| node.to);
    let around = nodes
        .iter()
        .filter(|node| node.from.line <= at && at <= node.to.line)
        .max_by_key(|node| node.from);
    let (from, to) = below.map_or(whole_line, |node| (node.from, node.to));
    let in_test_code = below.or(around).is_some_and(|node| node.in_test);
    let place = RawPlace::Text(one.range.clone(), line);
    Exemption {
        rules,
        reason,
        place,
        from,
        to,
        in_test_code,
        broken,
    }
}

fn next_code_line(text: &str, lines: &Lines, line: usize) -> usize {
    let is_code = |line: &usize| {
        let text = lines.text(text, *line).trim();
        !text.is_empty() && !text.starts_with("//")
    };
    (line + 1..=lines.count()).find(is_code).unwrap_or(line)
}

fn attrs_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Const(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// The attributes written before an expression statement: they belong to its leftmost part.
pub(crate) fn leading_attrs(expr: &Expr) -> &[Attribute] {
    match expr {
        Expr::Await(inner) => first(&inner.attrs, &inner.base),
        Expr::Try(inner) => first(&inner.attrs, &inner.expr),
        Expr::MethodCall(inner) => first(&inner.attrs, &inner.receiver),
        Expr::Call(inner) => first(&inner.attrs, &inner.func),
        Expr::Assign(inner) => first(&inner.attrs, &inner.left),
        Expr::Path(inner) => &inner.attrs,
        Expr::If(inner) => &inner.attrs,
        Expr::Match(inner) => &inner.attrs,
        Expr::Loop(inner) => &inner.attrs,
        Expr::While(inner) => &inner.attrs,
        Expr::ForLoop(inner) => &inner.attrs,
        Expr::Block(inner) => &inner.attrs,
        Expr::Macro(inner) => &inner.attrs,
        Expr::Async(inner) => &inner.attrs,
        Expr::Unsafe(inner) => &inner.attrs,
        _ => &[],
    }
}

fn first<'e>(own: &'e [Attribute], inner: &'e Expr) -> &'e [Attribute] {
    if own.is_empty() { leading_attrs(inner) } else { own }
}
