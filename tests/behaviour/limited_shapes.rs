//! Both limits on every shape of function: receivers, arguments, generics, traits, boxed futures; and all of them `Send`.

use crate::support::{Error, ms, sleep, stop_of};
use etiquette::{ConcurrencyLimit, RateLimit, Stopped, concurrency_limit, rate_limit};
use std::cell::Cell;
use std::fmt::Display;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

fn send<F: Future + Send>(future: F) -> F {
    future
}

struct Client {
    places: ConcurrencyLimit,
    rate: RateLimit,
    calls: u32,
}

impl Client {
    fn new() -> Self {
        Self {
            places: ConcurrencyLimit::new(1),
            rate: RateLimit::new(100, ms(1_000)),
            calls: 0,
        }
    }

    #[rate_limit(limiter = self.rate, wait = none)]
    #[concurrency_limit(semaphore = self.places, wait = none)]
    async fn shared(&self) -> Result<&ConcurrencyLimit, Error> {
        sleep(ms(1)).await;
        Ok(&self.places)
    }

    #[rate_limit(100, per = 1s, wait = 1s)]
    #[concurrency_limit(2, wait = 1s)]
    async fn exclusive(&mut self) -> Result<&mut u32, Error> {
        self.calls += 1;
        sleep(ms(1)).await;
        Ok(&mut self.calls)
    }

    #[rate_limit(100, per = 1s, key = self.calls, wait = 1s)]
    #[concurrency_limit(2, key = self.calls, wait = 1s)]
    async fn owned(mut self, by: u32) -> Result<Self, Error> {
        self.calls += by;
        sleep(ms(1)).await;
        Ok(self)
    }

    #[rate_limit(100, per = 1s, key = self.calls, wait = 1s)]
    #[concurrency_limit(2, key = Arc::as_ptr(&self).addr(), wait = 1s)]
    async fn counted(self: Arc<Self>) -> Result<u32, Error> {
        sleep(ms(1)).await;
        Ok(self.calls)
    }

    #[rate_limit(100, per = 1s, wait = none)]
    #[concurrency_limit(2, wait = none)]
    async fn boxed(mut self: Box<Self>) -> Result<u32, Error> {
        self.calls += 1;
        Ok(self.calls)
    }
}

#[tokio::test(start_paused = true)]
async fn every_receiver() {
    let mut client = Client::new();
    let (a, b) = tokio::join!(biased; send(client.shared()), client.shared());
    assert_eq!(a.unwrap().limit(), 1);
    assert!(stop_of(b.map(drop)).is_refusal());
    *send(client.exclusive()).await.unwrap() += 1;
    assert_eq!(client.calls, 2);
    let client = send(client.owned(3)).await.unwrap();
    assert_eq!(client.calls, 5);
    let client = Arc::new(client);
    assert_eq!(send(client.clone().counted()).await, Ok(5));
    let client = Arc::into_inner(client).unwrap();
    assert_eq!(send(Box::new(client).boxed()).await, Ok(6));
}

#[tokio::test(start_paused = true)]
#[allow(clippy::too_many_arguments, reason = "one of each kind")]
async fn every_kind_of_argument() {
    #[rate_limit(100, per = 1s, wait = 1s)]
    #[concurrency_limit(2, wait = 1s)]
    async fn call<'a, const N: usize>(
        moved: String,
        mut changed: u32,
        borrowed: &'a str,
        exclusive: &mut Vec<u32>,
        (left, _): (u32, u32),
        array: [u8; N],
        not_sync: Cell<u32>,
        shown: impl Display + Send,
    ) -> Result<(String, &'a str), Error> {
        changed += left;
        exclusive.push(changed + not_sync.get());
        sleep(ms(1)).await;
        not_sync.set(N as u32);
        let shown = shown.to_string();
        Ok((format!("{moved}{shown}{}", array.len()), borrowed))
    }
    let mut list = Vec::new();
    let text = String::from("b");
    let out = send(call(
        "a".into(),
        1,
        &text,
        &mut list,
        (2, 0),
        [0; 3],
        Cell::new(4),
        'c',
    ))
    .await;
    assert_eq!(out, Ok(("ac3".to_owned(), "b")));
    assert_eq!(list, [7]);
}

#[tokio::test(start_paused = true)]
async fn generics_and_what_they_return() {
    #[rate_limit(100, per = 1s, wait = none)]
    #[concurrency_limit(2, wait = none)]
    async fn apply<T, F, U>(value: T, f: F) -> Result<impl Iterator<Item = U>, Stopped>
    where
        F: AsyncFnOnce(T) -> U,
    {
        Ok([f(value).await].into_iter())
    }
    #[rate_limit(100, per = 1s, wait = none, or_return = None)]
    #[concurrency_limit(2, wait = none, or_return = None)]
    async fn borrow<'a>(list: &'a [String], at: &usize) -> Option<&'a str> {
        Some(list.get(*at)?)
    }
    let out: Vec<u32> = apply("abc", async |text: &str| text.len() as u32)
        .await
        .unwrap()
        .collect();
    assert_eq!(out, [3]);
    // One that is not `Send` need not be.
    let local = Rc::new(5);
    assert_eq!(
        apply(local, async |local: Rc<u32>| *local).await.unwrap().next(),
        Some(5)
    );
    let list = ["a".to_owned()];
    assert_eq!(
        (borrow(&list, &0).await, borrow(&list, &1).await),
        (Some("a"), None)
    );
}

trait Store {
    fn places(&self) -> &ConcurrencyLimit;

    /// A default body's static would be one for all implementors: this is each one's own.
    #[allow(async_fn_in_trait, reason = "a test")]
    #[concurrency_limit(semaphore = self.places(), wait = none)]
    async fn load(&self) -> Result<usize, Error> {
        sleep(ms(1)).await;
        Ok(self.places().in_use())
    }

    #[allow(async_fn_in_trait, reason = "a test")]
    #[concurrency_limit(1, wait = none)]
    async fn shared_by_all(&self) -> Result<(), Error> {
        sleep(ms(1)).await;
        Ok(())
    }
}

struct A(ConcurrencyLimit);
struct B(ConcurrencyLimit);

impl Store for A {
    fn places(&self) -> &ConcurrencyLimit {
        &self.0
    }
}

impl Store for B {
    fn places(&self) -> &ConcurrencyLimit {
        &self.0
    }
}

#[tokio::test(start_paused = true)]
async fn methods_of_traits() {
    let (a, b) = (A(ConcurrencyLimit::new(1)), B(ConcurrencyLimit::new(1)));
    let (first, second, other) = tokio::join!(biased; a.load(), a.load(), b.load());
    assert_eq!((first, other), (Ok(1), Ok(1)));
    assert!(stop_of(second.map(drop)).is_refusal());
    let (first, second) = tokio::join!(biased; a.shared_by_all(), b.shared_by_all());
    assert!(first.is_ok() && second.is_err());
}

#[async_trait::async_trait]
trait Remote: Send + Sync {
    async fn get(&self, key: String) -> Result<String, Error>;
    async fn put(&mut self, key: &str) -> Result<(), Error>;
}

struct Remotes {
    places: ConcurrencyLimit,
    rate: Arc<RateLimit>,
    keys: Vec<String>,
}

#[async_trait::async_trait]
impl Remote for Remotes {
    #[rate_limit(limiter = self.rate, wait = none)]
    #[concurrency_limit(semaphore = self.places, wait = none)]
    async fn get(&self, key: String) -> Result<String, Error> {
        sleep(ms(1)).await;
        Ok(key + &self.keys.len().to_string())
    }

    #[rate_limit(limiter = self.rate.clone(), wait = none)]
    async fn put(&mut self, key: &str) -> Result<(), Error> {
        self.keys.push(key.to_owned());
        Ok(())
    }
}

#[concurrency_limit(1, wait = none)]
fn pinned(text: &str) -> Pin<Box<dyn Future<Output = Result<usize, Error>> + Send + '_>> {
    Box::pin(async move {
        sleep(ms(1)).await;
        Ok(text.len())
    })
}

#[allow(clippy::manual_async_fn, reason = "the shape that is tried")]
#[rate_limit(1, per = 1m, key = text, wait = none)]
fn returned(text: &str) -> impl Future<Output = Result<usize, Error>> + Send {
    async move { Ok(text.len()) }
}

#[tokio::test(start_paused = true)]
async fn boxed_and_returned_futures() {
    let mut remote: Box<dyn Remote> = Box::new(Remotes {
        places: ConcurrencyLimit::new(1),
        rate: Arc::new(RateLimit::new(2, ms(60_000))),
        keys: Vec::new(),
    });
    let (a, b, c) =
        tokio::join!(biased; remote.get("a".into()), remote.get("b".into()), remote.get("c".into()));
    assert_eq!(a, Ok("a0".to_owned()));
    assert_eq!(stop_of(b).to_string(), "get was refused: at capacity");
    assert!(stop_of(c).retry_after().is_some());
    assert!(stop_of(remote.put("d").await).is_refusal());
    let (a, b) = tokio::join!(biased; pinned("abc"), pinned("abc"));
    assert!(a == Ok(3) && stop_of(b).is_refusal());
    assert_eq!(returned("ab").await, Ok(2));
    assert!(stop_of(returned("ab").await).is_refusal());
    assert_eq!(returned("abc").await, Ok(3));
}
