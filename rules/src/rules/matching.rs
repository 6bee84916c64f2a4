//! Which functions an entry of the policy names.

use crate::context::FnFrame;

/// `name`, `Type::name`, or with `*` for any part of a word: `fetch_*`, `Client::*`.
pub(super) fn names_function(entry: &str, function: &FnFrame<'_>) -> bool {
    let entry = entry.strip_prefix("crate::").unwrap_or(entry);
    let mut words = entry.rsplit("::");
    let name = function.sig.ident.to_string();
    if !words.next().is_some_and(|pattern| matches_word(pattern, &name)) {
        return false;
    }
    match words.next() {
        Some(owner) => function
            .self_type
            .as_deref()
            .is_some_and(|own| matches_word(owner, own)),
        None => true,
    }
}

fn matches_word(pattern: &str, word: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => {
            word.len() >= start.len() + end.len() && word.starts_with(start) && word.ends_with(end)
        }
        None => pattern == word,
    }
}

#[cfg(test)]
mod tests {
    use super::matches_word;

    #[test]
    fn stars_stand_for_any_part() {
        assert!(matches_word("fetch_*", "fetch_user"));
        assert!(matches_word("*", "anything"));
        assert!(matches_word("*_job", "clean_job"));
        assert!(!matches_word("fetch_*", "prefetch_user"));
        assert!(!matches_word("ab*ba", "aba"));
    }
}
