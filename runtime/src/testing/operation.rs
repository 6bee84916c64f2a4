//! Operations by name, as a test calls them.

/// Whether `asked` means `operation`: its whole name, or how that ends from a `::` on. `fetch` and `users::fetch` both
/// mean `app::users::fetch`.
pub(crate) fn is_called(operation: &str, asked: &str) -> bool {
    match operation.strip_suffix(asked) {
        Some("") => true,
        Some(before) => before.ends_with("::") && !asked.is_empty(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_called;

    #[test]
    fn a_name_may_be_shortened_from_the_left() {
        for asked in ["fetch", "users::fetch", "app::users::fetch"] {
            assert!(is_called("app::users::fetch", asked), "{asked}");
        }
        for asked in [
            "",
            "etch",
            "sers::fetch",
            "users",
            "::fetch",
            "my::app::users::fetch",
            "fetch ",
        ] {
            assert!(!is_called("app::users::fetch", asked), "{asked}");
        }
    }

    #[test]
    fn a_name_that_is_no_path_is_a_whole() {
        assert!(is_called("pay: second try", "pay: second try"));
        assert!(!is_called("pay: second try", "second try"));
    }
}
