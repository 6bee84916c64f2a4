//! `#[hedge(after = 50ms)]`: a further run when the first is slow.

use super::facts::{Facts, Runs, State};
use super::value::count::Count;
use super::value::duration::DurationArg;
use super::value::expr::{ExprArg, lone_ident};
use super::value::naming::{CratePath, Name, Names};
use super::value::schedule::Budget;
use super::{LayerOptions, options, written};
use crate::diag::{Diagnostic, Diagnostics};
use proc_macro2::Span;
use syn::LitStr;

options! {
    pub(crate) struct HedgeOptions for "hedge", as in "#[hedge(after = 50ms)]" {
        after = "after": DurationArg,
        attempts = "attempts": Count,
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
        if !self.after.is_given() {
            diagnostics.push(
                Diagnostic::at(Span::call_site(), "`#[hedge]` needs to know when a run is slow")
                    .help("write `#[hedge(after = 50ms)]`: about as long as nine of ten calls take"),
            );
        }
        if let (Some(Some(1)), Some(key)) = (
            self.attempts.get().map(|count| count.literal),
            self.attempts.key(),
        ) {
            diagnostics.push(
                Diagnostic::at(key.span(), "one attempt is no hedge")
                    .help("write `attempts = 2`, or leave the attribute out"),
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
