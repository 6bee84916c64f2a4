//! What the attributes of other crates make of the same shapes: tried on Rust 1.95 with the versions current in November 2026.

/// The crates, in the order of [`Row::peers`].
pub(super) const PEERS: [&str; 8] = [
    "backon-macros",
    "retry-if",
    "retrying",
    "backoff-macro",
    "next-web",
    "tokio-timeout",
    "tracing-attributes",
    "fastrace-macro",
];

/// A shape of function, and who takes it.
pub(super) struct Row {
    pub(super) title: &'static str,
    /// The shapes of the matrix that it is about.
    pub(super) ours: &'static [&'static str],
    pub(super) peers: [&'static str; PEERS.len()],
    /// It stands in the README too.
    pub(super) short: bool,
}

macro_rules! rows {
    ($( $title:literal [$($ours:ident)*] [$($peer:literal)*] $($short:ident)?; )*) => {
        pub(super) const ROWS: &[Row] = &[$( Row {
            title: $title,
            ours: &[$(stringify!($ours)),*],
            peers: [$($peer),*],
            short: !matches!(stringify!($($short)?).as_bytes(), []),
        } ),*];
    };
}

rows! {
    "`Copy` or `&str` argument" [copy_and_str] ["ok" "ok" "ok" "ok" "ok" "ok" "ok" "ok"];
    "`String` borrowed in the body" [string_borrowed] ["no" "ok" "ok" "ok" "with `Clone`" "ok" "ok" "ok"];
    "`String` consumed in the body" [string_consumed] ["no" "no" "no" "no" "with `Clone`" "ok" "ok" "ok"] short;
    "`?` in the body" [question_mark] ["ok" "ok" "not retried" "no" "ok" "ok" "ok" "ok"] short;
    "early `return Err`" [early_return] ["ok" "ok" "not retried" "no" "ok" "ok" "ok" "ok"];
    "nested closure with `return` or `?`" [nested_closure] ["ok" "no" "ok" "no" "ok" "ok" "ok" "ok"] short;
    "`?` on `Option` in an inner async block" [option_in_a_block] ["ok" "no" "ok" "ok" "ok" "ok" "ok" "ok"];
    "`&self`" [shared mentions_self] ["ok" "ok" "ok" "ok" "ok" "ok" "ok" "ok"];
    "`&mut self`" [exclusive] ["no" "ok" "ok" "no" "no" "ok" "ok" "ok"] short;
    "`self`" [by_value] ["no" "ok" "ok" "ok" "ok" "ok" "ok" "ok"];
    "generics, lifetimes, where" [generics outlives] ["ok" "ok" "ok" "no" "drops them" "ok" "ok" "ok"] short;
    "`impl Trait` argument" [impl_trait_argument] ["no" "ok" "ok" "ok" "no" "ok" "ok" "ok"];
    "`mut x` argument" [mut_argument] ["ok" "ok" "ok" "no" "no" "ok" "ok" "ok"];
    "arguments `result`, `attempt`, `delay`" [colliding_names] ["ok" "ok" "ok" "ok" "no" "ok" "ok" "ok"];
    "alias of `Result`" [own_alias] ["ok" "ok" "ok" "ok" "panics" "ok" "ok" "ok"];
    "native async method of a trait" [trait_impl] ["no" "ok" "ok" "ok" "ok" "ok" "ok" "ok"];
    "inside an `#[async_trait]` impl" [async_trait_impl] ["no" "no" "no" "no" "no" "no" "ok" "ok"] short;
    "returns nothing" [unit] ["no" "no" "no" "no" "no" "no" "ok" "ok"] short;
}

/// `async unsafe fn` cannot stand in a crate that forbids unsafe code: it has one of its own, where it runs.
pub(super) const UNSAFE: Row = Row {
    title: "`async unsafe fn`",
    ours: &[],
    peers: ["ok", "ok", "no", "ok", "ok", "ok", "ok", "no"],
    short: false,
};

/// Where, and what stands there.
pub(super) const UNSAFE_AT: (&str, &str) = ("hygiene/async_unsafe/src/lib.rs", "async unsafe fn retried(");
