//! What a rule may ask about the place where it stands, and how it reports.

use std::cell::RefCell;
use std::rc::Rc;

use quote::ToTokens;
use syn::{Attribute, Expr, ExprCall};

use super::expand::{Expansion, Expansions};
use super::fields::Fields;
use super::origin::{Locals, of_expr};
use super::raw::ends;
use super::shape::{Search, Verdict, contains, strip};
use super::{
    ARGUMENTS, ClosureRole, FileContext, FnFrame, Frame, LoopKind, LoopView, Origin, Raw, RawPlace, Report,
    SERVING,
};
use crate::policy::Data;
use crate::source::Names;
use crate::{Level, Probe, ProbeKind, Rule};

/// The place in the code where a rule stands.
pub(crate) struct Cx<'a> {
    pub(super) file: &'a FileContext<'a>,
    pub(super) names: Names,
    pub(super) locals: Locals,
    pub(super) fields: Fields<'a>,
    pub(super) expansions: &'a Expansions,
    pub(super) tree: &'a syn::File,
    pub(super) frames: Vec<Frame<'a>>,
    /// The expression that a rule is being asked about.
    pub(super) here: Option<&'a Expr>,
    /// The expressions around, innermost last.
    pub(super) around: Vec<&'a Expr>,
    /// Addresses of the expressions whose value the statement they stand in throws away.
    pub(super) discarded: Vec<usize>,
    pub(super) test_depth: usize,
    pub(super) last_callee: RefCell<Option<(usize, Rc<[String]>)>>,
    pub(super) found: Vec<Raw>,
    pub(super) probes: Vec<Probe>,
}

impl<'a> Cx<'a> {
    /// The team's own lists.
    pub(crate) fn data(&self) -> &'a Data {
        self.file.policy.data()
    }

    /// The compiler answers questions about types: what the text suggests is better asked.
    pub(crate) fn asks_types(&self) -> bool {
        self.file.asks_types
    }

    /// The compiler answers questions about the entries of maps.
    pub(crate) fn asks_maps(&self) -> bool {
        self.file.asks_maps
    }

    /// The whole file.
    pub(crate) fn tree(&self) -> &'a syn::File {
        self.tree
    }

    /// What runs here can be waited for: an async fn, block or closure, or a closure that such code calls at once.
    pub(crate) fn in_async(&self) -> bool {
        for frame in self.frames.iter().rev() {
            match frame {
                Frame::Async(_) => return true,
                Frame::Function(function) => {
                    let waits = function.sig.asyncness.is_some();
                    // `#[blocking]` runs the body on a thread where blocking is fine.
                    return waits && self.etiquette_attr(function.attrs, "blocking").is_none();
                }
                Frame::Closure { is_async: true, .. } => return true,
                Frame::Closure {
                    role: ClosureRole::Inline,
                    ..
                } => {}
                Frame::Closure { .. } => return false,
                _ => {}
            }
        }
        false
    }

    /// A program that does one thing and ends: its folder says so, or the file declares the arguments of one and
    /// serves nobody.
    pub(crate) fn in_tool(&self) -> bool {
        if self.file.tool {
            return true;
        }
        let declares = |item: &syn::Item| {
            let (syn::Item::Struct(syn::ItemStruct { attrs, .. })
            | syn::Item::Enum(syn::ItemEnum { attrs, .. })) = item
            else {
                return false;
            };
            attrs.iter().any(|attr| {
                attr.path().is_ident("derive")
                    && super::tokens_mention(attr.to_token_stream(), &|name| ARGUMENTS.contains(&name))
            })
        };
        let serves =
            |item: &syn::Item| super::tokens_mention(item.to_token_stream(), &|name| SERVING.contains(&name));
        self.tree.items.iter().any(declares) && !self.tree.items.iter().any(serves)
    }

    /// Nothing else runs yet: the top of an async `main`, `init` or `setup…`, outside its blocks and the loops that wait.
    pub(crate) fn in_startup(&self) -> bool {
        for frame in self.frames.iter().rev() {
            match frame {
                Frame::Function(function) => return function.is_main() || function.is_setup(),
                Frame::Closure {
                    role: ClosureRole::Inline,
                    ..
                } => {}
                // Each of the configured things is set up.
                Frame::Loop(LoopView {
                    kind: LoopKind::For, ..
                }) => {}
                Frame::Async(_) | Frame::Loop(_) | Frame::Closure { .. } | Frame::Raced => return false,
                _ => {}
            }
        }
        false
    }

    /// A function of this name is raced or limited somewhere in the tree.
    pub(crate) fn is_raced_in_tree(&self, name: &str) -> bool {
        self.file.raced.contains(name)
    }

    pub(crate) fn in_test_code(&self) -> bool {
        self.file.test_file || self.test_depth > 0
    }

    /// The function around.
    pub(crate) fn function(&self) -> Option<&FnFrame<'a>> {
        self.frames.iter().rev().find_map(|frame| match frame {
            Frame::Function(function) => Some(function),
            _ => None,
        })
    }

    /// The frames from the innermost outwards.
    pub(crate) fn frames(&self) -> impl Iterator<Item = &Frame<'a>> {
        self.frames.iter().rev()
    }

    /// The loop around, in the same function, block or closure.
    pub(crate) fn in_loop(&self) -> Option<LoopView<'a>> {
        for frame in self.frames.iter().rev() {
            match frame {
                Frame::Loop(view) => return Some(*view),
                Frame::Function(_) | Frame::Async(_) | Frame::Closure { .. } => return None,
                _ => {}
            }
        }
        None
    }

    /// The expression that the rule is asked about, where it is one.
    pub(crate) fn here(&self) -> Option<&'a Expr> {
        self.here
    }

    /// The expression around this one; 0 is the nearest.
    pub(crate) fn around(&self, n: usize) -> Option<&'a Expr> {
        self.around.len().checked_sub(n + 1).map(|at| self.around[at])
    }

    /// The statement throws this value away: `f();`, `let _ = f();`, `drop(f())`.
    pub(crate) fn is_discarded(&self, expr: &Expr) -> bool {
        self.discarded.contains(&(std::ptr::from_ref(expr) as usize))
    }

    /// Every full path that the function of a call can stand for; empty when it is not a path. Many rules ask for
    /// the same call, so the last answer is kept.
    pub(crate) fn callee(&self, call: &ExprCall) -> Rc<[String]> {
        let asked = std::ptr::from_ref(call) as usize;
        if let Some((known, paths)) = &*self.last_callee.borrow()
            && *known == asked
        {
            return Rc::clone(paths);
        }
        let paths: Rc<[String]> = match strip(&call.func) {
            Expr::Path(path) if path.qself.is_none() => self.names.resolve(&path.path).into(),
            _ => Rc::new([]),
        };
        *self.last_callee.borrow_mut() = Some((asked, Rc::clone(&paths)));
        paths
    }

    /// Whether any of these words is part of a name in the file's code, imports left out.
    pub(crate) fn file_mentions(&self, words: &[&str]) -> bool {
        let mentions = |name: &str| {
            let name = name.to_lowercase();
            words.iter().any(|word| name.contains(word))
        };
        self.tree.items.iter().any(|item| match item {
            syn::Item::Use(_) => false,
            item => super::tokens_mention(item.to_token_stream(), &mentions),
        })
    }

    /// Whether an attribute is this one of etiquette's, under whatever name it was imported.
    pub(crate) fn etiquette_attr(&self, attrs: &'a [Attribute], name: &str) -> Option<&'a Attribute> {
        attrs.iter().find(|attr| {
            self.names.resolve(attr.path()).iter().any(|path| {
                path.strip_prefix("etiquette::")
                    .or_else(|| path.strip_prefix("etiquette_macros::"))
                    .is_some_and(|rest| rest == name || rest == format!("prelude::{name}"))
            })
        })
    }

    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    /// Where a value comes from.
    pub(crate) fn origin(&self, expr: &Expr) -> Option<Origin> {
        let self_type = self.self_type();
        of_expr(
            expr,
            &self.locals,
            &self.names,
            &self.fields,
            self_type.as_deref(),
        )
    }

    /// Where the type of a declaration comes from.
    pub(crate) fn type_origin(&self, ty: &syn::Type) -> Option<Origin> {
        super::origin::of_type(ty, &self.names)
    }

    /// The type of the surrounding `impl`.
    pub(crate) fn self_type(&self) -> Option<String> {
        self.frames.iter().rev().find_map(|frame| match frame {
            Frame::Impl { type_name, .. } => Some(type_name.clone()),
            _ => None,
        })
    }

    /// Looks for an expression that runs when the node does: not in closures, async blocks and items inside it.
    pub(crate) fn contains(
        &self,
        start: impl FnOnce(&mut Search<'_>),
        mut test: impl FnMut(&Expr) -> Verdict,
    ) -> bool {
        contains(self.expansions, start, &mut test, &mut |_| Verdict::Enter)
    }

    /// The same, with a say about macro calls, which stand as expressions and as statements.
    pub(crate) fn contains_with_macros(
        &self,
        start: impl FnOnce(&mut Search<'_>),
        mut test: impl FnMut(&Expr) -> Verdict,
        mut macros: impl FnMut(&syn::Macro) -> Verdict,
    ) -> bool {
        contains(self.expansions, start, &mut test, &mut macros)
    }

    /// The inside of a macro that everybody knows.
    pub(crate) fn expansion(&self, mac: &syn::Macro) -> Option<&'a Expansion> {
        self.expansions.get(mac)
    }

    /// The level of a rule here.
    pub(crate) fn level(&self, rule: &Rule) -> Level {
        let levels = self.file.levels;
        let table = if self.in_test_code() {
            &levels.tests
        } else {
            &levels.code
        };
        table[rule.index()]
    }

    /// Reports that a node breaks a rule.
    pub(crate) fn report(&mut self, rule: &'static Rule, node: &impl ToTokens, report: Report) {
        let (start, end) = ends(node);
        self.report_at(rule, start, end, report);
    }

    pub(crate) fn report_at(
        &mut self,
        rule: &'static Rule,
        start: proc_macro2::Span,
        end: proc_macro2::Span,
        report: Report,
    ) {
        let level = match self.level(rule) {
            Level::Off => return,
            level => report.level.unwrap_or(level),
        };
        if level == Level::Off {
            return;
        }
        let item = self.item();
        let annotated = self.is_annotated();
        let place = RawPlace::Tokens(start, end);
        self.found.push(Raw {
            rule,
            level,
            place,
            report,
            item,
            annotated,
        });
    }

    /// Asks the attribute to find out by types; the text alone cannot tell.
    pub(crate) fn probe(&mut self, rule: &'static Rule, kind: ProbeKind, at: &impl ToTokens) {
        let (start, end) = ends(at);
        self.probe_at(rule, kind, start, end);
    }

    /// As [`Cx::probe`], from one token to another.
    pub(crate) fn probe_at(
        &mut self,
        rule: &'static Rule,
        kind: ProbeKind,
        start: proc_macro2::Span,
        end: proc_macro2::Span,
    ) {
        let level = self.level(rule);
        if level > Level::Off {
            self.probes.push(Probe {
                rule,
                level,
                kind,
                start,
                end,
            });
        }
    }

    /// The names of the items around: `module::Type::method`.
    fn item(&self) -> String {
        let names = self.frames.iter().filter_map(|frame| match frame {
            Frame::Module { name, .. } => Some(name.clone()),
            Frame::Impl { type_name, .. } => Some(type_name.clone()),
            Frame::Function(function) => Some(function.sig.ident.to_string()),
            _ => None,
        });
        names.collect::<Vec<_>>().join("::")
    }

    fn is_annotated(&self) -> bool {
        self.frames.iter().any(|frame| match frame {
            Frame::Module { attrs, .. } | Frame::Impl { attrs, .. } => {
                self.etiquette_attr(attrs, "conventions").is_some()
            }
            Frame::Function(function) => self.etiquette_attr(function.attrs, "conventions").is_some(),
            _ => false,
        })
    }
}
