//! `#[circuit_breaker]` on functions of all kinds: what they take, what they return, and what they are written as.

use crate::support::{Error, Runs, ms, sleep, stop_of};
use etiquette::{Stopped, circuit_breaker};
use std::future::Future;
use std::pin::Pin;

type Out = Result<u32, Error>;

const FAIL: Out = Err(Error::Busy);

#[tokio::test(start_paused = true)]
async fn a_refusal_becomes_what_the_options_say() {
    #[circuit_breaker(consecutive = 1, error = |stop| format!("{:?}", stop.retry_after()))]
    async fn mapped() -> Result<(), String> {
        Err("busy".into())
    }
    #[circuit_breaker(consecutive = 1, or_return = Ok(*cached))]
    async fn returned(cached: &u32) -> Out {
        FAIL
    }
    #[circuit_breaker(consecutive = 1, name = "users")]
    async fn named() -> Out {
        FAIL
    }
    #[circuit_breaker(consecutive = 1)]
    async fn any() -> anyhow::Result<()> {
        anyhow::bail!("busy")
    }
    #[circuit_breaker(consecutive = 1)]
    async fn io() -> std::io::Result<()> {
        Err(std::io::ErrorKind::ConnectionRefused.into())
    }
    assert_eq!(mapped().await.unwrap_err(), "busy");
    assert_eq!(mapped().await.unwrap_err(), "Some(30s)");
    assert_eq!((returned(&9).await, returned(&9).await), (FAIL, Ok(9)));
    assert_eq!(named().await, FAIL);
    assert_eq!(stop_of(named().await).operation(), "users");
    assert!(any().await.is_err());
    assert!(
        any()
            .await
            .unwrap_err()
            .downcast_ref::<Stopped>()
            .unwrap()
            .is_refusal()
    );
    assert!(io().await.is_err());
    assert_eq!(io().await.unwrap_err().kind(), std::io::ErrorKind::Other);
}

#[tokio::test(start_paused = true)]
async fn futures_are_send_and_arguments_are_what_they_were() {
    #[circuit_breaker(slow_call = 1s)]
    async fn cell(cell: std::cell::Cell<u32>) -> Out {
        sleep(ms(1)).await;
        cell.set(cell.get() + 1);
        Ok(cell.get())
    }
    #[circuit_breaker]
    async fn once(once: Box<dyn FnOnce() -> u32 + Send>, name: &mut String, list: &[u32]) -> Out {
        sleep(ms(1)).await;
        name.push('!');
        Ok(once() + list[0])
    }
    #[circuit_breaker(key = host.clone())]
    async fn keyed(host: String, (a, mut b): (u32, u32), items: impl IntoIterator<Item = u32> + Send) -> Out {
        b += a;
        let sum: u32 = items.into_iter().sum();
        sleep(ms(1)).await;
        drop(host);
        Ok(sum + b)
    }
    #[circuit_breaker]
    async fn lent<'a>(list: &'a mut Vec<u32>) -> Result<&'a mut u32, Error> {
        list.first_mut().ok_or(Error::Bad)
    }
    #[circuit_breaker]
    async fn opaque(n: u32) -> Result<impl Iterator<Item = u32>, Error> {
        Ok(0..n)
    }
    #[circuit_breaker(consecutive = 1)]
    fn boxed(fails: bool) -> Pin<Box<dyn Future<Output = Out> + Send>> {
        let fails = !fails;
        Box::pin(async move {
            sleep(ms(1)).await;
            if fails { Ok(7) } else { FAIL }
        })
    }
    #[circuit_breaker(consecutive = 1)]
    #[expect(clippy::manual_async_fn, reason = "the shape is what is tested")]
    fn by_hand(runs: &Runs) -> impl Future<Output = Out> + Send {
        async move {
            runs.next();
            FAIL
        }
    }
    fn send<T: Send>(future: T) -> T {
        future
    }
    assert_eq!(send(cell(1.into())).await, Ok(2));
    let mut name = "a".to_owned();
    assert_eq!(send(once(Box::new(|| 7), &mut name, &[1])).await, Ok(8));
    assert_eq!(name, "a!");
    assert_eq!(send(keyed("h".into(), (1, 2), [3])).await, Ok(6));
    let mut list = vec![1];
    *send(lent(&mut list)).await.unwrap() = 5;
    assert_eq!((list[0], send(opaque(3)).await.unwrap().count()), (5, 3));
    assert_eq!((send(boxed(false)).await, boxed(true).await), (Ok(7), FAIL));
    assert!(stop_of(boxed(false).await).is_refusal());
    let runs = Runs::new();
    assert_eq!(send(by_hand(&runs)).await, FAIL);
    assert!(stop_of(by_hand(&runs).await).is_refusal());
    assert_eq!(runs.count(), 1);
}
