//! `#[etiquette::defaults]`: which function gets which layer, and where in its stack.

use crate::support::{Error, Runs, ms, secs, sleep, stop_of, timed};
use etiquette::{
    CancellationToken, Stopped, TimeoutKind, cancellable, instrument_task, retry, with_timeout,
    with_timeout as limit,
};
use std::future::pending;

struct Client {
    runs: Runs,
}

#[etiquette::defaults(with_timeout(5s))]
impl Client {
    const N: u32 = { 7 };

    fn new() -> Self {
        Self { runs: Runs::new() }
    }

    async fn slow(&self) -> Result<u32, Error> {
        pending().await
    }

    async fn fast(&self) -> Result<u32, Error> {
        Ok(Self::N)
    }

    #[with_timeout(1s)]
    async fn own(&self) -> Result<u32, Error> {
        pending().await
    }

    #[limit(1s)]
    async fn by_another_name(&self) -> Result<u32, Error> {
        pending().await
    }

    #[with_timeout(none)]
    async fn free(&self) -> Result<u32, Error> {
        sleep(secs(60)).await;
        Ok(1)
    }

    #[with_timeout(none)]
    async fn unit(&self) {
        sleep(secs(60)).await;
    }

    #[retry(attempts = forever, constant(1s), jitter = none, budget = none)]
    async fn again(&self) -> Result<u32, Error> {
        self.runs.next();
        Err(Error::Busy)
    }

    #[retry(attempts = 3, constant(1s), jitter = none)]
    #[with_timeout(2s, attempt)]
    async fn each_attempt(&self) -> Result<u32, Error> {
        self.runs.next();
        pending().await
    }

    #[cancellable]
    async fn leaves(&self, _token: CancellationToken) -> Result<u32, Error> {
        pending().await
    }

    #[tracing::instrument(skip_all)]
    async fn traced(&self) -> Result<u32, Error> {
        pending().await
    }
}

fn timed_out(out: Result<u32, Error>) -> (TimeoutKind, u32) {
    match stop_of(out) {
        Stopped::TimedOut(stop) => (stop.kind, stop.attempts),
        other => panic!("expected a timeout, found {other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_function_without_the_layer_gets_it() {
    let client = Client::new();
    assert_eq!(client.fast().await, Ok(7));
    let (out, elapsed) = timed(client.slow()).await;
    assert_eq!((timed_out(out), elapsed), ((TimeoutKind::Call, 1), secs(5)));
}

#[tokio::test(start_paused = true)]
async fn a_function_that_has_it_keeps_its_own_also_under_another_name() {
    let client = Client::new();
    assert_eq!(timed(client.own()).await.1, secs(1));
    assert_eq!(timed(client.by_another_name()).await.1, secs(1));
}

#[tokio::test(start_paused = true)]
async fn none_opts_out() {
    let client = Client::new();
    assert_eq!(timed(client.free()).await, (Ok(1), secs(60)));
    assert_eq!(timed(client.unit()).await.1, secs(60));
}

#[tokio::test(start_paused = true)]
async fn around_a_retry_it_is_the_total() {
    let client = Client::new();
    let (out, elapsed) = timed(client.again()).await;
    assert_eq!((timed_out(out), elapsed), ((TimeoutKind::Total, 6), secs(5)));
    assert_eq!(client.runs.count(), 6);
}

#[tokio::test(start_paused = true)]
async fn a_limit_for_each_attempt_is_not_the_one_for_the_call() {
    let client = Client::new();
    let (out, elapsed) = timed(client.each_attempt()).await;
    // 2 s, a pause of 1 s, and 2 s of the second attempt: there is no time for a third.
    assert_eq!((timed_out(out), elapsed), ((TimeoutKind::Total, 2), secs(5)));
}

#[tokio::test(start_paused = true)]
async fn it_goes_to_its_place_in_the_recommended_order() {
    let client = Client::new();
    let token = CancellationToken::new();
    token.cancel();
    assert!(stop_of(client.leaves(token).await).is_cancelled());
    assert_eq!(timed(client.leaves(CancellationToken::new())).await.1, secs(5));
}

#[tokio::test(start_paused = true)]
async fn somebody_elses_wrapper_stays_innermost() {
    assert_eq!(timed(Client::new().traced()).await.1, secs(5));
}

#[derive(Debug, PartialEq)]
enum Mapped {
    Stop(Stopped),
}

fn mapped(stop: impl Into<Stopped>) -> Mapped {
    Mapped::Stop(stop.into())
}

#[etiquette::defaults(with_timeout(1s), error = super::mapped)]
mod with_error {
    use super::{CancellationToken, Mapped, cancellable, pending, with_timeout};

    pub(super) async fn added() -> Result<(), Mapped> {
        pending().await
    }

    #[cancellable]
    pub(super) async fn written(_token: CancellationToken) -> Result<(), Mapped> {
        pending().await
    }

    #[with_timeout(2s, or_return = Ok(()))]
    pub(super) async fn its_own() -> Result<(), Mapped> {
        pending().await
    }

    #[cancellable]
    #[with_timeout(none)]
    pub(super) async fn unit(_token: CancellationToken) {
        pending().await
    }
}

use with_error as inside;

#[tokio::test(start_paused = true)]
async fn the_error_is_for_every_stop_that_names_none() {
    let Err(Mapped::Stop(stop)) = inside::added().await else {
        panic!()
    };
    assert!(stop.is_timeout());
    let token = CancellationToken::new();
    token.cancel();
    let Err(Mapped::Stop(stop)) = inside::written(token.clone()).await else {
        panic!()
    };
    assert!(stop.is_cancelled());
    assert_eq!(timed(inside::its_own()).await, (Ok(()), secs(2)));
    inside::unit(token).await;
}

trait Store {
    async fn required(&self) -> Result<u32, Error>;
    async fn provided(&self) -> Result<u32, Error>;
}

mod nested {
    use super::{Client, Error, Store, pending};

    #[etiquette::defaults(with_timeout(3s), instrument_task)]
    mod outer {
        use super::{Client, Error, Store, pending};

        pub(super) trait Provides {
            async fn required(&self) -> Result<u32, Error>;

            async fn provided(&self) -> Result<u32, Error> {
                pending().await
            }
        }

        #[etiquette::defaults(with_timeout(1s))]
        impl Store for Client {
            async fn required(&self) -> Result<u32, Error> {
                pending().await
            }

            async fn provided(&self) -> Result<u32, Error> {
                Provides::provided(self).await
            }
        }

        impl Provides for Client {
            async fn required(&self) -> Result<u32, Error> {
                pending().await
            }
        }
    }

    pub(super) async fn in_trait(client: &Client) -> [Result<u32, Error>; 2] {
        use outer::Provides;
        [Provides::required(client).await, Provides::provided(client).await]
    }
}

#[tokio::test(start_paused = true)]
async fn blocks_may_be_nested_and_the_inner_one_counts() {
    let client = Client::new();
    assert_eq!(timed(Store::required(&client)).await.1, secs(1));
    assert_eq!(timed(Store::provided(&client)).await.1, secs(1));
    assert_eq!(timed(nested::in_trait(&client)).await.1, secs(6));
}

#[async_trait::async_trait]
trait Boxed {
    async fn fetch(&self, name: &str) -> Result<usize, Error>;
}

#[etiquette::defaults(with_timeout(2s))]
#[async_trait::async_trait]
impl Boxed for Client {
    async fn fetch(&self, name: &str) -> Result<usize, Error> {
        sleep(secs(name.len() as u64)).await;
        Ok(name.len())
    }
}

#[async_trait::async_trait]
#[etiquette::defaults(with_timeout(2s))]
impl Boxed for u32 {
    async fn fetch(&self, name: &str) -> Result<usize, Error> {
        sleep(secs(name.len() as u64)).await;
        Ok(name.len())
    }
}

#[tokio::test(start_paused = true)]
async fn it_stands_above_async_trait_or_below() {
    for (name, end) in [("a", secs(1)), ("abc", secs(2))] {
        let (above, elapsed) = timed(Client::new().fetch(name)).await;
        assert_eq!((above.is_ok(), elapsed), (name == "a", end));
        let (below, elapsed) = timed(7_u32.fetch(name)).await;
        assert_eq!((below.is_ok(), elapsed), (name == "a", end));
    }
}

#[etiquette::defaults(with_timeout(10ms))]
mod under_test {
    use super::{instrument_task, ms, sleep};

    #[tokio::test(start_paused = true)]
    #[should_panic(expected = "timed out after 10ms")]
    async fn a_test_gets_them_too_and_its_runner_stays_below() {
        sleep(ms(20)).await;
    }

    #[instrument_task]
    #[tokio::test(start_paused = true)]
    async fn beside_what_it_has() {
        sleep(ms(5)).await;
    }
}
