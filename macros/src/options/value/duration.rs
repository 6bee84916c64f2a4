//! Durations: bare literals (`5s`, `1m30s`, `0.5s`), strings (`"1m 30s"`), or any expression.

use super::expr::parse_expr;
use crate::diag::Diagnostic;
use crate::options::{POSITIONAL, Value};
use crate::syntax::list::Form;
use proc_macro2::{Ident, Literal, TokenStream, TokenTree};
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
            refuse_inner_literals(&written)?;
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

#[derive(Debug, PartialEq)]
enum Unreadable {
    NoUnit(String),
    Unit(String),
    TooLong,
    Nonsense,
}

/// Reads `1m30s`, `0.5s`, `1_500ms`, `1m 30s`.
fn read(text: &str) -> Result<Duration, Unreadable> {
    let text: String = text.chars().filter(|c| *c != '_' && !c.is_whitespace()).collect();
    let mut rest = text.as_str();
    let mut nanos: u128 = 0;
    if rest.is_empty() {
        return Err(Unreadable::Nonsense);
    }
    while !rest.is_empty() {
        let digits = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        let (number, after) = rest.split_at(digits);
        let end = after
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        if !number.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(Unreadable::Nonsense);
        }
        let unit = match unit {
            "" => return Err(Unreadable::NoUnit(number.to_owned())),
            "ns" => 1,
            "us" | "µs" => 1_000,
            "ms" => 1_000_000,
            "s" | "sec" | "secs" => 1_000_000_000,
            "m" | "min" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            "d" => 86_400_000_000_000,
            other => return Err(Unreadable::Unit(other.to_owned())),
        };
        let part = scaled(number, unit).ok_or(Unreadable::TooLong)?;
        nanos = nanos.checked_add(part).ok_or(Unreadable::TooLong)?;
        rest = after;
    }
    let secs = u64::try_from(nanos / 1_000_000_000).map_err(|_| Unreadable::TooLong)?;
    let nanos = u32::try_from(nanos % 1_000_000_000).map_err(|_| Unreadable::TooLong)?;
    Ok(Duration::new(secs, nanos))
}

/// `number`, which may have decimals, times `unit`: exact, no floating point in between.
fn scaled(number: &str, unit: u128) -> Option<u128> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let whole: u128 = whole.parse().ok()?;
    let mut total = whole.checked_mul(unit)?;
    let mut place = unit;
    for digit in decimals.chars() {
        place /= 10;
        total = total.checked_add(u128::from(digit.to_digit(10)?) * place)?;
    }
    Some(total)
}

/// `u32`, `f64` and the like: a suffix that is no unit, of a literal that has none.
pub(crate) fn is_number_type(suffix: &str) -> bool {
    let bits = suffix.trim_start_matches(['u', 'i', 'f']);
    bits.len() < suffix.len() && matches!(bits, "8" | "16" | "32" | "64" | "128" | "size")
}

/// `min(5s, x)`: rustc would complain of a suffix; the rule is ours. What a macro is given means what the macro says.
pub(crate) fn refuse_inner_literals(tokens: &TokenStream) -> Result<(), Diagnostic> {
    let mut before = [None, None];
    for token in tokens.clone() {
        let is_macro = matches!(
            &before,
            [Some(TokenTree::Ident(_)), Some(TokenTree::Punct(bang))] if bang.as_char() == '!'
        );
        before = [before[1].take(), Some(token.clone())];
        match token {
            TokenTree::Group(_) if is_macro => {}
            TokenTree::Literal(literal) if has_unit(&literal) => {
                return Err(
                    Diagnostic::on(&literal, "a bare duration is only ever the whole value").help(
                        format_args!(
                            "inside an expression write `{}`",
                            read(&literal.to_string())
                                .map_or_else(|_| "Duration::from_secs(…)".to_owned(), spelled)
                        ),
                    ),
                );
            }
            TokenTree::Group(group) => refuse_inner_literals(&group.stream())?,
            _ => {}
        }
    }
    Ok(())
}

fn spelled(duration: Duration) -> String {
    if duration.subsec_nanos() == 0 {
        format!("Duration::from_secs({})", duration.as_secs())
    } else {
        format!("Duration::from_millis({})", duration.as_millis())
    }
}

fn has_unit(literal: &Literal) -> bool {
    let text = literal.to_string();
    text.starts_with(|c: char| c.is_ascii_digit()) && read(&text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_read_exactly() {
        for (text, nanos) in [
            ("5s", 5_000_000_000),
            ("250ms", 250_000_000),
            ("1m30s", 90_000_000_000),
            ("1m 30s", 90_000_000_000),
            ("1h", 3_600_000_000_000),
            ("500us", 500_000),
            ("7ns", 7),
            ("0.5s", 500_000_000),
            ("1_500ms", 1_500_000_000),
            ("0.1s", 100_000_000),
            ("0s", 0),
        ] {
            assert_eq!(read(text), Ok(Duration::from_nanos(nanos)), "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_says_why() {
        assert_eq!(read("250"), Err(Unreadable::NoUnit("250".into())));
        assert_eq!(read("5u32"), Err(Unreadable::Unit("u".into())));
        assert_eq!(read("5parsecs"), Err(Unreadable::Unit("parsecs".into())));
        assert_eq!(
            read("99999999999999999999999999999999999999999s"),
            Err(Unreadable::TooLong)
        );
        assert_eq!(read("99999999999999999999d"), Err(Unreadable::TooLong));
        assert_eq!(read(""), Err(Unreadable::Nonsense));
        assert_eq!(read("soon"), Err(Unreadable::Nonsense));
    }
}
