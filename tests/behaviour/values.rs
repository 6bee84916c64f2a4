//! Values that every attribute accepts: counts, ratios, names, and what is read from `self` and the arguments.

use crate::support::{Error, Runs, ms, pending, stop_of, timed};
use etiquette::{cancellable, retry, with_timeout};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

struct Config {
    limit: Duration,
    maybe: Option<Duration>,
    attempts: usize,
    delay: Duration,
    ratio: f64,
}

struct Client {
    config: Config,
}

impl Client {
    #[with_timeout(self.config.limit)]
    async fn limit(&self) -> Result<u32, Error> {
        pending().await
    }

    #[with_timeout(self.config.maybe)]
    async fn maybe(&mut self) -> Result<u32, Error> {
        pending().await
    }

    #[with_timeout(self.config.limit)]
    async fn owned(self) -> Result<u32, Error> {
        let _moved = self;
        pending().await
    }

    #[retry(attempts = self.config.attempts, constant(self.config.delay), jitter = self.config.ratio)]
    async fn retried(&self, runs: &Runs) -> Result<u32, Error> {
        runs.next();
        Err(Error::Busy)
    }

    #[with_timeout(budget.saturating_sub(self.config.delay))]
    async fn arguments(&self, budget: Duration) -> Result<u32, Error> {
        pending().await
    }
}

fn client() -> Client {
    let config = Config {
        limit: ms(30),
        maybe: Some(ms(40)),
        attempts: 4,
        delay: ms(10),
        ratio: 0.0,
    };
    Client { config }
}

#[tokio::test(start_paused = true)]
async fn a_value_may_come_from_self_and_the_arguments() {
    assert_eq!(timed(client().limit()).await.1, ms(30));
    assert_eq!(timed(client().maybe()).await.1, ms(40));
    assert_eq!(timed(client().owned()).await.1, ms(30));
    assert_eq!(timed(client().arguments(ms(25))).await.1, ms(15));
    let runs = Runs::default();
    assert_eq!(timed(client().retried(&runs)).await.1, ms(30));
    assert_eq!(runs.count(), 4);
}

/// How often the body ran.
macro_rules! runs {
    ($attempts:expr, $ty:ty) => {{
        #[retry(attempts = attempts, constant(0s))]
        async fn call(attempts: $ty, runs: &Runs) -> Result<u32, Error> {
            runs.next();
            Err(Error::Busy)
        }
        let runs = Runs::default();
        let _ = call($attempts, &runs).await;
        runs.count()
    }};
}

#[tokio::test(start_paused = true)]
async fn a_count_is_an_integer_of_any_type() {
    assert_eq!(
        [
            runs!(4, u8),
            runs!(4, u16),
            runs!(4, u32),
            runs!(4, u64),
            runs!(4, u128),
            runs!(4, usize)
        ],
        [4; 6]
    );
    assert_eq!(
        [
            runs!(4, i8),
            runs!(4, i16),
            runs!(4, i32),
            runs!(4, i64),
            runs!(4, i128),
            runs!(4, isize)
        ],
        [4; 6]
    );
}

// H155
#[tokio::test(start_paused = true)]
async fn a_run_time_0_means_1_and_so_does_less() {
    assert_eq!(
        [
            runs!(0, u8),
            runs!(0, u64),
            runs!(0, usize),
            runs!(0, i32),
            runs!(-3, i8),
            runs!(i64::MIN, i64)
        ],
        [1; 6]
    );
}

#[tokio::test(start_paused = true)]
async fn a_count_too_large_for_32_bits_is_not_cut_to_a_small_one() {
    // Cut to 32 bits these would be 0 and 1. The budget ends the call: 100 retries.
    assert_eq!(
        [
            runs!(1 << 32, u64),
            runs!((1 << 32) + 1, i64),
            runs!(u128::MAX, u128)
        ],
        [101; 3]
    );
}

// H155
#[tokio::test(start_paused = true)]
async fn a_count_is_any_expression() {
    const ATTEMPTS: u8 = 2;
    #[retry(attempts = ATTEMPTS + 1, constant(0s))]
    async fn constant(runs: &Runs) -> Result<u32, Error> {
        runs.next();
        Err(Error::Busy)
    }
    #[retry(attempts = hosts.len(), constant(0s))]
    async fn argument(hosts: &[&str], runs: &Runs) -> Result<u32, Error> {
        runs.next();
        Err(Error::Busy)
    }
    #[retry(attempts = 1_0, constant(0s))]
    async fn literal(runs: &Runs) -> Result<u32, Error> {
        runs.next();
        Err(Error::Busy)
    }
    let runs = [(); 3].map(|()| Runs::default());
    let _ = constant(&runs[0]).await;
    let _ = argument(&["a", "b"], &runs[1]).await;
    let _ = literal(&runs[2]).await;
    assert_eq!(runs.map(|runs| runs.count()), [3, 2, 10]);
}

#[tokio::test(start_paused = true)]
async fn a_ratio_is_a_number_or_an_expression() {
    const NO_JITTER: f64 = 0.0;
    #[retry(attempts = 3, constant(10ms), jitter = 0)]
    async fn integer() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    #[retry(attempts = 3, constant(10ms), jitter = NO_JITTER)]
    async fn constant() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    #[retry(attempts = 4, exponential(10ms, factor = factor), jitter = none)]
    async fn factor(factor: u32) -> Result<u32, Error> {
        Err(Error::Busy)
    }
    assert_eq!(timed(integer()).await.1, ms(20));
    assert_eq!(timed(constant()).await.1, ms(20));
    assert_eq!(timed(factor(3)).await.1, ms(10 + 30 + 90));
}

#[tokio::test(start_paused = true)]
async fn name_overrides_module_and_function_on_any_layer() {
    #[cancellable(name = "a::one")]
    #[with_timeout(5ms, name = "a::two")]
    async fn named(token: CancellationToken) -> Result<u32, Error> {
        pending().await
    }
    #[with_timeout(5ms)]
    async fn r#type() -> Result<u32, Error> {
        pending().await
    }
    assert_eq!(
        stop_of(named(CancellationToken::new()).await).operation(),
        "a::two"
    );
    let cancelled = CancellationToken::new();
    cancelled.cancel();
    assert_eq!(stop_of(named(cancelled).await).operation(), "a::one");
    assert_eq!(
        stop_of(r#type().await).operation(),
        concat!(module_path!(), "::type")
    );
}

mod facade {
    pub(crate) use ::etiquette::*;
}

#[tokio::test(start_paused = true)]
async fn crate_names_a_facade() {
    #[facade::with_timeout(25ms, total, crate = crate::values::facade)]
    #[facade::retry(attempts = 9, constant(10ms), jitter = none)]
    async fn call() -> Result<u32, Error> {
        Err(Error::Busy)
    }
    #[with_timeout(5ms, crate = ::etiquette)]
    async fn absolute() -> Result<u32, Error> {
        pending().await
    }
    assert_eq!(timed(call()).await.1, ms(25));
    assert_eq!(timed(absolute()).await.1, ms(5));
}
