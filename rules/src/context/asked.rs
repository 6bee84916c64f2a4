//! The rules that are on, by the kind of node they look at.

use syn::{Block, Expr, ExprAwait, ExprCall, ExprMethodCall, Stmt};

use super::hooks::{Hook, Named};
use super::{Cx, FileContext, FnFrame, LoopView, Race};
use crate::{Level, Rule};

/// The rules that are on, by what they look at.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) call: Named<Hook<ExprCall>>,
    pub(super) method: Named<Hook<ExprMethodCall>>,
    pub(super) awaits: Named<Hook<ExprAwait>>,
    pub(super) expr: Named<Hook<Expr>>,
    pub(super) stmt: Named<Hook<Stmt>>,
    pub(super) block: Named<Hook<Block>>,
    pub(super) looped: Named<for<'a> fn(&mut Cx<'a>, LoopView<'a>)>,
    pub(super) race: Named<Hook<Race>>,
    pub(super) function: Named<for<'a> fn(&mut Cx<'a>, &FnFrame<'a>)>,
}

impl Asked {
    /// The rules that are on somewhere in the file, in production or in test code.
    pub(super) fn of(file: &FileContext<'_>) -> Self {
        let mut asked = Self::default();
        for (n, rule) in crate::rules::ALL.iter().copied().enumerate() {
            if file.levels.code[n] > Level::Off || file.levels.tests[n] > Level::Off {
                asked.add(rule);
            }
        }
        asked
    }

    fn add(&mut self, rule: &'static Rule) {
        let hooks = rule.hooks;
        self.call.extend(hooks.call.map(|hook| (rule, hook)));
        self.method.extend(hooks.method.map(|hook| (rule, hook)));
        self.awaits.extend(hooks.awaits.map(|hook| (rule, hook)));
        self.expr.extend(hooks.expr.map(|hook| (rule, hook)));
        self.stmt.extend(hooks.stmt.map(|hook| (rule, hook)));
        self.block.extend(hooks.block.map(|hook| (rule, hook)));
        self.looped.extend(hooks.looped.map(|hook| (rule, hook)));
        self.race.extend(hooks.race.map(|hook| (rule, hook)));
        self.function.extend(hooks.function.map(|hook| (rule, hook)));
    }
}
