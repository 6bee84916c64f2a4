//! Mistakes, and what the compiler says to each: `<macro>/<mistake>.rs` beside the text a user reads.
//!
//! Bless with `TRYBUILD=overwrite cargo test -p etiquette-tests --test ui`, then read every changed `.stderr` as the
//! person who made the mistake would.

/// Alone in their project, the mistakes are checked by one call of cargo; beside a case that passes each would be built.
#[test]
fn mistakes_are_explained() {
    trybuild::TestCases::new().compile_fail("ui/[!p]*/*.rs");
}

#[test]
fn correct_code_compiles_and_runs() {
    trybuild::TestCases::new().pass("ui/pass/*.rs");
}
