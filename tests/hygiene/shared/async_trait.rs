//! Every attribute on methods under `#[async_trait]` (H107 to H109, H113): every receiver, owned arguments, retry, both
//! of the shapes that it gives to bodies.

use async_trait::async_trait;
use etiquette::{cancellable, instrument_task, retry, with_timeout, Class, Classify, Stopped};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

#[derive(Debug, PartialEq)]
enum Error {
    Stopped(Stopped),
    Busy,
}

impl Classify for Error {
    fn class(&self) -> Class {
        match self {
            Self::Stopped(stopped) => stopped.class(),
            Self::Busy => Class::Transient,
        }
    }
}

impl From<Stopped> for Error {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped)
    }
}

type Answer<T = u32> = Result<T, Error>;

#[async_trait]
trait Receivers: Sized {
    async fn none(n: u32) -> Answer;
    async fn shared(&self) -> Answer;
    async fn exclusive(&mut self) -> Answer;
    async fn value(self) -> Answer<Self>;
    async fn value_mut(mut self, by: u32) -> Answer<Self>;
    async fn boxed(self: Box<Self>) -> Answer;
    async fn arc(self: Arc<Self>) -> Answer;
    async fn pinned(self: Pin<&mut Self>) -> Answer
    where
        Self: 'async_trait;
}

#[async_trait]
trait Arguments {
    const STEP: u32;

    async fn owned(&mut self, text: String, list: Vec<u32>) -> Answer<usize>;
    async fn cloned(&mut self, text: String, list: Vec<u32>) -> Answer<usize>;
    async fn changed(&self, mut list: Vec<u32>) -> Answer<Vec<u32>>;
    async fn borrowed<'a>(&'a self, text: &'a str, other: &str) -> Answer<&'a str>;
    async fn patterns(&self, ab: (u32, u32), cd: [u32; 2], e: u32) -> Answer;
    async fn generic<T: Clone + Send + Sync + 'static>(
        &self,
        t: T,
        f: impl Fn(T) -> u32 + Send + Sync,
    ) -> Answer
    where
        Self: Sized;
    async fn unit(&self, list: Vec<u32>);
    async fn nothing_fails(&mut self, n: u32) -> u32;
    async fn everything(&self, token: CancellationToken, id: u32, body: String) -> Answer<String>;

    #[retry(attempts = 2, constant(0s))]
    async fn default_body(&self, text: String) -> Answer<usize>
    where
        Self: Sync,
    {
        tick().await;
        if text.is_empty() {
            return Err(Error::Busy);
        }
        Ok(text.len() + Self::STEP as usize)
    }

    #[with_timeout(5s)]
    async fn default_of_nothing(&self) -> Answer<()> {
        Ok(())
    }
}

struct Service {
    calls: u32,
    token: CancellationToken,
    limit: Duration,
}

async fn tick() {
    tokio::task::yield_now().await;
}

#[async_trait]
impl Receivers for Service {
    #[with_timeout(5s, total)]
    #[retry(attempts = 2, attempt = at, constant(0s))]
    async fn none(n: u32) -> Answer {
        tick().await;
        if at.is_last {
            Ok(n)
        } else {
            Err(Error::Busy)
        }
    }

    #[instrument_task(fields(calls = self.calls))]
    #[cancellable(self.token)]
    #[retry(attempts = self.calls, constant(0s))]
    async fn shared(&self) -> Answer {
        tick().await;
        Ok(self.calls)
    }

    #[instrument_task]
    #[cancellable(self.token)]
    #[with_timeout(self.limit, total)]
    #[retry(attempts = 3, constant(0s), when = |e| *e == Error::Busy && self.calls < 9)]
    #[with_timeout(self.limit, attempt)]
    async fn exclusive(&mut self) -> Answer {
        self.calls += 1;
        tick().await;
        if self.calls < 3 {
            Err(Error::Busy)?;
        }
        Ok(self.calls)
    }

    #[cancellable(self.token)]
    async fn value(self) -> Answer<Self> {
        tick().await;
        Ok(self)
    }

    #[with_timeout(self.limit)]
    async fn value_mut(mut self, by: u32) -> Answer<Self> {
        self.calls += by;
        tick().await;
        Ok(self)
    }

    #[retry(attempts = 2)]
    async fn boxed(self: Box<Self>) -> Answer {
        tick().await;
        Ok(self.calls)
    }

    #[retry(attempts = 2)]
    #[with_timeout(5s, attempt)]
    async fn arc(self: Arc<Self>) -> Answer {
        tick().await;
        Ok(self.calls)
    }

    #[with_timeout(5s)]
    async fn pinned(self: Pin<&mut Self>) -> Answer
    where
        Self: 'async_trait,
    {
        tick().await;
        Ok(self.get_mut().calls)
    }
}

#[async_trait]
impl Arguments for Service {
    const STEP: u32 = 2;

    // What every attempt borrows needs no word.
    #[retry(attempts = 3, constant(0s))]
    async fn owned(&mut self, text: String, list: Vec<u32>) -> Answer<usize> {
        self.calls += 1;
        tick().await;
        if self.calls < 3 {
            return Err(Error::Busy);
        }
        Ok(text.len() + list.len())
    }

    #[retry(attempts = 3, constant(0s), clone(text, list))]
    async fn cloned(&mut self, text: String, list: Vec<u32>) -> Answer<usize> {
        let moved = (text, list);
        self.calls += 1;
        tick().await;
        if self.calls < 3 {
            return Err(Error::Busy);
        }
        Ok(moved.0.len() + moved.1.len())
    }

    #[retry(attempts = 3, constant(0s), clone(list), attempt = at)]
    async fn changed(&self, mut list: Vec<u32>) -> Answer<Vec<u32>> {
        list.push(at.number);
        tick().await;
        if at.is_last {
            Ok(list)
        } else {
            Err(Error::Busy)
        }
    }

    #[with_timeout(5s)]
    async fn borrowed<'a>(&'a self, text: &'a str, other: &str) -> Answer<&'a str> {
        tick().await;
        Ok(&text[other.len()..])
    }

    #[with_timeout(5s)]
    async fn patterns(&self, (a, mut b): (u32, u32), [c, _]: [u32; 2], _: u32) -> Answer {
        b += self.calls;
        tick().await;
        Ok(a + b + c)
    }

    #[instrument_task]
    #[retry(attempts = 2, clone(t))]
    async fn generic<T: Clone + Send + Sync + 'static>(
        &self,
        t: T,
        f: impl Fn(T) -> u32 + Send + Sync,
    ) -> Answer {
        let moved = t;
        tick().await;
        Ok(f(moved))
    }

    #[instrument_task]
    #[cancellable(self.token)]
    async fn unit(&self, list: Vec<u32>) {
        if list.is_empty() {
            return;
        }
        tick().await;
    }

    #[with_timeout(self.limit, or_return = self.calls)]
    async fn nothing_fails(&mut self, n: u32) -> u32 {
        self.calls += n;
        tick().await;
        std::future::pending::<()>().await;
        n
    }

    #[instrument_task(fields(id, calls = self.calls))]
    #[cancellable]
    #[with_timeout(5s, total)]
    #[retry(attempts = 2, clone(body), attempt = at, constant(0s), on_retry = |r| assert_eq!(r.attempt, 1))]
    #[with_timeout(self.limit, attempt)]
    async fn everything(&self, token: CancellationToken, id: u32, body: String) -> Answer<String> {
        let _child = token.child_token();
        tick().await;
        if at.is_last {
            Ok(format!("{id} {body}"))
        } else {
            Err(Error::Busy)
        }
    }
}

#[async_trait(?Send)]
trait Local {
    async fn local(&self, text: String) -> Answer<usize>;
}

#[async_trait(?Send)]
impl Local for Rc<u32> {
    #[with_timeout(5s, total)]
    #[retry(attempts = 2)]
    async fn local(&self, text: String) -> Answer<usize> {
        let held = Rc::clone(self);
        tick().await;
        Ok(text.len() + *held as usize)
    }
}

fn service() -> Service {
    Service {
        calls: 1,
        token: CancellationToken::new(),
        limit: Duration::from_millis(20),
    }
}

fn run<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    runtime.expect("a runtime").block_on(future)
}

#[test]
fn every_receiver() {
    run(async {
        let mut service = service();
        assert_eq!(Service::none(1).await, Ok(1));
        assert_eq!(service.shared().await, Ok(1));
        assert_eq!(service.exclusive().await, Ok(3));
        assert_eq!(Pin::new(&mut service).pinned().await, Ok(3));
        let service = service.value().await.and_then(|service| Ok(service.value_mut(2)));
        let service = service.expect("no stop").await.expect("no stop");
        assert_eq!(service.calls, 5);
        let service = Arc::new(service);
        assert_eq!(Arc::clone(&service).arc().await, Ok(5));
        let service = Arc::into_inner(service).expect("the last one");
        assert_eq!(Box::new(service).boxed().await, Ok(5));
    });
}

#[test]
fn every_argument() {
    run(async {
        let mut one = service();
        assert_eq!(one.owned("ab".into(), vec![1]).await, Ok(3));
        assert_eq!(one.calls, 3);
        let mut two = service();
        assert_eq!(two.cloned("ab".into(), vec![1]).await, Ok(3));
        assert_eq!(
            two.changed(vec![]).await,
            Ok(vec![3]),
            "each attempt had a list of its own"
        );
        assert_eq!(two.borrowed("abc", "x").await, Ok("bc"));
        assert_eq!(two.patterns((1, 2), [3, 4], 5).await, Ok(9));
        assert_eq!(two.generic("abc", |t| t.len() as u32).await, Ok(3));
        two.unit(vec![1]).await;
        assert_eq!(
            two.everything(CancellationToken::new(), 7, "b".into()).await,
            Ok("7 b".into())
        );
        assert_eq!(two.default_body("ab".into()).await, Ok(4));
        assert_eq!(two.default_body(String::new()).await, Err(Error::Busy));
        assert_eq!(two.default_of_nothing().await, Ok(()));
        // Waits for real: 20 ms of a clock that the crate cannot pause.
        assert_eq!(two.nothing_fails(3).await, 6);
        assert_eq!(Rc::new(1).local("ab".into()).await, Ok(3));
    });
}

#[test]
fn a_cancelled_call_never_starts() {
    run(async {
        let mut service = service();
        service.token.cancel();
        let stopped = service.exclusive().await;
        assert!(matches!(stopped, Err(Error::Stopped(stopped)) if stopped.is_cancelled()));
        assert_eq!(service.calls, 1);
    });
}

#[test]
fn futures_are_send() {
    run(async {
        let call = async { service().owned("a".into(), vec![]).await };
        assert_eq!(tokio::spawn(call).await.expect("no panic"), Ok(1));
        let call = async {
            service()
                .everything(CancellationToken::new(), 1, "x".into())
                .await
        };
        assert_eq!(tokio::spawn(call).await.expect("no panic"), Ok("1 x".into()));
    });
}
