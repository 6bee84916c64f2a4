//! Which errors a fault can make, and what is said of those that it cannot.

use crate::support::Error;
use async_trait::async_trait;
use etiquette::testing::{Injectable, Injected, faults};
use etiquette::{Classify, Stopped, instrument_task, retry, shield};
use futures_util::FutureExt;
use std::fmt;
use std::future::Future;
use std::io;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::rc::Rc;

/// What the call panics with.
async fn panic_of<F: Future>(call: F) -> String {
    let panic = AssertUnwindSafe(call)
        .catch_unwind()
        .await
        .err()
        .expect("a panic");
    panic.downcast_ref::<String>().expect("a text").clone()
}

#[instrument_task]
async fn own() -> Result<u32, Error> {
    Ok(7)
}

#[etiquette::test(paused)]
async fn another_error_is_a_panic_that_names_both() {
    let _down = faults().on("own").fail(|| io::Error::other("busy"));
    let said = panic_of(own()).await;
    assert_eq!(
        said,
        format!(
            "a fault cannot make `{0}::own` fail with a `std::io::error::Error`: it returns \
             `core::result::Result<u32, {1}::Error>`\n\
             help: make exactly that error in `fail(…)`; its type derives `Classify`, or implements `Injectable` or \
             `From<Injected>` of `etiquette::testing`",
            module_path!(),
            std::any::type_name::<Error>().strip_suffix("::Error").unwrap(),
        )
    );
}

#[etiquette::test(paused)]
async fn errors_of_std_need_nothing() {
    #[instrument_task]
    async fn read() -> io::Result<u32> {
        Ok(7)
    }
    #[instrument_task]
    async fn text() -> Result<u32, String> {
        Ok(7)
    }
    let _full = faults()
        .on("read")
        .fail(|| io::Error::from(io::ErrorKind::StorageFull));
    assert_eq!(read().await.unwrap_err().kind(), io::ErrorKind::StorageFull);
    let _text = faults().on("text").fail(|| "broken".to_owned());
    assert_eq!(text().await, Err("broken".to_owned()));
}

#[derive(Debug, PartialEq)]
struct Mine(Rc<str>);

impl Injectable for Mine {}

#[etiquette::test(paused)]
async fn an_error_of_ones_own_needs_a_line() {
    #[instrument_task]
    async fn local() -> Result<u32, Mine> {
        Ok(7)
    }
    let _down = faults().on("local").fail(|| Mine("broken".into()));
    assert_eq!(local().await, Err(Mine("broken".into())));
}

#[derive(Debug)]
struct Any(String);

impl From<Injected> for Any {
    fn from(error: Injected) -> Self {
        Self(error.to_string())
    }
}

#[etiquette::test(paused)]
async fn errors_that_are_made_of_any_are_made_of_an_injected_one() {
    #[retry(attempts = 2, delays(1ms), when = any)]
    async fn chain() -> anyhow::Result<u32> {
        Ok(7)
    }
    #[instrument_task]
    async fn boxed() -> Result<u32, Box<dyn std::error::Error + Send + Sync>> {
        Ok(7)
    }
    #[instrument_task]
    async fn any() -> Result<u32, Any> {
        Ok(7)
    }
    let down = faults()
        .on("chain")
        .fail(|| Injected::new(io::Error::from(io::ErrorKind::ConnectionReset)));
    let error = chain().await.unwrap_err();
    assert_eq!(
        error.root_cause().downcast_ref::<io::Error>().unwrap().kind(),
        io::ErrorKind::ConnectionReset
    );
    assert_eq!(down.strikes(), 2);
    let _down = faults().on("boxed").fail(|| Injected::new("no route"));
    assert_eq!(boxed().await.unwrap_err().to_string(), "no route");
    let _down = faults().on("any").fail(|| Injected::new("no route"));
    assert_eq!(any().await.unwrap_err().0, "no route");
}

#[etiquette::test(paused)]
async fn what_cannot_be_made_can_still_hang() {
    #[instrument_task]
    async fn opaque() -> Result<impl Fn() -> u32, Error> {
        Ok(|| 7)
    }
    #[instrument_task]
    async fn number() -> u32 {
        7
    }
    #[instrument_task]
    async fn forever() -> ! {
        loop {
            tokio::task::yield_now().await;
        }
    }
    for name in ["opaque", "number", "forever"] {
        let _down = faults().on(name).fail(|| Error::Busy);
        let said = match name {
            "opaque" => panic_of(async { drop(opaque().await) }).await,
            "number" => panic_of(number()).await,
            _ => panic_of(async { forever().await }).await,
        };
        let returned = if name == "number" {
            "u32"
        } else {
            "no `Result` that can be named"
        };
        assert!(said.contains(&format!("it returns `{returned}`")), "{said}");
    }
    let _gone = faults().on("number").hang();
    assert!(number().now_or_never().is_none());
    assert_eq!(opaque().await.unwrap()(), 7);
}

/// An error with a parameter and a lifetime, neither of which is `'static`.
#[derive(Debug, Classify)]
#[classify(otherwise = transient)]
#[allow(dead_code, reason = "for its type")]
enum Borrowed<'a, T> {
    Text(&'a str, T),
}

#[instrument_task]
async fn borrowed<'a, T: fmt::Debug>(text: &'a str, value: T) -> Result<&'a str, Borrowed<'a, T>> {
    if text.is_empty() {
        Err(Borrowed::Text(text, value))
    } else {
        Ok(text)
    }
}

#[instrument_task]
async fn passed<T, E>(out: Result<T, E>) -> Result<T, E> {
    out
}

#[instrument_task]
async fn converted<E: From<Stopped> + From<io::Error>>(fails: bool) -> Result<u32, E> {
    if fails {
        Err(io::Error::other("busy").into())
    } else {
        Ok(7)
    }
}

struct Service<E>(Option<E>);

impl<E> Service<E> {
    #[instrument_task]
    async fn call(&mut self) -> Result<u32, E> {
        self.0.take().map_or(Ok(7), Err)
    }
}

#[etiquette::test(paused)]
async fn functions_with_parameters_compile_and_cannot_be_made_to_fail() {
    let local = String::from("local");
    assert_eq!(borrowed(&local, &local).await.unwrap(), "local");
    assert!(borrowed("", &local).await.is_err());
    assert_eq!(passed(Err::<u32, &str>(&local)).await, Err("local"));
    assert!(converted::<anyhow::Error>(true).await.is_err());
    assert_eq!(Service(Some(&local)).call().await, Err(&local));
    let _down = faults().on("passed").fail(|| Error::Busy);
    // Even where it would be the same: what is known where the function is written counts.
    let said = panic_of(passed::<u32, Error>(Ok(7))).await;
    assert!(said.contains("::passed` fail with a"), "{said}");
    let _slow = faults().on("call").first(1).hang();
    let mut service = Service::<&str>(None);
    assert!(service.call().now_or_never().is_none());
    assert_eq!(service.call().await, Ok(7));
}

#[async_trait]
trait Store {
    async fn get(&self, key: &str) -> Result<String, Error>;
}

struct Disk;

#[async_trait]
impl Store for Disk {
    #[retry(attempts = 2, delays(1ms))]
    async fn get(&self, key: &str) -> Result<String, Error> {
        Ok(key.to_owned())
    }
}

#[instrument_task]
fn boxed(key: &str) -> Pin<Box<dyn Future<Output = Result<String, Error>> + Send + '_>> {
    Box::pin(async move { Ok(key.to_owned()) })
}

#[etiquette::test(paused)]
async fn methods_of_async_trait_and_boxed_futures_are_reached() {
    let down = faults().on("get").first(1).fail(|| Error::Busy);
    assert_eq!(Disk.get("a").await, Ok("a".to_owned()));
    assert_eq!(down.calls(), 2);
    let _down = faults().on("boxed").fail(|| Error::Bad);
    assert_eq!(boxed("a").await, Err(Error::Bad));
}

#[test]
fn futures_are_as_portable_as_before() {
    #[shield]
    async fn shielded() -> Result<u32, Error> {
        Ok(7)
    }
    fn portable<T: Send + Sync>(_: T) {}
    portable(own());
    fn sent<T: Send>(_: T) {}
    sent(shielded());
    sent(borrowed("a", 1));
}
