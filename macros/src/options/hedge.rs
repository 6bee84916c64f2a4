//! `#[hedge(after = 50ms)]`: a further run when the first is slow.

use super::facts::{Facts, Runs, State};
use super::value::count::Count;
use super::value::duration::DurationArg;
use super::value::expr::{ExprArg, lone_ident, parse_expr};
use super::value::naming::{CratePath, Name, Names};
use super::value::schedule::Budget;
use super::{LayerOptions, Value, options, written};
use crate::diag::{Diagnostic, Diagnostics};
use crate::syntax::list::Form;
use proc_macro2::{Ident, Span, TokenStream};
use syn::{Expr, ExprLit, Lit, LitStr, UnOp};

options! {
    pub(crate) struct HedgeOptions for "hedge", as in "#[hedge(after = 50ms)]" {
        (value): Unnamed,
        after = "after": DurationArg,
        attempts = "attempts": HedgeRuns,
        clones = "clone": Names,
        budget = "budget": Budget,
        key = "key": ExprArg,
        name = "name": Name,
        krate = "crate": CratePath,
    }
    former {
        "delay" => "write `after = 50ms`",
        "hedging_delay" => "write `after = 50ms`",
        "max_hedged_attempts" => "write `attempts = 2` for one further run: `attempts` counts every run of the body",
        "max_attempts" => "write `attempts = 2`",
        "hedges" => "write `attempts = 2` for one further run: `attempts` counts every run of the body",
    }
}

/// A value without a name, which a hedge has none of.
pub(crate) struct Unnamed(());

impl Value for Unnamed {
    const FORM: Form = Form::Value;

    fn parse(_: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        Err(Diagnostic::on(&value, "`#[hedge]` takes its time by name")
            .help(format_args!("write `#[hedge(after = {value})]`")))
    }
}

/// How many runs: a literal of at least 2, or any integer expression.
pub(crate) struct HedgeRuns(pub(crate) Count);

impl Value for HedgeRuns {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let too_few = || {
            Diagnostic::on(
                &value,
                format_args!("`{key}` counts every run of the body: a hedge has at least 2"),
            )
            .help(format_args!("write `{key} = 2`, or leave the attribute out"))
        };
        if lone_ident(&value).is_some_and(|word| word == "forever") {
            return Err(
                Diagnostic::on(&value, "a hedge has an end: each run that is added is more load")
                    .help(format_args!("write `{key} = 2`")),
            );
        }
        match parse_expr(&value)? {
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => return Err(too_few()),
            Expr::Lit(ExprLit {
                lit: Lit::Int(int), ..
            }) if matches!(int.base10_digits(), "0" | "1") => {
                return Err(too_few());
            }
            _ => {}
        }
        Count::parse(key, value).map(Self)
    }
}

impl LayerOptions for HedgeOptions {
    fn name(&self) -> Option<&LitStr> {
        self.name.get().map(|name| &name.0)
    }

    fn facts(&self) -> Facts {
        let budget = match self.budget.get() {
            Some(Budget::Expr(budget)) => Some(budget.clone()),
            _ => None,
        };
        Facts {
            runs: Runs::SideBySide,
            reads_run: true,
            judges: true,
            clones: self.clones.get().map(|names| names.0.clone()).unwrap_or_default(),
            words: match self.budget.get() {
                Some(Budget::None) => self.budget.written().and_then(lone_ident).into_iter().collect(),
                _ => Vec::new(),
            },
            states: budget
                .map(|tokens| State {
                    tokens,
                    borrowed: false,
                    help: "name a budget that lives elsewhere: `budget = &BUDGET`".to_owned(),
                })
                .into_iter()
                .collect(),
            expressions: written([
                self.after.written(),
                self.attempts.written(),
                self.budget.written(),
                self.key.written(),
            ]),
            ..Facts::default()
        }
    }

    fn check(&self, diagnostics: &Diagnostics) {
        if !self.after.is_given() && !self.value.is_given() {
            diagnostics.push(
                Diagnostic::at(Span::call_site(), "`#[hedge]` needs to know when a run is slow")
                    .help("write `#[hedge(after = 50ms)]`: about as long as nine of ten calls take"),
            );
        }
        if let (Some(Budget::None), Some(key)) = (self.budget.get(), self.key.key()) {
            diagnostics.push(
                Diagnostic::at(
                    key.span(),
                    "`key` chooses among budgets, and `budget = none` says there is none",
                )
                .help("leave one of the two out"),
            );
        }
    }
}
