//! A broken convention on its way to the compiler's lints.

use etiquette_rules::{Level, TokenFinding};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// One broken convention.
pub(super) struct Finding {
    /// What the compiler calls it: the name of the rule.
    pub(super) rule: &'static str,
    pub(super) level: Level,
    /// The user's word.
    pub(super) at: Span,
    /// The rule first, then `help:`.
    pub(super) text: String,
}

impl Finding {
    /// `name` is underlined where the finding is about a comment, which has no tokens.
    pub(super) fn of(found: &TokenFinding, name: Span) -> Self {
        let mut text = found.message.clone();
        for note in &found.notes {
            text.push_str(&format!("\nnote: {note}"));
        }
        if !found.help.is_empty() {
            text.push_str(&format!("\nhelp: {}", found.help));
        }
        Self {
            rule: found.rule.name,
            level: found.level,
            at: found.start.unwrap_or(name),
            text,
        }
    }

    /// An item that is nothing but the use of something deprecated, at the user's word.
    pub(super) fn into_item(self) -> TokenStream {
        let name = Ident::new(self.rule, self.at);
        let text = self.text;
        let level = deny(self.level);
        quote! {
            #level
            const _: () = {
                #[deprecated(note = #text)]
                const fn #name() {}
                #name()
            };
        }
    }
}

/// Denied here, whatever the crate says of what is deprecated. A warning is what rustc makes of it anyway: a level
/// of ours would not compile below `forbid(deprecated)`.
pub(super) fn deny(level: Level) -> Option<TokenStream> {
    (level == Level::Deny).then(|| quote!(#[deny(deprecated)]))
}
