//! Retries that know what is worth another attempt, when, and how often.

use crate::recorder::Recorder;
use crate::support::{Runs, cancelled_after, ms, secs, sleep, timed};
use etiquette::{
    CancellationToken, Class, Classify, Jitter, RetryPolicy, Stopped, cancellable, retry, with_timeout,
};
use std::time::Duration;
use tokio::time::Instant;

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
enum RemoteError {
    #[error("no such key")]
    NotFound,
    #[error("503")]
    Busy,
}

impl RemoteError {
    fn is_permanent(&self) -> bool {
        matches!(self, Self::NotFound)
    }
}

const WARN_THRESHOLD: u32 = 3;

struct Uploader {
    cancel: CancellationToken,
    runs: Runs,
    error: RemoteError,
}

impl Uploader {
    #[cancellable(self.cancel, or_return = None)]
    #[retry(
        attempts = 6,
        exponential(1s, factor = 2, max = 5s),
        jitter = none,
        budget = none,
        when_result = |out| matches!(out, Some(Err(error)) if !error.is_permanent()),
        on_retry = |retry| match retry.attempt {
            ..WARN_THRESHOLD => tracing::info!("upload failed, attempt {}", retry.attempt),
            _ => tracing::warn!("upload failed, attempt {}", retry.attempt),
        }
    )]
    async fn upload(&self) -> Option<Result<u32, RemoteError>> {
        self.runs.next();
        Some(Err(self.error.clone()))
    }
}

// RW16: permanent or not, a louder log after a while, a bound, and `None` when it was cancelled.
#[tokio::test(start_paused = true)]
async fn a_helper_of_ones_own_becomes_options() {
    let uploader = |error, cancel| Uploader {
        cancel,
        runs: Runs::new(),
        error,
    };
    let missing = uploader(RemoteError::NotFound, CancellationToken::new());
    assert_eq!(
        timed(missing.upload()).await,
        (Some(Err(RemoteError::NotFound)), secs(0))
    );
    assert_eq!(missing.runs.count(), 1);

    let log = Recorder::install();
    let busy = uploader(RemoteError::Busy, CancellationToken::new());
    // 1 + 2 + 4 + 5 + 5.
    assert_eq!(
        timed(busy.upload()).await,
        (Some(Err(RemoteError::Busy)), secs(17))
    );
    assert_eq!(busy.runs.count(), 6);
    let events = log.events();
    let ours = events.iter().filter(|event| event.target == module_path!());
    let levels: Vec<String> = ours.map(|event| event.level.to_string()).collect();
    assert_eq!(levels, ["INFO", "INFO", "WARN", "WARN", "WARN"]);

    let cancelled = uploader(RemoteError::Busy, cancelled_after(3_500));
    assert_eq!(timed(cancelled.upload()).await, (None, ms(3_500)));
}

/// A trait that was there before: one `impl` is all that connects it.
trait Retryable {
    fn is_retryable(&self) -> bool;
    fn retry_after(&self) -> Option<Duration>;
}

#[derive(Debug, PartialEq)]
enum S3Error {
    SlowDown(Duration),
    Internal,
    AccessDenied,
}

impl Retryable for S3Error {
    fn is_retryable(&self) -> bool {
        !matches!(self, Self::AccessDenied)
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::SlowDown(after) => Some(*after),
            _ => None,
        }
    }
}

const MAX_DELAY: Duration = Duration::from_secs(20);

impl Classify for S3Error {
    fn class(&self) -> Class {
        match self.retry_after() {
            Some(after) => Class::TransientAfter(after.min(MAX_DELAY)),
            None if self.is_retryable() => Class::Transient,
            None => Class::Permanent,
        }
    }
}

#[retry(attempts = 3, exponential(250ms), jitter = none)]
async fn get_object(runs: &Runs, error: impl Fn() -> S3Error) -> Result<u32, S3Error> {
    runs.next();
    Err(error())
}

// RW17: a trait says what is worth it, and how long to wait; the clock is Tokio's, so a test takes no time.
#[tokio::test(start_paused = true)]
async fn a_trait_of_ones_own() {
    let (begun, runs) = (std::time::Instant::now(), Runs::new());
    for (error, runs_wanted, time) in [
        (S3Error::AccessDenied, 1, ms(0)),
        (S3Error::Internal, 3, ms(750)),
        (S3Error::SlowDown(secs(7)), 3, secs(14)),
        (S3Error::SlowDown(secs(3600)), 3, secs(40)),
    ] {
        let before = runs.count();
        let again = || match &error {
            S3Error::SlowDown(after) => S3Error::SlowDown(*after),
            S3Error::Internal => S3Error::Internal,
            S3Error::AccessDenied => S3Error::AccessDenied,
        };
        let (out, elapsed) = timed(get_object(&runs, again)).await;
        assert_eq!((&out.unwrap_err(), elapsed), (&error, time));
        assert_eq!(runs.count() - before, runs_wanted, "{error:?}");
    }
    assert!(begun.elapsed() < secs(10), "nothing sleeps for real");
}

/// As it stands in a configuration.
#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum PolicyConfig {
    None,
    FixedDelay {
        interval_ms: u64,
        attempts: Option<u32>,
    },
    Exponential {
        initial_ms: u64,
        factor: f64,
        max_ms: u64,
        attempts: Option<u32>,
    },
}

impl From<PolicyConfig> for RetryPolicy {
    fn from(config: PolicyConfig) -> Self {
        let new = RetryPolicy::new().jitter(Jitter::None);
        let bounded = |policy: RetryPolicy, attempts: Option<u32>| match attempts {
            Some(attempts) => policy.attempts(attempts),
            None => policy.forever(),
        };
        match config {
            PolicyConfig::None => new.attempts(1),
            PolicyConfig::FixedDelay {
                interval_ms,
                attempts,
            } => bounded(new.constant(ms(interval_ms)), attempts),
            PolicyConfig::Exponential {
                initial_ms,
                factor,
                max_ms,
                attempts,
            } => bounded(new.exponential(ms(initial_ms), factor, ms(max_ms)), attempts),
        }
    }
}

struct Store {
    policy: RetryPolicy,
    runs: Runs,
    seen: Runs,
}

impl Store {
    #[with_timeout(1m, total, error = |_| RemoteError::Busy)]
    #[retry(
        policy = self.policy,
        budget = none,
        when = |error| *error == RemoteError::Busy,
        on_retry = |_| _ = self.seen.next()
    )]
    async fn read(&self) -> Result<u32, RemoteError> {
        self.runs.next();
        Err(RemoteError::Busy)
    }
}

// RW18: the policy is a value that a configuration chooses at run time.
#[tokio::test(start_paused = true)]
async fn a_policy_at_run_time() {
    for (config, runs, time) in [
        (r#""none""#, 1, secs(0)),
        (
            r#"{"fixed_delay": {"interval_ms": 500, "attempts": 4}}"#,
            4,
            ms(1_500),
        ),
        (
            r#"{"exponential": {"initial_ms": 100, "factor": 3, "max_ms": 1000, "attempts": 5}}"#,
            5,
            ms(2_300),
        ),
        (r#"{"fixed_delay": {"interval_ms": 7000}}"#, 9, secs(60)),
    ] {
        let policy: PolicyConfig = serde_json::from_str(config).unwrap();
        let store = Store {
            policy: policy.into(),
            runs: Runs::new(),
            seen: Runs::new(),
        };
        let (out, elapsed) = timed(store.read()).await;
        assert_eq!((out, elapsed), (Err(RemoteError::Busy), time), "{config}");
        assert_eq!(
            (store.runs.count(), store.seen.count()),
            (runs, if time == secs(60) { runs } else { runs - 1 })
        );
    }
}

struct Signed {
    signature: String,
    body: Vec<u8>,
}

/// The body runs from its start each time: what an attempt moves is in `clone(…)`.
#[retry(attempts = 3, constant(1s), jitter = none, when = any, clone(body))]
async fn append(
    secret: &str,
    body: Vec<u8>,
    sent: &mut Vec<Signed>,
    start: Instant,
) -> Result<usize, RemoteError> {
    let signature = format!("{secret} at {}", start.elapsed().as_secs());
    sent.push(Signed { signature, body });
    match sent.len() {
        3 => Ok(3),
        _ => Err(RemoteError::Busy),
    }
}

// RW19: each attempt builds and signs its request anew.
#[tokio::test(start_paused = true)]
async fn a_request_is_signed_anew() {
    let mut sent = Vec::new();
    assert_eq!(append("key", vec![1, 2], &mut sent, Instant::now()).await, Ok(3));
    let signatures: Vec<&str> = sent.iter().map(|one| &*one.signature).collect();
    assert_eq!(signatures, ["key at 0", "key at 1", "key at 2"]);
    assert!(sent.iter().all(|one| one.body == [1, 2]));
}

/// The error says what to do, and how long to wait before it.
#[derive(Debug, thiserror::Error)]
#[error("proxy")]
struct ProxyError(Retry);

#[derive(Debug)]
enum Retry {
    GiveUp,
    AfterRateLimit,
    AfterSlowdown,
}

impl Retry {
    fn class(&self, attempt: u32) -> Class {
        match self {
            Self::GiveUp => Class::Permanent,
            Self::AfterRateLimit => Class::TransientAfter(ms(100 + 10u64.pow(attempt))),
            Self::AfterSlowdown => Class::TransientAfter(ms(10u64.pow(attempt))),
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum SearchError {
    #[error("stopped")]
    Stopped(#[from] Stopped),
    #[error(transparent)]
    Proxy(#[from] ProxyError),
}

#[with_timeout(until = deadline, total)]
#[retry(attempts = 7, budget = none, attempt = at, when = |error| match error {
    SearchError::Proxy(ProxyError(retry)) => retry.class(seen.get()),
    SearchError::Stopped(_) => Class::Permanent,
})]
async fn proxy_search(
    deadline: Instant,
    answer: impl Fn(u32) -> Retry,
    seen: &std::cell::Cell<u32>,
) -> Result<u32, SearchError> {
    seen.set(at.number);
    sleep(ms(5)).await;
    Err(ProxyError(answer(at.number)).into())
}

// RW20: the error carries the decision and the delay, and a deadline bounds it all.
#[tokio::test(start_paused = true)]
async fn the_error_decides() {
    let (start, seen) = (Instant::now(), std::cell::Cell::new(0));
    let out = proxy_search(
        start + secs(9),
        |n| {
            if n < 3 {
                Retry::AfterRateLimit
            } else {
                Retry::GiveUp
            }
        },
        &seen,
    )
    .await;
    assert!(matches!(out, Err(SearchError::Proxy(ProxyError(Retry::GiveUp)))));
    // Three runs, 110 and 200 ms between them.
    assert_eq!((seen.get(), start.elapsed()), (3, ms(5 + 110 + 5 + 200 + 5)));

    let start = Instant::now();
    let out = proxy_search(start + secs(9), |_| Retry::AfterSlowdown, &seen).await;
    assert!(matches!(out, Err(SearchError::Stopped(stop)) if stop.is_timeout()));
    assert_eq!((seen.get(), start.elapsed()), (4, secs(9)));
}
