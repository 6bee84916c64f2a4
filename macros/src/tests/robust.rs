//! No tokens make the macros panic, and what they emit parses whenever what they were given did.
//!
//! A hundred thousand inputs, the same ones on every run: the items of the snapshots and lists of every option, with
//! trees dropped, doubled, moved and put between other delimiters. `fuzz/` looks for inputs that these are not.

use super::{every, expand};
use crate::driver;
use crate::runner::Kind;
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

/// `tokens` with some trees dropped, doubled or replaced by others of `pool`: few or many.
fn mutate(tokens: TokenStream, pool: &[TokenTree], random: &mut Random) -> TokenStream {
    let rarely = 24 << (2 * random.below(4));
    mutate_at_rate(tokens, pool, random, rarely)
}

fn mutate_at_rate(
    tokens: TokenStream,
    pool: &[TokenTree],
    random: &mut Random,
    rarely: usize,
) -> TokenStream {
    let mut out = Vec::new();
    for token in tokens {
        match random.below(rarely) {
            0 => {}
            1 => out.extend([token.clone(), token]),
            2 => out.push(pool[random.below(pool.len())].clone()),
            3 => out.extend([token, pool[random.below(pool.len())].clone()]),
            _ => out.push(match token {
                TokenTree::Group(group) => {
                    let delimiter = match random.below(2 * rarely) {
                        0 => Delimiter::Brace,
                        1 => Delimiter::Bracket,
                        2 => Delimiter::None,
                        _ => group.delimiter(),
                    };
                    TokenTree::Group(Group::new(
                        delimiter,
                        mutate_at_rate(group.stream(), pool, random, rarely),
                    ))
                }
                other => other,
            }),
        }
    }
    out.into_iter().collect()
}

/// A source file of this crate's tests, as tokens.
macro_rules! tokens_of {
    ($($path:literal)*) => {
        [$( include_str!(concat!("../../tests/snapshots/", $path)) ),*].map(|source| source.parse().expect("tokens"))
    };
}

fn items() -> Vec<TokenStream> {
    let snapshots: [TokenStream; 21] = tokens_of!(
        "async_trait.rs" "blocking.rs" "boxed.rs" "cancellable.rs" "cancellable_sources.rs" "circuit_breaker.rs"
        "circuit_breaker_keyed.rs" "concurrency_limit.rs" "fallback.rs" "fallback_with.rs" "full_stack.rs" "hedge.rs"
        "instrument_task.rs" "rate_limit.rs" "recommended_stack.rs" "retry.rs" "retry_options.rs" "shield.rs"
        "test_runner.rs" "with_timeout.rs" "with_timeout_until.rs"
    );
    let every = every::FUNCTIONS.parse().expect("tokens");
    let items = snapshots
        .into_iter()
        .chain([every])
        .flat_map(|tokens| syn::parse2::<syn::File>(tokens).expect("parses").items);
    items.map(|item| quote!(#item)).collect()
}

const OUR_BUG: &str = "this is a bug in etiquette";

fn assert_no_panic(input: &TokenStream, expanded: &TokenStream) {
    let says_something =
        |token: TokenTree| matches!(token, TokenTree::Ident(ident) if ident == "compile_error");
    let is_bug = expanded.clone().into_iter().any(says_something) && expanded.to_string().contains(OUR_BUG);
    assert!(!is_bug, "panicked on:\n{input}\n{expanded}");
}

fn parses<T: syn::parse::Parse>(tokens: &TokenStream) -> bool {
    syn::parse2::<T>(tokens.clone()).is_ok()
}

/// `item` with only its attributes changed: what stands below them still parses.
fn mutate_attributes(item: TokenStream, pool: &[TokenTree], random: &mut Random) -> TokenStream {
    let mut after_hash = false;
    let change = |token: TokenTree| {
        let is_attribute = std::mem::replace(
            &mut after_hash,
            matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#'),
        );
        match token {
            TokenTree::Group(group) if is_attribute => {
                let changed = mutate(group.stream(), pool, random);
                TokenTree::Group(Group::new(Delimiter::Bracket, changed))
            }
            other => other,
        }
    };
    item.into_iter().map(change).collect()
}

/// Expands `rounds` changed items; how many of them parsed.
fn expand_changed_items(
    seed: u64,
    rounds: usize,
    change: fn(TokenStream, &[TokenTree], &mut Random) -> TokenStream,
) -> usize {
    let items = items();
    let mut pool = Vec::new();
    items.iter().for_each(|item| all_trees(item.clone(), &mut pool));
    let mut random = Random(seed);
    let mut parsed = 0;
    for round in 0..rounds {
        let input = change(items[round % items.len()].clone(), &pool, &mut random);
        let expanded = expand(input.clone());
        assert_no_panic(&input, &expanded);
        if parses::<syn::File>(&input) {
            parsed += 1;
            assert!(
                parses::<syn::File>(&expanded),
                "does not parse:\n{input}\n{expanded}"
            );
        }
    }
    parsed
}

#[test]
fn no_item_makes_the_attributes_panic() {
    let parsed = expand_changed_items(0x00e7_1901_4776, 20_000, mutate);
    assert!(parsed > 3_000, "only {parsed} items parse");
}

#[test]
fn no_options_make_the_attributes_panic_or_emit_what_does_not_parse() {
    let parsed = expand_changed_items(0x0b5e_55ed_0b75, 20_000, mutate_attributes);
    assert!(parsed > 14_000, "only {parsed} items parse");
}

/// Hands `rounds` changes of `args` and `item` to `macro_of`; half of the time the item is left as it is: then what comes
/// out has to parse.
fn expand_changed_arguments(
    seed: u64,
    rounds: usize,
    args: &TokenStream,
    item: &TokenStream,
    macro_of: impl Fn(TokenStream, TokenStream) -> TokenStream,
) {
    let mut pool = Vec::new();
    all_trees(args.clone(), &mut pool);
    all_trees(item.clone(), &mut pool);
    let mut random = Random(seed);
    for round in 0..rounds {
        let args = mutate(args.clone(), &pool, &mut random);
        let changed = match round % 2 {
            0 => item.clone(),
            _ => mutate(item.clone(), &pool, &mut random),
        };
        let (input, whole) = (quote!(#[(#args)] #changed), parses::<syn::File>(&changed));
        let expanded = macro_of(args, changed);
        assert_no_panic(&input, &expanded);
        assert!(
            !whole || parses::<syn::File>(&expanded),
            "does not parse:\n{input}\n{expanded}"
        );
    }
}

#[test]
fn nothing_makes_defaults_panic_or_emit_what_does_not_parse() {
    let args = quote!(
        with_timeout(5s),
        instrument_task(fields(id)),
        retry,
        error = Error::stopped,
        crate = ::manners
    );
    let block = quote!(
        /// A client.
        impl<T: Transport> Client<T> {
            const LIMIT: u8 = 1;
            #[with_timeout(none)]
            pub async fn get(&self, id: u64) -> Result<User, Error> {
                self.transport.get(id).await
            }
            fn plain(&self) {}
            #[retry(attempts = 5)]
            async fn put(&mut self, user: User) -> Result<(), Error> {
                self.transport.put(user).await
            }
        }
    );
    expand_changed_arguments(0x00de_fa01_7500, 6_000, &args, &block, driver::defaults);
}

#[test]
fn nothing_makes_a_runner_panic_or_emit_what_does_not_parse() {
    let args = quote!(
        flavor = "multi_thread",
        worker_threads = 2,
        paused,
        timeout = 5s,
        drain = 20s,
        crate = ::manners
    );
    let function = quote!(
        #[should_panic]
        async fn main(tasks: Tasks) -> Result<(), Error> {
            serve(tasks).await
        }
    );
    for (seed, kind) in [(0x03a1_4000_0001, Kind::Main), (0x07e5_7000_0001, Kind::Test)] {
        expand_changed_arguments(seed, 3_000, &args, &function, |args, item| {
            driver::runner(kind, args, item)
        });
    }
}

#[test]
fn no_list_makes_retrying_panic_or_emit_what_does_not_parse() {
    let options = quote!(
        attempts = 3,
        max_elapsed = 20s,
        exponential(100ms, factor = 2, max = 10s),
        constant(1s),
        delays(1ms, 2ms),
        jitter = 0.2,
        when = |e| e.is_io(),
        when_result = is_busy,
        budget = &BUDGET,
        key = host,
        on_retry = |r| log(r).await,
        clone(a),
        attempt = at,
        crate = ::manners,
    );
    let block = quote!(async || -> Result<u8, E> { work(a).await? });
    let mut pool = Vec::new();
    all_trees(options.clone(), &mut pool);
    all_trees(block.clone(), &mut pool);
    let mut random = Random(0x0007_e721_9001);
    for round in 0..20_000 {
        let changed = mutate(options.clone(), &pool, &mut random);
        // Half of the time the block is left as it is: then the whole has to parse.
        let is_whole = round % 2 == 0;
        let block = if is_whole {
            block.clone()
        } else {
            mutate(block.clone(), &pool, &mut random)
        };
        let input = quote!(#changed, #block);
        let expanded = driver::retrying(input.clone());
        assert_no_panic(&input, &expanded);
        assert!(
            !is_whole || parses::<syn::Expr>(&expanded),
            "does not parse:\n{input}\n{expanded}"
        );
    }
}

#[test]
fn no_type_makes_the_derive_panic_or_emit_what_does_not_parse() {
    let derive = quote!(
        #[classify(otherwise = permanent, crate = ::manners)]
        enum E<'a, T: Tr, const N: usize>
        where
            T: Clone,
        {
            #[transient(after = retry_after)]
            A { retry_after: Duration },
            #[transient(after = Self::pause)]
            #[cfg(unix)]
            A2,
            #[classify(inner)]
            B(#[from] T, &'a [u8; N]),
            #[not_sent]
            C = 3,
            #[permanent]
            D {},
        }
    );
    let mut pool = Vec::new();
    all_trees(derive.clone(), &mut pool);
    let mut random = Random(0x00c1_a551_f1ed);
    let mut parsed = 0;
    for round in 0..40_000 {
        let change = [mutate, mutate_attributes][round % 2];
        let input = change(derive.clone(), &pool, &mut random);
        let expanded = driver::classify(input.clone());
        assert_no_panic(&input, &expanded);
        if parses::<syn::DeriveInput>(&input) {
            parsed += 1;
            assert!(
                parses::<syn::File>(&expanded),
                "does not parse:\n{input}\n{expanded}"
            );
        }
    }
    assert!(parsed > 10_000, "only {parsed} types parse");
}
