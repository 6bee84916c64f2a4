//! How long to pause between attempts, and at whose expense: the values of `#[retry]`'s schedule options.

use super::count::Number;
use super::duration::{DurationArg, duration};
use super::expr::{ExprArg, lone_ident};
use crate::diag::{Diagnostic, Diagnostics};
use crate::options::{OptionSet, Value, options, parse};
use crate::syntax::list::Form;
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, Lit, Token, parse::Parser};

/// `exponential(100ms, factor = 2, max = 10s)`
pub(crate) struct Exponential(pub(crate) ExponentialOptions);

options! {
    pub(crate) struct ExponentialOptions for "retry(exponential(…))", as in "exponential(100ms, factor = 2, max = 10s)" {
        (value): DurationArg,
        factor = "factor": Number,
        max = "max": DurationArg,
    }
    former {
        "base" => "write `factor = 2`; the first delay stands alone",
        "first" => "the first delay stands alone: `exponential(100ms)`",
        "min" => "the first delay stands alone: `exponential(100ms)`",
        "multiplier" => "write `factor = 2`",
        "cap" => "write `max = 10s`",
        "max_delay" => "write `max = 10s`",
        "jitter" => "`jitter` stands beside the schedule: `#[retry(exponential(100ms), jitter = full)]`",
    }
}

impl Value for Exponential {
    const FORM: Form = Form::List;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let options = nested::<ExponentialOptions>(key, value)?;
        if let Some(factor) = options.factor.get().and_then(|factor| factor.literal)
            && factor < 1.0
        {
            let span = options.factor.key().map_or(key.span(), Ident::span);
            return Err(
                Diagnostic::at(span, "`factor` below 1 would make the delays shrink")
                    .help("write `factor = 2`, or `constant(100ms)` for delays of one length"),
            );
        }
        let first = options.value.get().and_then(|first| first.literal);
        let max = options.max.get().and_then(|max| max.literal);
        if let (Some(first), Some(max)) = (first, max)
            && max < first
        {
            let span = options.max.key().map_or(key.span(), Ident::span);
            return Err(Diagnostic::at(
                span,
                format_args!("`max` is shorter than the first delay of {first:?}"),
            )
            .help(format_args!(
                "write `constant({max:?})`, or a `max` above {first:?}"
            )));
        }
        Ok(Self(options))
    }
}

/// The options in a nested list.
fn nested<O: OptionSet>(key: &Ident, value: TokenStream) -> Result<O, Diagnostic> {
    let diagnostics = Diagnostics::new();
    let options = parse::<O>(value, &diagnostics);
    match (options, diagnostics.into_one()) {
        (_, Some(error)) => Err(error),
        (Some(options), None) => Ok(options),
        (None, None) => Err(Diagnostic::at(key.span(), format_args!("cannot read `{key}(…)`"))),
    }
}

/// `constant(D)`
pub(crate) struct Constant(pub(crate) DurationArg);

impl Value for Constant {
    const FORM: Form = Form::List;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let Delays(mut delays) = Delays::parse(key, value.clone())?;
        match (delays.pop(), delays.is_empty()) {
            (Some(delay), true) => Ok(Self(delay)),
            _ => Err(
                Diagnostic::on(&value, "`constant` has one delay").help(format_args!(
                    "write `constant(100ms)`, or `delays({value})` for a list"
                )),
            ),
        }
    }
}

/// `delays(D, D, …)`
pub(crate) struct Delays(pub(crate) Vec<DurationArg>);

impl Value for Delays {
    const FORM: Form = Form::List;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        let delays = Punctuated::<Expr, Token![,]>::parse_terminated
            .parse2(value)
            .map_err(|error| {
                Diagnostic::from(error).help(format_args!("write delays between commas: `{key}(100ms, 1s)`"))
            })?;
        if delays.is_empty() {
            return Err(
                Diagnostic::at(key.span(), format_args!("`{key}` has at least one delay"))
                    .help(format_args!("write `{key}(100ms)`")),
            );
        }
        let mut found = Vec::new();
        let wrong = delays
            .into_iter()
            .filter_map(|delay| {
                duration(delay.into_token_stream())
                    .map(|delay| found.push(delay))
                    .err()
            })
            .reduce(Diagnostic::and);
        wrong.map_or(Ok(Self(found)), Err)
    }
}

/// `jitter = full | equal | none | 0.2`
pub(crate) enum Jitter {
    Full,
    Equal,
    None,
    Proportional(TokenStream),
}

impl Value for Jitter {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        match lone_ident(&value).as_ref().map(Ident::to_string).as_deref() {
            Some("full") => return Ok(Self::Full),
            Some("equal") => return Ok(Self::Equal),
            Some("none") => return Ok(Self::None),
            _ => {}
        }
        let literal = match syn::parse2(value.clone()) {
            Ok(Expr::Lit(ExprLit { lit, .. })) => Some(Some(lit)),
            Ok(Expr::Unary(unary)) if matches!(unary.op, syn::UnOp::Neg(_)) => Some(None),
            _ => None,
        };
        if let Some(literal) = literal {
            let ratio = match &literal {
                Some(Lit::Int(int)) if int.suffix().is_empty() => int.base10_parse::<f64>().ok(),
                Some(Lit::Float(float)) if float.suffix().is_empty() => float.base10_parse::<f64>().ok(),
                _ => None,
            };
            return match ratio {
                Some(ratio) if (0.0..=1.0).contains(&ratio) => Ok(Self::Proportional(
                    proc_macro2::Literal::f64_unsuffixed(ratio).to_token_stream(),
                )),
                _ => Err(
                    Diagnostic::on(&value, format_args!("`{key}` is a word or a ratio from 0 to 1")).help(
                        format_args!(
                            "write `{key} = full`, `equal`, `none`, or `0.2` for a fifth up or down"
                        ),
                    ),
                ),
            };
        }
        Number::parse(key, value).map(|ratio| Self::Proportional(ratio.into_token_stream()))
    }
}

/// `budget = &B | none`
pub(crate) enum Budget {
    None,
    Expr(TokenStream),
}

impl Value for Budget {
    const FORM: Form = Form::Value;

    fn parse(key: &Ident, value: TokenStream) -> Result<Self, Diagnostic> {
        if lone_ident(&value).is_some_and(|word| word == "none") {
            return Ok(Self::None);
        }
        ExprArg::parse(key, value).map(|ExprArg(value)| Self::Expr(value))
    }
}
