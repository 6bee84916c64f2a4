//! How an exemption is spelled, in an attribute and in a comment.

use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Lit, Meta, Token};

/// What an exemption says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Spelled {
    pub(super) rules: Vec<String>,
    pub(super) reason: bool,
    pub(super) broken: Option<String>,
}

impl Spelled {
    fn broken(why: impl Into<String>) -> Self {
        Self {
            broken: Some(why.into()),
            ..Self::default()
        }
    }
}

/// `#[etiquette::exempt(rule, other_rule, reason = "…")]`.
pub(super) fn attribute(attr: &Attribute) -> Spelled {
    let parsed = attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    let Ok(entries) = parsed else {
        return Spelled::broken("it takes rule names and `reason = \"…\"`");
    };
    let mut spelled = Spelled::default();
    for entry in entries {
        match entry {
            Meta::Path(path) if path.get_ident().is_some() => {
                spelled.rules.extend(path.get_ident().map(ToString::to_string));
            }
            Meta::NameValue(pair) if pair.path.is_ident("reason") => match pair.value {
                Expr::Lit(lit) => match lit.lit {
                    Lit::Str(text) => spelled.reason = !text.value().trim().is_empty(),
                    _ => return Spelled::broken("`reason` takes a string"),
                },
                _ => return Spelled::broken("`reason` takes a string"),
            },
            _ => return Spelled::broken("it takes rule names and `reason = \"…\"`"),
        }
    }
    if spelled.rules.is_empty() {
        return Spelled::broken("it names no rule");
    }
    spelled
}

/// `exempt(rule, other_rule) reason`, as it follows `// etiquette:`.
pub(super) fn comment(text: &str) -> Spelled {
    let inner = text
        .strip_prefix("exempt")
        .map(str::trim_start)
        .and_then(|rest| rest.strip_prefix('('));
    let Some((rules, reason)) = inner.and_then(|inner| inner.split_once(')')) else {
        return Spelled::broken("`// etiquette:` is followed by `exempt(rule) reason`");
    };
    let rules: Vec<String> = rules
        .split(',')
        .map(str::trim)
        .filter(|rule| !rule.is_empty())
        .map(str::to_owned)
        .collect();
    if rules.is_empty() {
        return Spelled::broken("it names no rule");
    }
    let reason = reason.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '—' | '–' | ','));
    Spelled {
        rules,
        reason: !reason.is_empty(),
        broken: None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Spelled, attribute, comment};

    #[test]
    fn comments() {
        let wanted = Spelled {
            rules: vec!["a".into(), "b".into()],
            reason: true,
            broken: None,
        };
        assert_eq!(comment("exempt(a, b): startup only"), wanted);
        assert!(!comment("exempt(a) -").reason);
        assert!(comment("exempt a").broken.is_some());
        assert!(comment("exempt()").broken.is_some());
    }

    #[test]
    fn attributes() {
        let read = |text: &str| {
            let item: syn::ItemFn = syn::parse_str(&format!("{text} fn f() {{}}")).expect("it parses");
            attribute(&item.attrs[0])
        };
        let wanted = Spelled {
            rules: vec!["a".into()],
            reason: true,
            broken: None,
        };
        assert_eq!(read("#[etiquette::exempt(a, reason = \"why\")]"), wanted);
        assert!(!read("#[exempt(a, reason = \"  \")]").reason);
        assert!(read("#[exempt]").broken.is_some());
        assert!(read("#[exempt(a(b))]").broken.is_some());
    }
}
