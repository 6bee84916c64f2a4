//! Type and const parameters, `impl Trait` arguments.

use crate::{Error, run, tick};
use etiquette::{cancellable, instrument_task, retry, with_timeout};
use tokio_util::sync::CancellationToken;

// H26
#[instrument_task]
#[cancellable]
#[retry(attempts = 2, clone(t))]
async fn type_parameter<T>(t: T, token: &CancellationToken) -> Result<T, Error>
where
    T: Clone,
{
    let _ = token;
    tick().await;
    Ok(t)
}

// H27
#[retry(attempts = 2)]
async fn const_parameter<T: Copy, const N: usize>(a: [T; N]) -> Result<[T; N], Error> {
    tick().await;
    Ok(a)
}

#[retry(attempts = N)]
async fn const_in_an_option<const N: u32>(count: &mut u32) -> Result<u8, Error> {
    *count += 1;
    Err(Error::Busy)
}

// H28
#[with_timeout(5s)]
async fn nested_impl_trait(i: impl IntoIterator<Item = impl Into<u64>>) -> Result<u64, Error> {
    tick().await;
    Ok(i.into_iter().map(Into::into).sum())
}

// H29
#[retry(attempts = 3)]
async fn closure_of_a_future<F, Fut>(f: F) -> Result<u8, Error>
where
    F: Fn(u8) -> Fut,
    Fut: Future<Output = u8>,
{
    Ok(f(1).await)
}

// H30, H31
trait Job {
    type Output;
    const OUTPUT: Self::Output;

    #[retry(attempts = 2)]
    async fn sized() -> Result<Self::Output, Error>
    where
        Self: Sized,
    {
        tick().await;
        Ok(Self::OUTPUT)
    }
}

struct One;
impl Job for One {
    type Output = u8;
    const OUTPUT: u8 = 1;
}

#[with_timeout(5s)]
async fn attribute_on_a_parameter<#[cfg(any())] T>(#[cfg(any())] t: T, n: u8) -> Result<u8, Error> {
    tick().await;
    Ok(n)
}

#[test]
fn generics_work() {
    run(async {
        let token = CancellationToken::new();
        assert_eq!(type_parameter("x".to_owned(), &token).await.unwrap(), "x");
        assert_eq!(const_parameter([1, 2, 3]).await.unwrap(), [1, 2, 3]);
        let mut count = 0;
        assert!(const_in_an_option::<4>(&mut count).await.is_err());
        assert_eq!(count, 4);
        assert_eq!(nested_impl_trait([1u8, 2]).await.unwrap(), 3);
        assert_eq!(closure_of_a_future(|n| async move { n + 1 }).await.unwrap(), 2);
        assert_eq!(One::sized().await.unwrap(), 1);
        assert_eq!(attribute_on_a_parameter(5).await.unwrap(), 5);
    });
}
