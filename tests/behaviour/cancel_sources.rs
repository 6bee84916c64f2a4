//! What `#[cancellable]` listens to, and how it is held: tokens and futures. Channels are in `cancel_channels`.

use crate::support::{Error, Runs, after, cancelled_after, ms, pending, sleep, stop_of, timed};
use etiquette::cancellable;
use std::future::Future;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

/// The call must be cancelled after exactly 20 ms.
async fn cancelled_at_20<F: Future<Output = Result<u32, Error>>>(call: F) {
    let (out, elapsed) = timed(call).await;
    assert!(stop_of(out).is_cancelled());
    assert_eq!(elapsed, ms(20));
}

fn token() -> CancellationToken {
    cancelled_after(20)
}

#[tokio::test(start_paused = true)]
async fn a_token_owned_or_borrowed_is_found_by_its_type() {
    #[cancellable]
    async fn owned(token: CancellationToken) -> Result<u32, Error> {
        pending().await
    }
    #[cancellable]
    async fn by_path(t: tokio_util::sync::CancellationToken) -> Result<u32, Error> {
        pending().await
    }
    #[cancellable]
    async fn borrowed(_id: u32, token: &CancellationToken) -> Result<u32, Error> {
        pending().await
    }
    #[cancellable]
    async fn exclusive(token: &mut CancellationToken) -> Result<u32, Error> {
        pending().await
    }
    cancelled_at_20(owned(token())).await;
    cancelled_at_20(by_path(token())).await;
    cancelled_at_20(borrowed(1, &token())).await;
    cancelled_at_20(exclusive(&mut token())).await;
}

#[tokio::test(start_paused = true)]
async fn an_owned_token_that_the_body_uses_is_cloned() {
    #[cancellable]
    async fn moves_it(token: CancellationToken) -> Result<u32, Error> {
        drop(token);
        pending().await
    }
    #[cancellable]
    async fn sees_it(token: CancellationToken, seen: &Runs) -> Result<u32, Error> {
        let child = token.child_token();
        let _guard = token.drop_guard();
        child.cancelled().await;
        Ok(seen.next())
    }
    cancelled_at_20(moves_it(token())).await;
    let seen = Runs::default();
    cancelled_at_20(sees_it(token(), &seen)).await;
    assert_eq!(seen.count(), 0);
}

struct Service {
    token: CancellationToken,
    maybe: Option<CancellationToken>,
    runs: u32,
}

impl Service {
    fn new() -> Self {
        Self {
            token: token(),
            maybe: Some(token()),
            runs: 0,
        }
    }

    #[cancellable(self.token)]
    async fn shared(&self) -> Result<u32, Error> {
        pending().await
    }

    #[cancellable(self.token)]
    async fn exclusive(&mut self) -> Result<u32, Error> {
        self.runs += 1;
        pending().await
    }

    #[cancellable(self.token)]
    async fn owned(self) -> Result<u32, Error> {
        drop(self);
        pending().await
    }

    #[cancellable(self.token)]
    async fn boxed(self: Box<Self>) -> Result<u32, Error> {
        drop(self);
        pending().await
    }

    #[cancellable(self.maybe)]
    async fn optional(&self) -> Result<u32, Error> {
        pending().await
    }

    #[cancellable(self.maybe)]
    async fn optional_exclusive(&mut self) -> Result<u32, Error> {
        self.runs += 1;
        pending().await
    }

    #[cancellable(self.token.child_token())]
    async fn any_expression(&self) -> Result<u32, Error> {
        pending().await
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_in_self_whatever_the_receiver() {
    cancelled_at_20(Service::new().shared()).await;
    let mut service = Service::new();
    cancelled_at_20(service.exclusive()).await;
    assert_eq!(service.runs, 1);
    cancelled_at_20(Service::new().owned()).await;
    cancelled_at_20(Box::new(Service::new()).boxed()).await;
    cancelled_at_20(Service::new().optional()).await;
    cancelled_at_20(Service::new().optional_exclusive()).await;
    cancelled_at_20(Service::new().any_expression()).await;
}

#[tokio::test(start_paused = true)]
async fn an_option_cancels_as_what_is_in_it_and_none_never() {
    #[cancellable(token)]
    async fn owned(token: Option<CancellationToken>) -> Result<u32, Error> {
        sleep(ms(50)).await;
        Ok(7)
    }
    #[cancellable(token)]
    async fn of_reference(token: Option<&CancellationToken>) -> Result<u32, Error> {
        sleep(ms(50)).await;
        Ok(7)
    }
    #[cancellable(stop)]
    async fn of_receiver(stop: Option<&mut oneshot::Receiver<()>>) -> Result<u32, Error> {
        sleep(ms(50)).await;
        Ok(7)
    }
    cancelled_at_20(owned(Some(token()))).await;
    cancelled_at_20(of_reference(Some(&token()))).await;
    let (sender, mut receiver) = oneshot::channel();
    after(ms(20), move || sender.send(()).unwrap());
    cancelled_at_20(of_receiver(Some(&mut receiver))).await;
    assert_eq!(timed(owned(None)).await, (Ok(7), ms(50)));
    assert_eq!(timed(of_reference(None)).await, (Ok(7), ms(50)));
    assert_eq!(timed(of_receiver(None)).await, (Ok(7), ms(50)));
}

#[tokio::test(start_paused = true)]
async fn a_future_by_value_cancels_when_it_is_ready() {
    #[cancellable(future = sleep(limit))]
    async fn from_arguments(limit: Duration) -> Result<u32, Error> {
        pending().await
    }
    #[cancellable(future = async { sleep(ms(5)).await; sleep(ms(15)).await; "any output" })]
    async fn a_block() -> Result<u32, Error> {
        pending().await
    }
    #[cancellable(future = stop)]
    async fn an_argument(stop: impl Future<Output = ()>) -> Result<u32, Error> {
        pending().await
    }
    cancelled_at_20(from_arguments(ms(20))).await;
    cancelled_at_20(a_block()).await;
    cancelled_at_20(an_argument(sleep(ms(20)))).await;
}

#[tokio::test(start_paused = true)]
async fn a_future_behind_a_reference_goes_on_waiting_across_calls() {
    #[cancellable(future = stop)]
    async fn call<F: Future + Unpin>(stop: &mut F, wait: u64) -> Result<u32, Error> {
        sleep(ms(wait)).await;
        Ok(7)
    }
    let mut stop = Box::pin(sleep(ms(50)));
    assert_eq!(call(&mut stop, 30).await, Ok(7));
    cancelled_at_20(call(&mut stop, 30)).await;
}

#[tokio::test(start_paused = true)]
async fn a_future_that_is_ready_already_means_the_body_never_starts() {
    #[cancellable(future = std::future::ready(()))]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        Ok(runs.next())
    }
    let runs = Runs::default();
    assert!(stop_of(call(&runs).await).is_cancelled());
    assert_eq!(runs.count(), 0);
}
