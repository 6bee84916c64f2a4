//! Durations: bare literals (`5s`, `1m30s`, `0.5s`), strings (`"1m 30s"`), or any expression.

use super::expr::parse_expr;
use super::units::{Unreadable, is_number_type, read};
use crate::diag::Diagnostic;
use crate::options::{POSITIONAL, Value};
use crate::syntax::list::Form;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};
use std::time::Duration;
use syn::{Expr, ExprLit, Lit};

/// A length of time.
pub(crate) struct DurationArg {
    /// Known when it was a literal.
    pub(crate) literal: Option<Duration>,
    tokens: TokenStream,
    written: TokenStream,
}

/// A duration that must not be zero: a limit.
pub(crate) struct LimitArg(pub(crate) DurationArg);

impl DurationArg {
    /// The tokens the user wrote.
    pub(crate) fn written(&self) -> &TokenStream {
        &self.written
    }
}

impl ToTokens for DurationArg {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

impl Value for DurationArg {
    const FORM: Form = Form::Value;

    fn parse(_: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        duration(value)
    }
}

impl Value for LimitArg {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let duration = duration(value)?;
        if duration.literal == Some(Duration::ZERO) {
            let instead = match key.to_string().as_str() {
                POSITIONAL => "no limit at all is `None`, or no attribute".to_owned(),
                "grace" => "without `grace` the body is dropped at once".to_owned(),
                "wait" => "not to wait at all is `wait = none`".to_owned(),
                "per" => "where there is no limit leave the layer out".to_owned(),
                "open_for" => "without `open_for` it is 30s".to_owned(),
                "max" => "without `max` it is 5m".to_owned(),
                "window" => "without `window` it is the last 100 calls".to_owned(),
                "slow" | "slow_poll" => format!("without `{key}` nothing is told of it"),
                "slow_call" => "without `slow_call` no call is slow".to_owned(),
                key => format!("no limit at all is `None`, or no `{key}`"),
            };
            return Err(
                Diagnostic::on(&duration.written, "a limit is longer than zero").help(format_args!(
                    "the shortest useful limit is about `1ms`; {instead}"
                )),
            );
        }
        Ok(Self(duration))
    }
}

pub(crate) fn duration(written: TokenStream) -> Result<DurationArg, Diagnostic> {
    let expr = parse_expr(&written)?;
    let literal = match &expr {
        Expr::Lit(ExprLit { lit, .. }) => Some(from_literal(lit)?),
        Expr::Unary(unary)
            if matches!(unary.op, syn::UnOp::Neg(_)) && matches!(*unary.expr, Expr::Lit(_)) =>
        {
            return Err(
                Diagnostic::on(&written, "a duration is not negative").help("write it as in `5s` or `250ms`")
            );
        }
        _ => {
            super::units::refuse_inner_literals(&written)?;
            None
        }
    };
    let tokens = literal.map_or_else(|| written.clone(), emit);
    Ok(DurationArg {
        literal,
        tokens,
        written,
    })
}

/// `::core::time::Duration::from_secs(5)`, in the coarsest unit that is exact.
fn emit(duration: Duration) -> TokenStream {
    let nanos = duration.subsec_nanos();
    if nanos == 0 {
        let secs = Literal::u64_unsuffixed(duration.as_secs());
        quote!(::core::time::Duration::from_secs(#secs))
    } else if let (0, Ok(millis)) = (nanos % 1_000_000, u64::try_from(duration.as_millis())) {
        let millis = Literal::u64_unsuffixed(millis);
        quote!(::core::time::Duration::from_millis(#millis))
    } else {
        let (secs, nanos) = (
            Literal::u64_unsuffixed(duration.as_secs()),
            Literal::u32_unsuffixed(nanos),
        );
        quote!(::core::time::Duration::new(#secs, #nanos))
    }
}

fn from_literal(lit: &Lit) -> Result<Duration, Diagnostic> {
    let text = match lit {
        Lit::Str(text) => text.value(),
        Lit::Int(int) if is_number_type(int.suffix()) => int.base10_digits().to_owned(),
        Lit::Float(float) if is_number_type(float.suffix()) => float.base10_digits().to_owned(),
        Lit::Int(int) => int.to_string(),
        Lit::Float(float) => float.to_string(),
        other => return Err(Diagnostic::on(other, "expected a duration").help(SPELLINGS)),
    };
    match read(&text) {
        Ok(duration) => Ok(duration),
        Err(Unreadable::NoUnit(number)) => Err(Diagnostic::on(lit, "a duration needs a unit").help(
            format_args!("write `{number}s` for seconds or `{number}ms` for milliseconds"),
        )),
        Err(Unreadable::Unit(unit)) => {
            Err(Diagnostic::on(lit, format_args!("`{unit}` is not a unit of time")).help(SPELLINGS))
        }
        Err(Unreadable::TooLong) => Err(Diagnostic::on(lit, "this duration is too long to be held")
            .help("the longest is `Duration::MAX`, which is no limit at all")),
        Err(Unreadable::Nonsense) => Err(Diagnostic::on(lit, "expected a duration").help(SPELLINGS)),
    }
}

const SPELLINGS: &str =
    "write it as in `5s`, `250ms`, `1m30s`, `1h`, `500us`, or as an expression of type `Duration`";
