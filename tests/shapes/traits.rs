//! Methods of traits: native, and under `#[async_trait]`, where our attributes find a boxed future.

use crate::{Error, run, tick};
use async_trait::async_trait;
use etiquette::{cancellable, instrument_task, retry, with_timeout};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

trait Native {
    const K: u8;
    type Item;

    async fn required(&mut self) -> Result<u8, Error>;

    // H105
    #[retry(attempts = 2)]
    async fn default_body(&self) -> Result<u8, Error> {
        tick().await;
        Ok(Self::K)
    }
}

struct Service {
    calls: u32,
    limit: Duration,
    token: CancellationToken,
}

impl Service {
    fn new() -> Self {
        Self {
            calls: 0,
            limit: Duration::from_millis(10),
            token: CancellationToken::new(),
        }
    }
}

impl Native for Service {
    const K: u8 = 3;
    type Item = u8;

    // H7, H104
    #[with_timeout(self.limit, total)]
    #[retry(attempts = 3, constant(1ms), jitter = none)]
    async fn required(&mut self) -> Result<Self::Item, Error> {
        self.calls += 1;
        tick().await;
        if self.calls < 3 {
            Err(Error::Busy)
        } else {
            Ok(Self::K)
        }
    }
}

#[async_trait]
trait Boxed {
    const NAME: &'static str;

    async fn owned(&mut self, s: String, v: Vec<u8>) -> Result<usize, Error>;
    async fn shared(&self, n: &u8) -> Result<(), Error>;
    async fn timed(&mut self, s: String) -> Result<String, Error>;
    async fn cancelled(&mut self, mut s: String) -> Result<String, Error>;
    async fn stacked(&self, id: u64, body: String) -> Result<String, Error>;
    async fn arc(self: Arc<Self>) -> Result<u32, Error>;
    async fn by_value(mut self) -> Result<u32, Error>
    where
        Self: Sized;
    async fn unit(&self);
    async fn generic<T: Clone + Send + 'static>(&self, t: T) -> Result<T, Error>
    where
        Self: Sized;
    async fn lends<'a>(&'a self, (a, b): (u8, &'a str)) -> Result<&'a str, Error>;

    // H113: a default body with an owned argument that every attempt borrows.
    #[retry(attempts = 2)]
    async fn default_body(&self, s: String) -> Result<String, Error>
    where
        Self: Sync,
    {
        if s.is_empty() {
            return Err(Error::Busy);
        }
        tick().await;
        Ok(format!("{s} of {}", Self::NAME))
    }
}

#[async_trait]
impl Boxed for Service {
    const NAME: &'static str = "service";

    #[retry(attempts = 3, clone(v), constant(0s), when = |e| matches!(e, Error::Busy) && self.calls < 9)]
    async fn owned(&mut self, s: String, v: Vec<u8>) -> Result<usize, Error> {
        self.calls += 1;
        let moved: Vec<u8> = v;
        tick().await;
        if self.calls < 3 {
            Err(Error::Busy)?;
        }
        Ok(s.len() + moved.len())
    }

    #[retry(attempts = 3, constant(0s))]
    async fn shared(&self, n: &u8) -> Result<(), Error> {
        if *n > 0 {
            return Err(Error::Busy);
        }
        Ok(())
    }

    #[with_timeout(self.limit)]
    async fn timed(&mut self, s: String) -> Result<String, Error> {
        self.calls += 1;
        tokio::time::sleep(Duration::from_millis(30)).await;
        Ok(s)
    }

    #[cancellable(self.token)]
    async fn cancelled(&mut self, mut s: String) -> Result<String, Error> {
        self.calls += 1;
        s.push('!');
        tick().await;
        Ok(s)
    }

    #[instrument_task(fields(id, calls = self.calls))]
    #[cancellable(self.token)]
    #[with_timeout(5s, total)]
    #[retry(attempts = 2, clone(body), attempt = at, constant(1ms))]
    #[with_timeout(self.limit, attempt)]
    async fn stacked(&self, id: u64, body: String) -> Result<String, Error> {
        tick().await;
        if at.is_last {
            Ok(format!("{id} {body}"))
        } else {
            Err(Error::Busy)
        }
    }

    #[with_timeout(5s)]
    async fn arc(self: Arc<Self>) -> Result<u32, Error> {
        tick().await;
        Ok(self.calls)
    }

    #[with_timeout(5s)]
    async fn by_value(mut self) -> Result<u32, Error> {
        self.calls += 1;
        tick().await;
        Ok(self.calls)
    }

    // H108: async_trait writes another shape for `()`.
    #[cancellable(self.token)]
    async fn unit(&self) {
        tick().await;
    }

    #[retry(attempts = 2, clone(t))]
    async fn generic<T: Clone + Send + 'static>(&self, t: T) -> Result<T, Error> {
        tick().await;
        Ok(t)
    }

    #[with_timeout(5s)]
    async fn lends<'a>(&'a self, (a, b): (u8, &'a str)) -> Result<&'a str, Error> {
        tick().await;
        Ok(&b[usize::from(a)..])
    }
}

// The other position: ours above the whole is for a later attribute; here async_trait with futures that need not be Send.
#[async_trait(?Send)]
trait Local {
    async fn local(&self, s: String) -> Result<usize, Error>;
}

#[async_trait(?Send)]
impl Local for std::rc::Rc<u8> {
    #[with_timeout(5s)]
    async fn local(&self, s: String) -> Result<usize, Error> {
        let held = std::rc::Rc::clone(self);
        tick().await;
        Ok(s.len() + usize::from(*held))
    }
}

#[test]
fn native_methods() {
    run(async {
        let mut service = Service::new();
        assert_eq!(service.required().await.unwrap(), 3);
        assert_eq!(Native::default_body(&service).await.unwrap(), 3);
    });
}

#[test]
fn boxed_methods() {
    run(async {
        let mut service = Service::new();
        assert_eq!(service.owned("abc".into(), vec![1]).await.unwrap(), 4);
        assert_eq!(service.calls, 3);
        assert!(service.shared(&1).await.is_err());
        service.shared(&0).await.unwrap();
        assert!(matches!(service.timed("x".into()).await, Err(Error::Stopped(stop)) if stop.is_timeout()));
        assert_eq!(service.cancelled("x".into()).await.unwrap(), "x!");
        assert_eq!(service.stacked(7, "b".into()).await.unwrap(), "7 b");
        assert_eq!(
            Boxed::default_body(&service, "d".into()).await.unwrap(),
            "d of service"
        );
        service.unit().await;
        assert_eq!(service.generic(5).await.unwrap(), 5);
        assert_eq!(service.lends((1, "abc")).await.unwrap(), "bc");
        service.token.cancel();
        assert!(
            matches!(service.cancelled("x".into()).await, Err(Error::Stopped(stop)) if stop.is_cancelled())
        );
        assert_eq!(Service::new().by_value().await.unwrap(), 1);
        assert_eq!(Arc::new(Service::new()).arc().await.unwrap(), 0);
        assert_eq!(std::rc::Rc::new(1).local("ab".into()).await.unwrap(), 3);
        let dynamic: Box<dyn Local> = Box::new(std::rc::Rc::new(1));
        assert_eq!(dynamic.local("ab".into()).await.unwrap(), 3);
    });
}

#[test]
fn boxed_methods_are_send() {
    run(async {
        let task = tokio::spawn(async move {
            let mut service = Service::new();
            service.owned("abc".into(), vec![]).await.map(|_| ())
        });
        task.await.unwrap().unwrap();
    });
}
