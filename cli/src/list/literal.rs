//! The arguments of an attribute, as far as they are literals.

use std::time::Duration;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The arguments, split at their commas.
pub(super) struct Args(Vec<Vec<TokenTree>>);

impl Args {
    pub(super) fn of(tokens: &TokenStream) -> Self {
        let mut args = vec![Vec::new()];
        for token in tokens.clone() {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ',' => args.push(Vec::new()),
                token => {
                    if let Some(last) = args.last_mut() {
                        last.push(token);
                    }
                }
            }
        }
        args.retain(|arg| !arg.is_empty());
        Self(args)
    }

    /// Whether `word` is one of them.
    pub(super) fn word(&self, word: &str) -> bool {
        self.0
            .iter()
            .any(|arg| matches!(&arg[..], [TokenTree::Ident(ident)] if ident == word))
    }

    /// The value of `key = …`.
    pub(super) fn value(&self, key: &str) -> Option<&[TokenTree]> {
        self.0.iter().find_map(|arg| match &arg[..] {
            [TokenTree::Ident(ident), TokenTree::Punct(equals), value @ ..]
                if ident == key && equals.as_char() == '=' =>
            {
                Some(value)
            }
            _ => None,
        })
    }

    /// What stands in `key(…)`.
    pub(super) fn list(&self, key: &str) -> Option<Args> {
        self.0.iter().find_map(|arg| match &arg[..] {
            [TokenTree::Ident(ident), TokenTree::Group(group)]
                if ident == key && group.delimiter() == Delimiter::Parenthesis =>
            {
                Some(Args::of(&group.stream()))
            }
            _ => None,
        })
    }

    /// The arguments without a key.
    pub(super) fn bare(&self) -> impl Iterator<Item = &[TokenTree]> {
        self.0.iter().map(Vec::as_slice).filter(|arg| {
            !matches!(arg, [TokenTree::Ident(_), TokenTree::Punct(equals), ..] if equals.as_char() == '=')
        })
    }
}

/// One word: `forever`.
pub(super) fn word(value: &[TokenTree]) -> Option<String> {
    match value {
        [TokenTree::Ident(ident)] => Some(ident.to_string()),
        _ => None,
    }
}

/// A whole number.
pub(super) fn integer(value: &[TokenTree]) -> Option<u64> {
    match syn::parse2::<syn::LitInt>(value.iter().cloned().collect()) {
        Ok(int) => int.base10_parse().ok(),
        Err(_) => None,
    }
}

/// A number with or without a point.
pub(super) fn number(value: &[TokenTree]) -> Option<f64> {
    match syn::parse2::<syn::Lit>(value.iter().cloned().collect()) {
        Ok(syn::Lit::Int(int)) => int.base10_parse().ok(),
        Ok(syn::Lit::Float(float)) => float.base10_parse().ok(),
        _ => None,
    }
}

/// `5s`, `"1m 30s"`, or `Duration::from_millis(250)`.
pub(super) fn duration(value: &[TokenTree]) -> Option<Duration> {
    match syn::parse2::<syn::Expr>(value.iter().cloned().collect()).ok()? {
        syn::Expr::Lit(literal) => match literal.lit {
            syn::Lit::Str(text) => read(&text.value()),
            lit => read(&quote::quote!(#lit).to_string()),
        },
        syn::Expr::Call(call) => {
            let syn::Expr::Path(function) = &*call.func else {
                return None;
            };
            let mut segments = function
                .path
                .segments
                .iter()
                .rev()
                .map(|segment| segment.ident.to_string());
            let unit = segments.next()?;
            let of_duration = segments.next().is_some_and(|owner| owner == "Duration");
            let [syn::Expr::Lit(amount)] = &call.args.iter().collect::<Vec<_>>()[..] else {
                return None;
            };
            let syn::Lit::Int(amount) = &amount.lit else {
                return None;
            };
            let amount = amount.base10_parse().ok().filter(|_| of_duration)?;
            match unit.as_str() {
                "from_secs" => Some(Duration::from_secs(amount)),
                "from_millis" => Some(Duration::from_millis(amount)),
                "from_micros" => Some(Duration::from_micros(amount)),
                "from_nanos" => Some(Duration::from_nanos(amount)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Numbers with their units, one after the other.
fn read(text: &str) -> Option<Duration> {
    let text: String = text.chars().filter(|c| *c != '_' && !c.is_whitespace()).collect();
    let mut rest = text.as_str();
    let mut total = Duration::ZERO;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (amount, after) = rest.split_at(digits);
        let unit_length = after
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(unit_length);
        let seconds = match unit {
            "ns" => 1e-9,
            "us" | "µs" => 1e-6,
            "ms" => 1e-3,
            "s" | "sec" | "secs" => 1.0,
            "m" | "min" => 60.0,
            "h" => 3600.0,
            "d" => 86_400.0,
            _ => return None,
        };
        let amount: f64 = amount.parse().ok()?;
        // To the nanosecond: fractions of a second are not exact in binary.
        let nanos = (amount * seconds * 1e9).round();
        if !(0.0..1.8e19).contains(&nanos) {
            return None;
        }
        total = total.checked_add(Duration::from_nanos(nanos as u64))?;
        rest = after;
    }
    (!text.is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::{Args, duration, integer};
    use std::time::Duration;

    fn of(text: &str) -> Option<Duration> {
        let tokens: Vec<_> = text
            .parse::<proc_macro2::TokenStream>()
            .unwrap()
            .into_iter()
            .collect();
        duration(&tokens)
    }

    #[test]
    fn durations_in_every_spelling() {
        let millis = |n| Some(Duration::from_millis(n));
        for (text, value) in [
            ("5s", millis(5_000)),
            ("250ms", millis(250)),
            ("1m30s", millis(90_000)),
            ("0.5s", millis(500)),
            ("2_300ms", millis(2_300)),
            ("\"1m 30s\"", millis(90_000)),
            ("Duration::from_secs(3)", millis(3_000)),
            ("LIMIT", None),
            ("self.limit", None),
            ("7", None),
            ("Other::from_secs(3)", None),
        ] {
            assert_eq!(of(text), value, "{text}");
        }
    }

    #[test]
    fn arguments_by_key_word_and_list() {
        let args = Args::of(
            &"5s, total, attempts = 3, exponential(1s, max = 2s)"
                .parse()
                .unwrap(),
        );
        assert!(args.word("total") && !args.word("attempt"));
        assert_eq!(args.value("attempts").and_then(integer), Some(3));
        let schedule = args.list("exponential").unwrap();
        assert_eq!(
            schedule.value("max").and_then(duration),
            Some(Duration::from_secs(2))
        );
        assert_eq!(args.bare().count(), 3);
    }
}
