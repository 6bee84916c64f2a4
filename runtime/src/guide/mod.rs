//! The guide: one page for each pattern that people bring along, and a few that all of them share.
//!
//! # Patterns
//!
//! Each page has the pattern as it is written by hand, what that costs, the same with etiquette, the options that
//! matter, how to test it, its limits, and a program to run.
//!
//! | in your head | page |
//! |---|---|
//! | `CancellationToken`, `select!` loops, workers that stop | [`cancellation`] |
//! | `tokio::time::timeout`, deadlines, default limits | [`timeouts`] |
//! | retries, exponential backoff, "is this error worth it?" | [`retries`] |
//! | `#[instrument]`, spans of tasks, tokio-console | [`spans`] |
//! | signals, draining, `TaskTracker` | [`shutdown`] |
//! | `JoinSet`, structured concurrency, `buffer_unordered`, racing | [`concurrency`] |
//! | channels, back-pressure, fill ratio | [`channels`] |
//! | `spawn_blocking`, "who blocks?" | [`blocking`] |
//! | `Mutex` across an await, which lock | [`locks`] |
//! | async fns in traits, `#[async_trait]` | [`async_traits`] |
//! | streams, batches, async closures, recursion | [`streams`] |
//! | pools, semaphores | [`pools`] |
//! | paused time, cancellation tests, faults | [`testing`] |
//! | clippy, CI gates, numbers | [`conventions`] |
//!
//! # What they share
//!
//! | question | page |
//! |---|---|
//! | in which order? | [`order`] |
//! | what if it is dropped in the middle? | [`cancel_safety`] |
//! | how long, how many, how often? | [`choosing_limits`] |
//! | what does it expand to? | [`expansions`] |
//! | what do the layers tell, as events, metrics and in a test? | [`telemetry`](crate::telemetry) |
//! | what is not done, and what to write instead? | [`declined`] |
//!
//! # Coming from elsewhere
//!
//! [`backon`](from_backon), [`tokio-retry`](from_tokio_retry), [`tower`](from_tower),
//! [`tracing::instrument`](from_tracing).
//!
//! # Reading them
//!
//! Every snippet runs in our tests, most on a paused clock, so the times that they assert are exact. Those under "how to test
//! it" need the `test-util` feature among the dev-dependencies.

/// Pages are text: each is a module without anything in it, and nothing of it is in a build.
macro_rules! pages {
    ($($page:ident $file:literal $($feature:literal)?;)*) => {$(
        // Run with the features that their snippets use; shown always.
        #[cfg_attr(
            any(
                not(doctest),
                all(feature = "main", feature = "test-util", feature = "tracing" $(, feature = $feature)?)
            ),
            doc = include_str!($file)
        )]
        #[cfg_attr(doctest, allow(missing_docs, reason = "without the features its page is not there"))]
        pub mod $page {}
    )*};
}

pages! {
    async_traits "async_traits.md";
    blocking "blocking.md";
    cancel_safety "cancel_safety.md";
    cancellation "cancellation.md";
    channels "channels.md";
    choosing_limits "choosing_limits.md";
    concurrency "concurrency.md";
    conventions "conventions.md" "conventions";
    declined "declined.md";
    expansions "expansions.md";
    from_backon "from_backon.md";
    from_tokio_retry "from_tokio_retry.md";
    from_tower "from_tower.md";
    from_tracing "from_tracing.md";
    locks "locks.md";
    order "order.md";
    pools "pools.md";
    retries "retries.md";
    shutdown "shutdown.md";
    spans "spans.md";
    streams "streams.md";
    testing "testing.md";
    timeouts "timeouts.md";
}
