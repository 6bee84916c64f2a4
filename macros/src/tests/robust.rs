//! No tokens make the macros panic, and what they emit parses as far as what they were given did.

use super::expand;
use crate::driver;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

/// A small, fixed-seed generator: the same inputs on every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap_or(0)
    }
}

/// Every token tree in `tokens`, at any depth.
fn all_trees(tokens: TokenStream, found: &mut Vec<TokenTree>) {
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            all_trees(group.stream(), found);
        }
        found.push(token);
    }
}

/// `tokens` with some trees dropped, doubled or replaced by others of `pool`.
fn mutate(tokens: TokenStream, pool: &[TokenTree], random: &mut Random) -> TokenStream {
    let mut out = Vec::new();
    for token in tokens {
        match random.below(24) {
            0 => {}
            1 => out.extend([token.clone(), token]),
            2 => out.push(pool[random.below(pool.len())].clone()),
            3 => out.extend([token, pool[random.below(pool.len())].clone()]),
            _ => out.push(match token {
                TokenTree::Group(group) => {
                    let delimiter = match random.below(40) {
                        0 => Delimiter::Brace,
                        1 => Delimiter::Bracket,
                        2 => Delimiter::None,
                        _ => group.delimiter(),
                    };
                    TokenTree::Group(Group::new(delimiter, mutate(group.stream(), pool, random)))
                }
                other => other,
            }),
        }
    }
    out.into_iter().collect()
}

fn corpus() -> Vec<TokenStream> {
    let sources = [
        include_str!("../../tests/snapshots/full_stack.rs"),
        include_str!("../../tests/snapshots/retry_options.rs"),
        include_str!("../../tests/snapshots/cancellable_sources.rs"),
        include_str!("../../tests/snapshots/async_trait.rs"),
        include_str!("../../tests/snapshots/instrument_task.rs"),
    ];
    sources
        .iter()
        .map(|source| source.parse().expect("a snapshot's input"))
        .collect()
}

const OUR_BUG: &str = "this is a bug in etiquette";

#[test]
fn no_item_and_no_options_make_the_attributes_panic() {
    let corpus = corpus();
    let mut pool = Vec::new();
    corpus
        .iter()
        .for_each(|tokens| all_trees(tokens.clone(), &mut pool));
    let items: Vec<TokenStream> = corpus
        .iter()
        .flat_map(|tokens| syn::parse2::<syn::File>(tokens.clone()).expect("parses").items)
        .map(|item| quote!(#item))
        .collect();
    let mut random = Random(0x00e7_1901_4776);
    for round in 0..6_000 {
        let item = &items[round % items.len()];
        let mutated = mutate(item.clone(), &pool, &mut random);
        let expanded = expand(mutated.clone()).to_string();
        assert!(!expanded.contains(OUR_BUG), "panicked on:\n{mutated}\n{expanded}");
    }
}

#[test]
fn no_tokens_make_the_other_macros_panic() {
    let retrying = quote!(
        attempts = 3,
        exponential(100ms, factor = 2, max = 10s),
        when = |e| e.is_io(),
        clone(a),
        async || -> Result<u8, E> { work(a).await? }
    );
    let derive = quote!(
        #[classify(otherwise = permanent)]
        enum E<T: Tr> {
            #[transient(after = retry_after)]
            A { retry_after: Duration },
            #[classify(inner)]
            B(#[from] T),
            #[not_sent]
            C,
        }
    );
    let mut pool = Vec::new();
    all_trees(retrying.clone(), &mut pool);
    all_trees(derive.clone(), &mut pool);
    let mut random = Random(0x00c1_a551_f1ed);
    for _ in 0..6_000 {
        let input = mutate(retrying.clone(), &pool, &mut random);
        let expanded = driver::retrying(input.clone()).to_string();
        assert!(!expanded.contains(OUR_BUG), "panicked on:\n{input}\n{expanded}");
        let input = mutate(derive.clone(), &pool, &mut random);
        let expanded = driver::classify(input.clone()).to_string();
        assert!(!expanded.contains(OUR_BUG), "panicked on:\n{input}\n{expanded}");
    }
}
