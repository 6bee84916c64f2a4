//! The generated crates.

use std::fmt::Write as _;

/// What stands on the functions of a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    Plain,
    /// `#[with_timeout]`.
    Timeout,
    /// `#[cancellable]`.
    Cancel,
    /// `#[retry]`.
    Retry,
    /// `#[instrument_task]`.
    Span,
    /// `#[tracing::instrument]`.
    Tracing,
    /// `#[conventions]`, under a policy, with nothing to find.
    Conventions,
    /// `#[cancellable] #[with_timeout] #[retry]`.
    Three,
    /// The same three, by hand.
    Hand,
    /// An `async` block around the body, awaited: what each layer needs, and nothing else.
    Block,
    /// `tokio::time::timeout`, by hand.
    TimeoutHand,
    /// `select!` on a token, by hand.
    CancelHand,
    /// A loop with a budget and a log, by hand.
    RetryHand,
    /// A span that says how the call ended, by hand.
    SpanHand,
    /// Methods of `#[async_trait]`, ten to a trait.
    AsyncTrait,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Plain,
        Self::Timeout,
        Self::Cancel,
        Self::Retry,
        Self::Span,
        Self::Tracing,
        Self::Conventions,
        Self::Three,
        Self::Hand,
        Self::Block,
        Self::TimeoutHand,
        Self::CancelHand,
        Self::RetryHand,
        Self::SpanHand,
        Self::AsyncTrait,
    ];
    /// Those that are built, too.
    pub const BUILT: [Self; 5] = [Self::Plain, Self::Timeout, Self::Tracing, Self::Three, Self::Hand];

    /// For people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Timeout => "#[with_timeout]",
            Self::Cancel => "#[cancellable]",
            Self::Retry => "#[retry]",
            Self::Span => "#[instrument_task]",
            Self::Tracing => "#[tracing::instrument]",
            Self::Conventions => "#[conventions]",
            Self::Three => "three layers",
            Self::Hand => "three layers, by hand",
            Self::Block => "an async block, awaited",
            Self::TimeoutHand => "timeout, by hand",
            Self::CancelHand => "cancel, by hand",
            Self::RetryHand => "retry, by hand",
            Self::SpanHand => "span with an outcome, by hand",
            Self::AsyncTrait => "#[async_trait]",
        }
    }

    /// The crate's name.
    pub(super) const fn package(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Timeout => "timeout",
            Self::Cancel => "cancel",
            Self::Retry => "retried",
            Self::Span => "span",
            Self::Tracing => "traced",
            Self::Conventions => "checked",
            Self::Three => "three",
            Self::Hand => "hand",
            Self::Block => "block",
            Self::TimeoutHand => "timeout-hand",
            Self::CancelHand => "cancel-hand",
            Self::RetryHand => "retried-hand",
            Self::SpanHand => "span-hand",
            Self::AsyncTrait => "boxed",
        }
    }

    /// What it needs of etiquette, beside its usual features.
    pub(super) const fn features(self) -> &'static str {
        match self {
            Self::Conventions => "\"conventions\"",
            _ => "",
        }
    }

    fn attributes(self) -> &'static str {
        match self {
            Self::Timeout => "#[etiquette::with_timeout(5s)]\n",
            Self::Cancel => "#[etiquette::cancellable]\n",
            Self::Retry => "#[etiquette::retry]\n",
            Self::Span => "#[etiquette::instrument_task(fields(id))]\n",
            Self::Tracing => "#[tracing::instrument(skip_all, fields(id))]\n",
            Self::Conventions => "#[etiquette::conventions]\n",
            Self::Three => {
                "#[etiquette::cancellable]\n#[etiquette::with_timeout(30s, total)]\n#[etiquette::retry]\n"
            }
            _ => "",
        }
    }

    fn has_token(self) -> bool {
        matches!(self, Self::Cancel | Self::CancelHand | Self::Three | Self::Hand)
    }

    /// The body, and what is written around it.
    fn body(self) -> String {
        let (before, after) = match self {
            Self::Hand => return BY_HAND.replace("RETRY", &Self::RetryHand.body()),
            Self::RetryHand => return RETRY_BY_HAND.replace(BODY_HERE, BODY),
            Self::SpanHand => return SPAN_BY_HAND.replace(BODY_HERE, BODY),
            Self::Block => ("async {\n", "}.await\n"),
            Self::TimeoutHand => (
                "tokio::time::timeout(Duration::from_secs(5), async {\n",
                "}).await.unwrap_or(Err(Error::Stopped))\n",
            ),
            Self::CancelHand => (
                "tokio::select! {\n    biased;\n    () = token.cancelled() => Err(Error::Stopped),\n    out = async {\n",
                "} => out,\n}\n",
            ),
            _ => return BODY.to_owned(),
        };
        format!("{before}{BODY}{after}")
    }
}

/// Where the body goes.
const BODY_HERE: &str = "BODY";

const BODY: &str = "    let value = work(id, name).await?;
    if value > 1_000 {
        return Err(Error::Busy);
    }
    Ok(value + name.len() as u64)
";

const BY_HAND: &str = "    tokio::select! {
        biased;
        () = token.cancelled() => Err(Error::Stopped),
        out = tokio::time::timeout(Duration::from_secs(30), async {
RETRY
        }) => out.unwrap_or(Err(Error::Stopped)),
    }
";

const RETRY_BY_HAND: &str = "    let mut attempt = 1;
    loop {
        let out = async {
BODY
        }
        .await;
        match out {
            Ok(value) => {
                BUDGET.succeeded(attempt);
                break Ok(value);
            }
            Err(error) if attempt == 3 || !error.is_transient() || !BUDGET.take() => break Err(error),
            Err(error) => tracing::debug!(attempt, ?error, \"retrying\"),
        }
        tokio::time::sleep(backoff(attempt)).await;
        attempt += 1;
    }
";

const SPAN_BY_HAND: &str = "    use tracing::{Instrument as _, field::Empty};
    let span = tracing::info_span!(\"f\", id, outcome = Empty, attempts = Empty, elapsed = Empty);
    let begun = std::time::Instant::now();
    let out: Result<u64, Error> = async {
BODY
    }
    .instrument(span.clone())
    .await;
    span.record(\"outcome\", if out.is_ok() { \"ok\" } else { \"error\" });
    span.record(\"elapsed\", tracing::field::debug(begun.elapsed()));
    out
";

const HEAD: &str = "//! Generated.
#![allow(dead_code, unused_imports, unused_variables)]
use std::{sync::atomic::{AtomicU32, Ordering::Relaxed}, time::Duration};
use tokio_util::sync::CancellationToken;

#[derive(Debug)]
pub enum Error { Busy, Stopped }
impl Error {
    pub fn is_transient(&self) -> bool { matches!(self, Error::Busy) }
}
impl From<etiquette::Stopped> for Error {
    fn from(_: etiquette::Stopped) -> Self { Error::Stopped }
}
impl etiquette::Classify for Error {
    fn class(&self) -> etiquette::Class {
        if self.is_transient() { etiquette::Class::Transient } else { etiquette::Class::Permanent }
    }
}
pub async fn work(id: u64, name: &str) -> Result<u64, Error> {
    tokio::task::yield_now().await;
    if name.is_empty() { Err(Error::Busy) } else { Ok(id) }
}
pub struct Budget(AtomicU32);
impl Budget {
    pub fn succeeded(&self, attempt: u32) {
        if attempt > 1 || self.0.load(Relaxed) < 500 { self.0.fetch_add(1, Relaxed); }
    }
    pub fn take(&self) -> bool {
        self.0.fetch_update(Relaxed, Relaxed, |have| have.checked_sub(5)).is_ok()
    }
}
pub static BUDGET: Budget = Budget(AtomicU32::new(500));
pub fn backoff(attempt: u32) -> Duration {
    Duration::from_millis(100).saturating_mul(1 << attempt).min(Duration::from_secs(10))
}
";

/// The only file of a crate. `round` makes it differ from that of the last round.
pub(super) fn source(kind: Kind, functions: usize, round: usize) -> String {
    let mut text = String::from(HEAD);
    // Writing to a `String` does not fail.
    let _ = writeln!(text, "pub const ROUND: usize = {round};");
    let attributes = kind.attributes();
    let token = match kind.has_token() {
        true => "token: &CancellationToken, ",
        false => "",
    };
    let body = kind.body();
    if kind == Kind::AsyncTrait {
        for at in 0..functions / 10 {
            let _ = writeln!(
                text,
                "pub struct S{at};\n#[async_trait::async_trait]\npub trait T{at} {{"
            );
            for n in 0..10 {
                let _ = writeln!(
                    text,
                    "    async fn f{n}(&self, id: u64, name: &str) -> Result<u64, Error>;"
                );
            }
            let _ = writeln!(text, "}}\n#[async_trait::async_trait]\nimpl T{at} for S{at} {{");
            for n in 0..10 {
                let _ = writeln!(
                    text,
                    "async fn f{n}(&self, id: u64, name: &str) -> Result<u64, Error> {{\n{body}}}"
                );
            }
            let _ = writeln!(text, "}}");
        }
        return text;
    }
    for n in 0..functions {
        let _ = writeln!(
            text,
            "{attributes}pub async fn f{n}({token}id: u64, name: &str) -> Result<u64, Error> {{\n{body}}}"
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Kind, source};

    #[test]
    fn a_crate_has_as_many_functions_as_asked_for() {
        for kind in Kind::ALL {
            let text = source(kind, 40, 1);
            let bodies = text.matches("let value = work(id, name)").count();
            assert_eq!(bodies, 40, "{kind:?}");
        }
    }
}
