//! What stands around a function stays where it stood.

use super::expand;
use proc_macro2::TokenStream;

fn expanded(source: &str) -> String {
    let tokens: TokenStream = source.parse().expect("tokens");
    expand(tokens)
        .to_string()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The order in which `parts` stand in `text`, each once.
fn assert_in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        assert_eq!(text.matches(part).count(), 1, "`{part}` in {text}");
        let at = rest
            .find(part)
            .unwrap_or_else(|| panic!("`{part}` is not in its place: {text}"));
        rest = &rest[at + part.len()..];
    }
}

// H85
#[test]
fn doc_comments_above_and_below_stay_in_their_order_and_none_is_added() {
    let text = expanded(
        "/// One.\n#[retry]\n/// Two.\n#[inline]\n#[with_timeout(5s, attempt)]\n/// Three.\nasync fn f() -> R { g().await }",
    );
    assert_in_order(&text, &["One.", "Two.", "inline", "Three.", "async fn f"]);
    assert_eq!(text.matches("doc =").count(), 3, "{text}");
}

// H77, H78, H79, H84
#[test]
fn qualifiers_stay_in_their_order() {
    for head in [
        "pub async unsafe fn f",
        "pub (in crate :: a) async fn f",
        "async extern \"C\" fn f",
        "default async fn f",
        "pub (crate) default async unsafe extern \"C\" fn f",
    ] {
        let text = expanded(&format!(
            "#[instrument_task] #[with_timeout(5s)] {head}() -> R {{ g().await }}"
        ));
        let (text, head) = (text.replace(' ', ""), head.replace(' ', ""));
        assert_in_order(&text, &[&head]);
        assert!(!text.contains("compile_error"), "{text}");
    }
}

// H44
#[test]
fn a_raw_name_is_spelled_plainly_wherever_it_is_text() {
    let text = expanded(
        "#[instrument_task] #[cancellable] #[with_timeout(5s, total)] #[retry] #[circuit_breaker] async fn r#type(token: CancellationToken) -> R { g().await }",
    );
    assert!(text.contains("\"::type\"") && text.contains("\"type\""), "{text}");
    assert!(
        !text.contains("::r#type\"") && !text.contains("\"r#type\""),
        "{text}"
    );
}
