//! Reading `1m30s`: numbers with units of time, and where they may not stand.

use crate::diag::Diagnostic;
use proc_macro2::{Literal, TokenStream, TokenTree};
use std::time::Duration;

/// Why a text is no duration.
#[derive(Debug, PartialEq)]
pub(crate) enum Unreadable {
    NoUnit(String),
    Unit(String),
    TooLong,
    Nonsense,
}

/// Reads `1m30s`, `0.5s`, `1_500ms`, `1m 30s`.
pub(crate) fn read(text: &str) -> Result<Duration, Unreadable> {
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
