//! How a message shows what the user wrote.

use proc_macro2::TokenStream;

/// Tokens as people write them: `self.limit`, not `self . limit`.
pub(crate) fn spelled(tokens: &TokenStream) -> String {
    let mut text = tokens.to_string();
    for (wide, tight) in [
        (" . ", "."),
        (" :: ", "::"),
        (":: ", "::"),
        ("& ", "&"),
        (" (", "("),
        ("' ", "'"),
        (" :", ":"),
        (" ,", ","),
        (" ;", ";"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ?", "?"),
    ] {
        text = text.replace(wide, tight);
    }
    text
}
