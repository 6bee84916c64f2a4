//! The layers that limit, refuse, replace and move a call, on methods under `#[async_trait]`: states of `self`'s own,
//! what a body owns when it runs elsewhere, retry above all of them.

use async_trait::async_trait;
use etiquette::{
    blocking, cancellable, circuit_breaker, concurrency_limit, fallback, hedge, instrument_task, rate_limit,
    retry, shield, with_timeout, CircuitBreaker, ConcurrencyLimit, RateLimit, Stopped, TimedOut,
};
use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

type Answer<T = u32> = Result<T, Stopped>;

fn busy() -> Stopped {
    TimedOut::new("busy", None).into()
}

#[async_trait]
trait Limited {
    const PLACES: usize;

    async fn own_states(&self, fail: bool) -> Answer;
    async fn handles(&mut self, by: u32) -> Answer;
    async fn by_key(&self, tenant: &str, list: Vec<u32>) -> Answer;
    async fn hedged(&self, text: String, other: &str) -> Answer<usize>;
    async fn replaced(&mut self, n: u32) -> Answer;
    async fn shielded(self: Arc<Self>, text: String) -> Answer<usize>;
    async fn on_a_thread(self: Arc<Self>, text: String) -> Answer<usize>;
    async fn retried_elsewhere(&self, text: String) -> Answer<usize>;
    async fn recommended(&self, token: CancellationToken, id: u32, body: String) -> Answer<String>;

    #[fallback(Ok(0))]
    #[circuit_breaker]
    #[concurrency_limit(4, wait = none)]
    async fn default_body(&self, text: String) -> Answer<usize>
    where
        Self: Sync,
    {
        tick().await;
        if text.is_empty() {
            return Err(busy());
        }
        Ok(text.len() + Self::PLACES)
    }
}

struct Service {
    breaker: Arc<CircuitBreaker>,
    places: ConcurrencyLimit,
    limiter: RateLimit,
    calls: AtomicU32,
}

async fn tick() {
    tokio::task::yield_now().await;
}

#[async_trait]
impl Limited for Service {
    const PLACES: usize = 2;

    #[circuit_breaker(state = self.breaker)]
    #[rate_limit(limiter = self.limiter, wait = none)]
    #[concurrency_limit(semaphore = self.places, wait = none)]
    async fn own_states(&self, fail: bool) -> Answer {
        tick().await;
        if fail {
            return Err(busy());
        }
        Ok(self.places.in_use() as u32)
    }

    #[circuit_breaker(state = self.breaker.clone(), when = |error| error.is_timeout())]
    async fn handles(&mut self, by: u32) -> Answer {
        *self.calls.get_mut() += by;
        tick().await;
        Ok(*self.calls.get_mut())
    }

    #[retry(attempts = 2, clone(list))]
    #[circuit_breaker(key = tenant)]
    #[concurrency_limit(2, key = (tenant, list.len()), wait = 1s)]
    #[rate_limit(2, per = 1h, key = tenant, wait = none)]
    async fn by_key(&self, tenant: &str, list: Vec<u32>) -> Answer {
        let moved = list;
        tick().await;
        Ok(moved[0] + tenant.len() as u32)
    }

    #[hedge(after = 50ms, attempts = 3, clone(text))]
    #[with_timeout(5s)]
    async fn hedged(&self, text: String, other: &str) -> Answer<usize> {
        let moved = text;
        tick().await;
        if self.calls.fetch_add(1, SeqCst) < 2 {
            return Err(busy());
        }
        Ok(moved.len() + other.len())
    }

    #[fallback(with = |error| {
        tick().await;
        if error.is_timeout() { Ok(n + self.calls.load(SeqCst)) } else { Err(error) }
    })]
    async fn replaced(&mut self, n: u32) -> Answer {
        *self.calls.get_mut() += n;
        tick().await;
        Err(busy())
    }

    #[with_timeout(5s)]
    #[shield]
    async fn shielded(self: Arc<Self>, text: String) -> Answer<usize> {
        tick().await;
        Ok(text.into_bytes().len() + self.calls.fetch_add(1, SeqCst) as usize)
    }

    #[with_timeout(5s)]
    #[blocking(limit = 1)]
    async fn on_a_thread(self: Arc<Self>, text: String) -> Answer<usize> {
        Ok(text.into_bytes().len() + self.calls.fetch_add(1, SeqCst) as usize)
    }

    #[retry(clone(text))]
    #[with_timeout(5s, attempt)]
    #[shield]
    #[blocking]
    async fn retried_elsewhere(&self, text: String) -> Answer<usize> {
        Ok(text.into_bytes().len())
    }

    #[instrument_task(fields(id))]
    #[cancellable]
    #[fallback(Ok(String::new()))]
    #[with_timeout(3s, total)]
    #[retry(attempts = 2, clone(body), attempt = at, constant(0s))]
    #[circuit_breaker(slow_call = 300ms)]
    #[rate_limit(100, per = 1s)]
    #[with_timeout(500ms, attempt)]
    #[concurrency_limit(16)]
    async fn recommended(&self, token: CancellationToken, id: u32, body: String) -> Answer<String> {
        let _child = token.child_token();
        tick().await;
        if at.is_last {
            Ok(format!("{id} {body}"))
        } else {
            Err(busy())
        }
    }
}

#[async_trait(?Send)]
trait Local {
    async fn local(&self, text: String) -> Answer<usize>;
}

#[async_trait(?Send)]
impl Local for Rc<Cell<u32>> {
    #[fallback(Ok(0))]
    #[hedge(after = 50ms)]
    #[concurrency_limit(1, wait = 1s)]
    async fn local(&self, text: String) -> Answer<usize> {
        let held = Rc::clone(self);
        tick().await;
        held.set(held.get() + 1);
        Ok(text.len() + held.get() as usize)
    }
}

fn service() -> Service {
    Service {
        breaker: Arc::new(CircuitBreaker::new().consecutive(1)),
        places: ConcurrencyLimit::new(1),
        limiter: RateLimit::new(3, Duration::from_secs(3_600)),
        calls: AtomicU32::new(0),
    }
}

fn run<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    runtime.expect("a runtime").block_on(future)
}

#[test]
fn states_of_its_own() {
    run(async {
        let mut service = service();
        assert_eq!(service.own_states(false).await, Ok(1));
        assert_eq!(service.handles(2).await, Ok(2));
        assert_eq!(service.own_states(true).await, Err(busy()));
        for _ in 0..2 {
            let refused = service.own_states(false).await;
            assert!(refused.is_err_and(|stopped| stopped.is_refusal()), "the breaker");
        }
        assert!(service.handles(2).await.is_err_and(|stopped| stopped.is_refusal()));
        assert_eq!(service.limiter.tokens(), 1);
        assert_eq!(service.by_key("ab", vec![1]).await, Ok(3));
        assert_eq!(service.by_key("ab", vec![2]).await, Ok(4));
        assert!(service.by_key("ab", vec![2]).await.is_err(), "the rate");
        assert_eq!(service.by_key("abc", vec![2]).await, Ok(5));
    });
}

#[test]
fn every_other_layer() {
    run(async {
        let mut service = service();
        assert_eq!(service.hedged("ab".into(), "c").await, Ok(3));
        assert_eq!(service.calls.load(SeqCst), 3, "one after another, as each failed");
        assert_eq!(service.replaced(4).await, Ok(11));
        assert_eq!(service.default_body("ab".into()).await, Ok(4));
        assert_eq!(service.default_body(String::new()).await, Ok(0));
        let token = CancellationToken::new();
        assert_eq!(service.recommended(token, 7, "b".into()).await, Ok("7 b".into()));
        assert_eq!(service.retried_elsewhere("ab".into()).await, Ok(2));
        let service = Arc::new(service);
        assert_eq!(Arc::clone(&service).shielded("ab".into()).await, Ok(9));
        assert_eq!(service.on_a_thread("ab".into()).await, Ok(10));
        assert_eq!(Rc::new(Cell::new(1)).local("ab".into()).await, Ok(4));
    });
}

#[test]
fn futures_are_send() {
    run(async {
        let call = async { service().own_states(false).await };
        assert_eq!(tokio::spawn(call).await.expect("no panic"), Ok(1));
        let call = async { service().by_key("a", vec![1]).await };
        assert_eq!(tokio::spawn(call).await.expect("no panic"), Ok(2));
        let call = async { service().hedged("a".into(), "b").await };
        assert_eq!(tokio::spawn(call).await.expect("no panic"), Ok(2));
        let call = async { service().replaced(1).await };
        assert_eq!(tokio::spawn(call).await.expect("no panic"), Ok(2));
        let call = async {
            service()
                .recommended(CancellationToken::new(), 1, "x".into())
                .await
        };
        assert_eq!(tokio::spawn(call).await.expect("no panic"), Ok("1 x".into()));
    });
}
