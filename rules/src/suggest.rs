//! "Did you mean": the nearest known word, when it is near enough to be a slip of the hand.

/// The known word that was probably meant: the nearest one, when it is near enough to be a slip of the hand. `-` and
/// `_` are the same.
///
/// ```
/// let rules = etiquette_rules::rules().iter().map(|rule| rule.name);
/// assert_eq!(etiquette_rules::closest("blocking-sf", rules), Some("blocking_fs"));
/// ```
#[must_use]
pub fn closest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let plain = word.replace('-', "_").to_lowercase();
    known
        .into_iter()
        .map(|candidate| {
            (
                strsim::jaro_winkler(&plain, &candidate.replace('-', "_")),
                candidate,
            )
        })
        .filter(|(likeness, _)| *likeness > 0.82)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn slips_are_recognised_and_other_words_are_not() {
        let known = ["blocking_fs", "blocking_net", "detached_spawn"];
        assert_eq!(closest("blocking-sf", known.into_iter()), Some("blocking_fs"));
        assert_eq!(
            closest("detatched_spawn", known.into_iter()),
            Some("detached_spawn")
        );
        assert_eq!(closest("colour", known.into_iter()), None);
    }
}
