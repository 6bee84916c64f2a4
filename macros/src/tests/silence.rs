//! What no expansion says, whatever the stack: nothing that a crate may forbid, and nothing that costs `Send`.

use super::{every, expand};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;

/// Every identifier in `tokens` that no source has: the expansion's own.
fn own(tokens: TokenStream, found: &mut Vec<Ident>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) if ident.span().source_text().is_none() => found.push(ident),
            TokenTree::Group(group) => own(group.stream(), found),
            _ => {}
        }
    }
}

const SOURCES: [&str; 27] = [
    include_str!("../../tests/snapshots/async_trait.rs"),
    include_str!("../../tests/snapshots/blocking.rs"),
    include_str!("../../tests/snapshots/boxed.rs"),
    include_str!("../../tests/snapshots/cancellable.rs"),
    include_str!("../../tests/snapshots/cancellable_sources.rs"),
    include_str!("../../tests/snapshots/circuit_breaker.rs"),
    include_str!("../../tests/snapshots/circuit_breaker_options.rs"),
    include_str!("../../tests/snapshots/circuit_breaker_keyed.rs"),
    include_str!("../../tests/snapshots/concurrency_limit.rs"),
    include_str!("../../tests/snapshots/fallback.rs"),
    include_str!("../../tests/snapshots/fallback_with.rs"),
    include_str!("../../tests/snapshots/full_stack.rs"),
    include_str!("../../tests/snapshots/hedge.rs"),
    include_str!("../../tests/snapshots/hedge_clone.rs"),
    include_str!("../../tests/snapshots/instrument_task.rs"),
    include_str!("../../tests/snapshots/instrument_task_options.rs"),
    include_str!("../../tests/snapshots/rate_limit.rs"),
    include_str!("../../tests/snapshots/recommended_stack.rs"),
    include_str!("../../tests/snapshots/retry.rs"),
    include_str!("../../tests/snapshots/retry_options.rs"),
    include_str!("../../tests/snapshots/send_arguments.rs"),
    include_str!("../../tests/snapshots/shield.rs"),
    include_str!("../../tests/snapshots/shield_stack.rs"),
    include_str!("../../tests/snapshots/test_runner.rs"),
    include_str!("../../tests/snapshots/with_timeout.rs"),
    include_str!("../../tests/snapshots/with_timeout_until.rs"),
    every::FUNCTIONS,
];

/// The identifiers of all expansions.
fn words() -> Vec<String> {
    let mut found = Vec::new();
    for source in SOURCES {
        let file: syn::File = syn::parse_str(source).expect("a snapshot's input parses");
        for item in file.items {
            let expanded = expand(item.into_token_stream());
            let text = expanded.to_string();
            assert!(!text.contains("compile_error"), "{text}");
            own(expanded, &mut found);
        }
    }
    assert!(found.len() > 3_000, "the expansions are gone");
    found.iter().map(Ident::to_string).collect()
}

fn assert_none_of(forbidden: &[&str]) {
    let words = words();
    for word in forbidden {
        assert!(
            !words.iter().any(|found| found == word),
            "an expansion says `{word}`"
        );
    }
}

// H91, H93, H99: an emitted `allow` is an error in a crate that forbids the lint, a hit in one that polices `allow`, and
// a warning in one whose compiler does not know the lint.
#[test]
fn no_expansion_sets_a_lint() {
    assert_none_of(&[
        "allow",
        "expect",
        "warn",
        "deny",
        "forbid",
        "clippy",
        "unknown_lints",
    ]);
}

// H92, H100
#[test]
fn no_expansion_has_unsafe_code_or_somebody_elses_macros() {
    assert_none_of(&["unsafe", "select", "join", "tokio", "tracing", "std"]);
}

// H119, H122, H167: a bound inside the body stops recursive functions from compiling, and any future made by an
// `AsyncFn` or awaited in a helper that is generic over it is no longer provably `Send`.
#[test]
fn no_expansion_asks_for_send_or_calls_the_body_through_a_closure() {
    assert_none_of(&[
        "Send",
        "Sync",
        "AsyncFn",
        "AsyncFnMut",
        "AsyncFnOnce",
        "FnMut",
        "run_until_cancelled",
        "fn",
    ]);
}
