//! The walk through a `select!`: its futures are raced, its handlers are not.

use syn::visit::Visit;

use super::walk::Walker;
use super::{Frame, Race};

impl<'a> Walker<'a> {
    pub(super) fn race(&mut self, race: &'a Race) {
        for (_, hook) in &self.asked.race {
            hook(&mut self.cx, race);
        }
        for arm in &race.arms {
            self.inside(Frame::Raced, |walker| walker.visit_expr(&arm.future));
            let mark = self.cx.locals.mark();
            self.bind(&arm.pattern);
            if let Some(guard) = &arm.guard {
                self.visit_expr(guard);
            }
            self.visit_expr(&arm.handler);
            self.cx.locals.forget(mark);
        }
        race.otherwise.iter().for_each(|expr| self.visit_expr(expr));
    }
}
