//! The places where a rule can look.

use syn::{Block, Expr, ExprAwait, ExprCall, ExprMethodCall, Stmt};

use super::{Cx, FnFrame, LoopView, Race};
use crate::Rule;

/// A function of a rule, asked at one kind of node.
pub(crate) type Hook<T> = for<'a> fn(&mut Cx<'a>, &'a T);

/// What a rule is asked about. A hook is called with the walk standing *at* the node: its surroundings are known,
/// its inside has not been entered.
#[derive(Clone, Copy)]
pub(crate) struct Hooks {
    /// `f(…)`.
    pub(crate) call: Option<Hook<ExprCall>>,
    /// `x.f(…)`.
    pub(crate) method: Option<Hook<ExprMethodCall>>,
    /// `….await`.
    pub(crate) awaits: Option<Hook<ExprAwait>>,
    /// Every expression, for what fits nowhere else.
    pub(crate) expr: Option<Hook<Expr>>,
    /// One statement.
    pub(crate) stmt: Option<Hook<Stmt>>,
    /// The statements between two braces.
    pub(crate) block: Option<Hook<Block>>,
    /// `loop`, `while`, `for`.
    pub(crate) looped: Option<for<'a> fn(&mut Cx<'a>, LoopView<'a>)>,
    /// `select!`.
    pub(crate) race: Option<Hook<Race>>,
    /// A function, before its body.
    pub(crate) function: Option<for<'a> fn(&mut Cx<'a>, &FnFrame<'a>)>,
}

impl Hooks {
    /// Asked nowhere: what the engine itself reports.
    pub(crate) const NONE: Hooks = Hooks {
        call: None,
        method: None,
        awaits: None,
        expr: None,
        stmt: None,
        block: None,
        looped: None,
        race: None,
        function: None,
    };
}

/// The rules of one run that look at one kind of node.
pub(crate) type Named<T> = Vec<(&'static Rule, T)>;
