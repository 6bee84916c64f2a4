//! What is different with attributes, and why that is right.

/// Where a hit is that only the version with attributes has.
#[derive(PartialEq)]
pub(crate) enum Place {
    /// On a word of the user's own in an option.
    Option,
    /// On the attribute of a function that never returns.
    Never,
    /// On any other attribute.
    Attribute,
    /// Elsewhere.
    Body,
}

/// Hits that are there only with attributes, and why that is right.
pub(crate) const EXTRA: &[(&str, Place, &str)] = &[
    ("clippy::absolute_paths", Place::Option, OWN_WORDS),
    ("clippy::implicit_return", Place::Option, OWN_WORDS),
    (
        // H97
        "clippy::implicit_return",
        Place::Never,
        "what never returns has nothing to give to a `return`",
    ),
    ("clippy::min_ident_chars", Place::Option, OWN_WORDS),
    ("clippy::missing_assert_message", Place::Option, OWN_WORDS),
    ("clippy::std_instead_of_core", Place::Option, OWN_WORDS),
    (
        // H98
        "unused_braces",
        Place::Body,
        "a `$body:block` that any attribute macro hands on is to rustc a block that was written",
    ),
];

/// Hits that are gone with attributes, and why.
pub(crate) const LOST: &[(&str, &str)] = &[
    ("clippy::implicit_return", END),
    ("clippy::needless_return", END),
    (
        // H101
        "clippy::unused_async",
        "clippy looks for an await of the function's own, and skips expansions",
    ),
    ("clippy::shadow_reuse", SCOPES),
    ("clippy::many_single_char_names", SCOPES),
    (
        "clippy::needless_lifetimes",
        "a lifetime in the return type is named a second time, where the body is tied to it",
    ),
    (
        "clippy::needless_pass_by_ref_mut",
        "the body's block borrows exclusively what it was given exclusively",
    ),
];

/// Hits that the shapes lose because without its attribute a function does not use what the attribute uses.
pub(crate) const LOST_USES: &[(&str, &str)] = &[
    (
        "clippy::empty_line_after_doc_comments",
        "the empty line was an attribute",
    ),
    (
        "clippy::empty_line_after_outer_attr",
        "the empty line was an attribute",
    ),
    ("clippy::needless_pass_by_value", "a token"),
    ("dead_code", "a token and a limit in a field"),
    ("unused_imports", "the attributes themselves"),
    ("unused_variables", "a token"),
];

const END: &str = "the end of the body is not the end of the function, which is the expansion's own `return`";

const SCOPES: &str = "to clippy, parameters and body are scopes of two functions";

const OWN_WORDS: &str = "an expression in an option is the user's own code";
