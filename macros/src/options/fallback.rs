//! `#[fallback(EXPR)]`, `#[fallback(with = F)]`: what to return in place of an error.

use super::facts::Facts;
use super::value::expr::{ExprArg, parse_expr};
use super::value::naming::{CratePath, Name};
use super::value::predicate::Callable;
use super::{LayerOptions, options, written};
use crate::diag::{Diagnostic, Diagnostics};
use proc_macro2::Span;
use syn::{Expr, LitStr};

options! {
    pub(crate) struct FallbackOptions for "fallback", as in "#[fallback(Ok(Vec::new()))]" {
        (value): ExprArg,
        with = "with": Callable,
        when = "when": Callable,
        name = "name": Name,
        krate = "crate": CratePath,
    }
    former {
        "default" => "the value stands alone: `#[fallback(Ok(Vec::new()))]`",
        "value" => "the value stands alone: `#[fallback(Ok(Vec::new()))]`",
        "method" => "write `with = function`",
        "fallback_method" => "write `with = function`",
        "handler" => "write `with = function`",
        "or_else" => "write `with = |error| …`",
        "apply_on" => "write `when = |error| …`",
    }
}

impl LayerOptions for FallbackOptions {
    fn name(&self) -> Option<&LitStr> {
        self.name.get().map(|name| &name.0)
    }

    fn facts(&self) -> Facts {
        Facts {
            reads_run: true,
            replaces_errors: true,
            expressions: written([self.value.written(), self.with.written(), self.when.written()]),
            ..Facts::default()
        }
    }

    fn check(&self, diagnostics: &Diagnostics) {
        if let Some(value) = self.value.get()
            && let Ok(Expr::Closure(_)) = parse_expr(&value.0)
        {
            diagnostics.push(
                Diagnostic::on(&value.0, "a value stands alone, a closure goes with `with`")
                    .help("write `with = |error| …`"),
            );
        }
        if let Some(when) = self.when.get().filter(|when| when.awaiting().is_some()) {
            diagnostics.push(
                Diagnostic::on(when, "`when` is answered at once and cannot `.await`")
                    .help("decide in `with`, which may: `with = |error| if … { Ok(…) } else { Err(error) }`"),
            );
        }
        match (self.value.is_given(), self.with.key()) {
            (true, Some(with)) => diagnostics.push(
                Diagnostic::at(with.span(), "`with` conflicts with the value that is given too")
                    .help("keep one of the two"),
            ),
            (false, None) => diagnostics.push(
                Diagnostic::at(Span::call_site(), "`#[fallback]` needs something to fall back on")
                    .help("write `#[fallback(Ok(Vec::new()))]`, or `#[fallback(with = |error| …)]`"),
            ),
            _ => {}
        }
    }
}
