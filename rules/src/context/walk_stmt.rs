//! One statement: which value it throws away, which variables it binds, whether it is compiled for tests only.

use syn::visit::Visit;
use syn::{Attribute, Pat, Stmt};

use super::shape::thrown_away;
use super::walk::Walker;
use crate::exempt::leading_attrs;

/// The attributes of a statement, wherever the parser has put them.
pub(super) fn attrs_of(stmt: &Stmt) -> &[Attribute] {
    match stmt {
        Stmt::Local(local) => &local.attrs,
        Stmt::Macro(found) => &found.attrs,
        Stmt::Expr(expr, _) => leading_attrs(expr),
        Stmt::Item(_) => &[],
    }
}

impl<'a> Walker<'a> {
    pub(super) fn statement(&mut self, stmt: &'a Stmt) {
        for (_, hook) in &self.asked.stmt {
            hook(&mut self.cx, stmt);
        }
        let dropped = match stmt {
            Stmt::Expr(expr, Some(_)) => Some(thrown_away(expr)),
            Stmt::Local(local) if matches!(local.pat, Pat::Wild(_)) => {
                local.init.as_ref().map(|init| thrown_away(&init.expr))
            }
            _ => None,
        };
        let mark = self.cx.discarded.len();
        self.cx
            .discarded
            .extend(dropped.map(|expr| std::ptr::from_ref(expr) as usize));
        match stmt {
            Stmt::Local(local) => {
                let mut origin = None;
                if let Some(init) = &local.init {
                    self.visit_expr(&init.expr);
                    if let Some((_, diverge)) = &init.diverge {
                        self.visit_expr(diverge);
                    }
                    origin = self.cx.origin(&init.expr);
                }
                self.cx.locals.bind(&local.pat, origin, &self.cx.names);
            }
            Stmt::Item(item) => self.visit_item(item),
            Stmt::Expr(expr, _) => self.visit_expr(expr),
            Stmt::Macro(found) => self.visit_macro(&found.mac),
        }
        self.cx.discarded.truncate(mark);
    }
}
