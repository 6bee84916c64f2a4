//! `#[fallback]` on the functions that there are, and what the layers above see of it.

use crate::recorder::Recorder;
use crate::support::{Error, ms, pending, sleep};
use etiquette::{fallback, instrument_task, retry, with_timeout};
use std::io;
use std::pin::Pin;
use std::sync::Arc;

struct Client(u32);

trait Ask {
    const ELSE: u32;

    async fn ask(&self) -> Result<u32, Error>;

    #[fallback(Ok(Self::ELSE))]
    async fn ask_all(&self) -> Result<u32, Error> {
        self.ask().await
    }
}

impl Ask for Client {
    const ELSE: u32 = 7;

    #[fallback(if self.0 > 5 { Ok(self.0) } else { Err(Error::Bad) })]
    async fn ask(&self) -> Result<u32, Error> {
        Err(Error::Busy)
    }
}

impl Client {
    #[fallback(Ok(&mut self.0))]
    async fn exclusive(&mut self) -> Result<&mut u32, Error> {
        Err(Error::Busy)
    }

    #[fallback(Ok(self.0))]
    async fn shared(self: Arc<Self>) -> Result<u32, Error> {
        Err(Error::Busy)
    }

    #[fallback(Ok(self.0))]
    async fn owned(mut self) -> Result<u32, Error> {
        self.0 += 1;
        Err(Error::Busy)
    }
}

#[tokio::test(start_paused = true)]
async fn on_methods() {
    assert_eq!(
        (Client(6).ask().await, Client(1).ask().await),
        (Ok(6), Err(Error::Bad))
    );
    assert_eq!(Client(1).ask_all().await, Ok(7));
    assert_eq!(Client(3).exclusive().await, Ok(&mut 3));
    assert_eq!(Arc::new(Client(3)).shared().await, Ok(3));
    assert_eq!(Client(3).owned().await, Ok(4));
}

#[async_trait::async_trait]
trait Boxed {
    async fn get(&mut self, key: String) -> Result<String, Error>;
    async fn wait(&self, n: u32) -> Result<u32, Error>;
}

#[async_trait::async_trait]
impl Boxed for Client {
    #[fallback(Ok(format!("{} {}", self.0, key)))]
    async fn get(&mut self, key: String) -> Result<String, Error> {
        self.0 += u32::from(key.is_empty());
        Err(Error::Busy)
    }

    #[with_timeout(1s)]
    #[fallback(with = |error| { sleep(ms(5)).await; if error == Error::Busy { Ok(self.0 + n) } else { Err(error) } })]
    async fn wait(&self, n: u32) -> Result<u32, Error> {
        Err(Error::Busy)
    }
}

#[tokio::test(start_paused = true)]
async fn on_boxed_futures() {
    #[fallback(Ok(n + 1))]
    fn boxed(n: u32) -> Pin<Box<dyn Future<Output = Result<u32, Error>> + Send>> {
        Box::pin(async move { if n > 1 { Ok(n) } else { Err(Error::Busy) } })
    }
    assert_eq!((boxed(1).await, boxed(5).await), (Ok(2), Ok(5)));
    assert_eq!(Client(3).get("k".into()).await, Ok("3 k".into()));
    assert_eq!(Client(3).wait(4).await, Ok(7));
}

#[tokio::test(start_paused = true)]
async fn on_results_of_every_spelling() {
    #[fallback(Ok(7))]
    async fn alias() -> io::Result<u32> {
        Err(io::ErrorKind::NotFound.into())
    }
    #[fallback(with = |error| Err(error.context("after the fallback")))]
    async fn anyhow() -> anyhow::Result<()> {
        anyhow::bail!("first")
    }
    #[fallback(Err(Error::Bad))]
    async fn opaque(n: u32) -> Result<impl Iterator<Item = u32>, Error> {
        if n > 0 { Ok(0..n) } else { Err(Error::Busy) }
    }
    #[fallback(Ok(T::default()))]
    async fn generic<T: Default, E>(out: Result<T, E>) -> Result<T, E> {
        out
    }
    assert_eq!(alias().await.unwrap(), 7);
    assert_eq!(
        format!("{:#}", anyhow().await.unwrap_err()),
        "after the fallback: first"
    );
    assert_eq!(opaque(3).await.map(Iterator::count), Ok(3));
    assert_eq!(opaque(0).await.map(Iterator::count), Err(Error::Bad));
    assert_eq!(generic::<u32, ()>(Err(())).await, Ok(0));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_has_an_answer_is_ok() {
    #[instrument_task]
    #[fallback(if found { Ok(7) } else { Err(Error::Bad) })]
    #[with_timeout(50ms)]
    async fn call(found: bool) -> Result<u32, Error> {
        pending().await
    }
    for (found, outcome) in [(true, "ok"), (false, "error")] {
        let recorder = Recorder::install();
        assert_eq!(call(found).await.is_ok(), found);
        assert_eq!(recorder.span().outcome(), outcome);
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_not_replaced_is_what_it_was() {
    #[instrument_task]
    #[fallback(Ok(7), when = |_| false)]
    #[with_timeout(50ms)]
    async fn call() -> Result<u32, Error> {
        pending().await
    }
    let recorder = Recorder::install();
    assert!(call().await.is_err());
    assert_eq!(recorder.span().outcome(), "timed_out");
}

#[tokio::test(start_paused = true)]
async fn an_argument_that_each_attempt_has_a_clone_of_is_still_there() {
    #[fallback(Ok(n))]
    #[retry(attempts = 2, constant(0s), budget = none, clone(text))]
    async fn call(text: String, n: usize) -> Result<usize, Error> {
        drop(text);
        Err(Error::Busy)
    }
    assert_eq!(call("abc".into(), 3).await, Ok(3));
}
