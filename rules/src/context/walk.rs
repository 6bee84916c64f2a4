//! The one walk over a tree: keeps the surroundings up to date and asks the rules.

use std::collections::HashMap;
use std::sync::Arc;

use syn::visit::{self, Visit};
use syn::{
    Attribute, Block, Expr, File, ImplItemFn, Item, ItemFn, ItemImpl, ItemMod, ItemTrait, Macro, Pat,
    Signature, Stmt, TraitItemFn,
};

use super::asked::Asked;
use super::closures::{async_role, closure_role};
use super::cx::Cx;
use super::expand::{Expansion, Expansions};
use super::fields::Fields;
use super::origin::Locals;
use super::test_code::{is_test_item, is_test_module};
use super::walk_stmt::attrs_of;
use super::{FileContext, FnFrame, Frame, LoopView, Walked};
use crate::source::{NameScope, Names};

pub(super) struct Walker<'a> {
    pub(super) cx: Cx<'a>,
    pub(super) asked: Asked,
    is_part: bool,
}

impl<'a> Walker<'a> {
    pub(super) fn new(
        file: &'a FileContext<'a>,
        renamed: &HashMap<String, String>,
        outer: Vec<Arc<NameScope>>,
        expansions: &'a Expansions,
        fields: Fields<'a>,
        tree: &'a File,
    ) -> Self {
        let asked = Asked::of(file);
        let mut names = Names::new(renamed.clone());
        let is_part = !outer.is_empty();
        outer.into_iter().for_each(|scope| names.enter(scope));
        let cx = Cx {
            file,
            names,
            locals: Locals::default(),
            fields,
            expansions,
            tree,
            frames: Vec::new(),
            here: None,
            around: Vec::new(),
            discarded: Vec::new(),
            test_depth: 0,
            last_callee: Default::default(),
            found: Vec::new(),
            probes: Vec::new(),
        };
        Self { cx, asked, is_part }
    }

    pub(super) fn file(&mut self) {
        let tree = self.cx.tree;
        // A part of a file sees what stands around it; a whole file has nothing around it.
        let scope = if self.is_part {
            NameScope::block
        } else {
            NameScope::module
        };
        self.cx.names.enter(scope(&mut tree.items.iter()));
        let test = is_test_item(&tree.attrs);
        self.cx.test_depth += usize::from(test);
        tree.items.iter().for_each(|item| self.visit_item(item));
        self.cx.test_depth -= usize::from(test);
        self.cx.names.leave();
    }

    pub(super) fn finish(self) -> Walked {
        Walked {
            found: self.cx.found,
            probes: self.cx.probes,
        }
    }

    fn function(
        &mut self,
        attrs: &'a [Attribute],
        sig: &'a Signature,
        block: Option<&'a Block>,
        in_trait_impl: bool,
    ) {
        let frame = FnFrame {
            sig,
            attrs,
            block,
            in_trait_impl,
            self_type: self.cx.self_type(),
        };
        let around = std::mem::take(&mut self.cx.around);
        let discarded = std::mem::take(&mut self.cx.discarded);
        let locals = std::mem::take(&mut self.cx.locals);
        self.cx.frames.push(Frame::Function(frame.clone()));
        for input in &sig.inputs {
            if let syn::FnArg::Typed(arg) = input {
                let origin = super::origin::of_type(&arg.ty, &self.cx.names);
                self.cx.locals.bind(&arg.pat, origin, &self.cx.names);
            }
        }
        for (_, hook) in &self.asked.function {
            hook(&mut self.cx, &frame);
        }
        if let Some(block) = block {
            self.visit_block(block);
        }
        self.cx.frames.pop();
        self.cx.locals = locals;
        self.cx.discarded = discarded;
        self.cx.around = around;
    }

    /// Visits with one more frame around.
    pub(super) fn inside(&mut self, frame: Frame<'a>, visit: impl FnOnce(&mut Self)) {
        let mark = self.cx.locals.mark();
        self.cx.frames.push(frame);
        visit(self);
        self.cx.frames.pop();
        self.cx.locals.forget(mark);
    }

    fn in_item(&mut self, attrs: &[Attribute], visit: impl FnOnce(&mut Self)) {
        let test = usize::from(is_test_item(attrs));
        self.cx.test_depth += test;
        visit(self);
        self.cx.test_depth -= test;
    }

    pub(super) fn bind(&mut self, pattern: &Pat) {
        self.cx.locals.bind(pattern, None, &self.cx.names);
    }

    /// What stands inside an expression, with the right frame around it.
    fn inner(&mut self, expr: &'a Expr) {
        if let Some(view) = LoopView::of(expr) {
            for (_, hook) in &self.asked.looped {
                hook(&mut self.cx, view);
            }
        }
        match expr {
            Expr::Async(block) => {
                let cx = &self.cx;
                let around = &cx.around[..cx.around.len() - 1];
                let role = async_role(around, |expr| cx.is_discarded(expr));
                self.inside(Frame::Async(role), |walker| walker.visit_block(&block.block));
            }
            Expr::Closure(closure) => {
                let cx = &self.cx;
                let around = &cx.around[..cx.around.len() - 1];
                let role = closure_role(expr, around, &cx.names, cx.data());
                let frame = Frame::Closure {
                    role,
                    is_async: closure.asyncness.is_some(),
                };
                self.inside(frame, |walker| {
                    closure.inputs.iter().for_each(|input| walker.bind(input));
                    walker.visit_expr(&closure.body);
                });
            }
            Expr::Loop(looped) => self.looped(expr, |walker| walker.visit_block(&looped.body)),
            Expr::While(looped) => self.looped(expr, |walker| {
                walker.visit_expr(&looped.cond);
                walker.visit_block(&looped.body);
            }),
            Expr::ForLoop(looped) => {
                self.visit_expr(&looped.expr);
                self.looped(expr, |walker| {
                    walker.bind(&looped.pat);
                    walker.visit_block(&looped.body);
                });
            }
            Expr::Let(found) => {
                self.visit_expr(&found.expr);
                self.bind(&found.pat);
            }
            Expr::Match(found) => {
                self.visit_expr(&found.expr);
                for arm in &found.arms {
                    let mark = self.cx.locals.mark();
                    self.bind(&arm.pat);
                    if let Pat::Guard(guarded) = &arm.pat {
                        self.visit_expr(&guarded.guard);
                    }
                    self.visit_expr(&arm.body);
                    self.cx.locals.forget(mark);
                }
            }
            _ => visit::visit_expr(self, expr),
        }
    }

    fn looped(&mut self, expr: &'a Expr, visit: impl FnOnce(&mut Self)) {
        match LoopView::of(expr) {
            Some(view) => self.inside(Frame::Loop(view), visit),
            None => visit(self),
        }
    }
}

impl<'a> Visit<'a> for Walker<'a> {
    fn visit_item(&mut self, item: &'a Item) {
        match item {
            Item::Fn(found) => self.in_item(&found.attrs, |walker| walker.visit_item_fn(found)),
            Item::Mod(found) => {
                let test = usize::from(is_test_module(&found.ident.to_string()));
                self.cx.test_depth += test;
                self.in_item(&found.attrs, |walker| walker.visit_item_mod(found));
                self.cx.test_depth -= test;
            }
            Item::Impl(found) => self.in_item(&found.attrs, |walker| walker.visit_item_impl(found)),
            Item::Trait(found) => self.in_item(&found.attrs, |walker| walker.visit_item_trait(found)),
            Item::Const(found) => self.visit_expr(&found.expr),
            Item::Static(found) => self.visit_expr(&found.expr),
            // What a macro of the user's makes of its tokens is not known.
            _ => {}
        }
    }

    fn visit_item_fn(&mut self, item: &'a ItemFn) {
        self.function(&item.attrs, &item.sig, Some(&item.block), false);
    }

    fn visit_impl_item_fn(&mut self, item: &'a ImplItemFn) {
        let in_trait = matches!(self.cx.frames.last(), Some(Frame::Impl { is_trait: true, .. }));
        self.in_item(&item.attrs, |walker| {
            walker.function(&item.attrs, &item.sig, Some(&item.block), in_trait);
        });
    }

    fn visit_trait_item_fn(&mut self, item: &'a TraitItemFn) {
        self.in_item(&item.attrs, |walker| {
            walker.function(&item.attrs, &item.sig, item.default.as_ref(), false);
        });
    }

    fn visit_item_mod(&mut self, item: &'a ItemMod) {
        let Some((_, items)) = &item.content else { return };
        self.cx.names.enter(NameScope::module(&mut items.iter()));
        let frame = Frame::Module {
            name: item.ident.to_string(),
            attrs: &item.attrs,
        };
        self.inside(frame, |walker| {
            items.iter().for_each(|item| walker.visit_item(item))
        });
        self.cx.names.leave();
    }

    fn visit_item_impl(&mut self, item: &'a ItemImpl) {
        let type_name = match &*item.self_ty {
            syn::Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        };
        let type_name = type_name.unwrap_or_else(|| "_".to_owned());
        let frame = Frame::Impl {
            type_name,
            is_trait: item.trait_.is_some(),
            attrs: &item.attrs,
        };
        self.inside(frame, |walker| {
            for item in &item.items {
                if let syn::ImplItem::Fn(function) = item {
                    walker.visit_impl_item_fn(function);
                }
            }
        });
    }

    fn visit_item_trait(&mut self, item: &'a ItemTrait) {
        let frame = Frame::Impl {
            type_name: item.ident.to_string(),
            is_trait: false,
            attrs: &item.attrs,
        };
        self.inside(frame, |walker| {
            for item in &item.items {
                if let syn::TraitItem::Fn(function) = item {
                    walker.visit_trait_item_fn(function);
                }
            }
        });
    }

    fn visit_block(&mut self, block: &'a Block) {
        let items = || {
            block.stmts.iter().filter_map(|stmt| {
                if let Stmt::Item(item) = stmt {
                    Some(item)
                } else {
                    None
                }
            })
        };
        let has_items = items().next().is_some();
        if has_items {
            self.cx.names.enter(NameScope::block(&mut items()));
        }
        let mark = self.cx.locals.mark();
        for (_, hook) in &self.asked.block {
            hook(&mut self.cx, block);
        }
        block.stmts.iter().for_each(|stmt| self.visit_stmt(stmt));
        self.cx.locals.forget(mark);
        if has_items {
            self.cx.names.leave();
        }
    }

    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        self.in_item(attrs_of(stmt), |walker| walker.statement(stmt));
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        self.cx.here = Some(expr);
        match expr {
            Expr::Call(call) => self
                .asked
                .call
                .iter()
                .for_each(|(_, hook)| hook(&mut self.cx, call)),
            Expr::MethodCall(call) => self
                .asked
                .method
                .iter()
                .for_each(|(_, hook)| hook(&mut self.cx, call)),
            Expr::Await(awaited) => self
                .asked
                .awaits
                .iter()
                .for_each(|(_, hook)| hook(&mut self.cx, awaited)),
            // Nothing to ask, nothing inside.
            Expr::Path(_) | Expr::Lit(_) => return,
            _ => {}
        }
        for (_, hook) in &self.asked.expr {
            hook(&mut self.cx, expr);
        }
        self.cx.around.push(expr);
        self.inner(expr);
        self.cx.around.pop();
    }

    fn visit_macro(&mut self, mac: &'a Macro) {
        match self.cx.expansions.get(mac) {
            Some(Expansion::Race(race)) => self.race(race),
            Some(Expansion::Join(exprs) | Expansion::Args(exprs)) => {
                exprs.iter().for_each(|expr| self.visit_expr(expr))
            }
            Some(Expansion::Async(block)) => {
                self.inside(Frame::Async(super::AsyncRole::Other), |walker| {
                    walker.visit_block(block)
                });
            }
            None => {}
        }
    }

    fn visit_attribute(&mut self, _: &'a Attribute) {}
    fn visit_pat(&mut self, _: &'a Pat) {}
    fn visit_type(&mut self, _: &'a syn::Type) {}
    fn visit_generics(&mut self, _: &'a syn::Generics) {}
    fn visit_path(&mut self, _: &'a syn::Path) {}
}
