//! Return types that are not a plain `Result<T, E>`.

use crate::{Error, run, tick};
use etiquette::{cancellable, instrument_task, retry, with_timeout};
use std::io;
use tokio_util::sync::CancellationToken;

// H67
#[with_timeout(5s, or_return = 0..0)]
async fn opaque(n: u32) -> impl Iterator<Item = u32> {
    tick().await;
    0..n
}

#[instrument_task]
async fn opaque_watched(n: u32) -> impl Iterator<Item = u32> {
    tick().await;
    0..n
}

// H68
#[retry(attempts = 2)]
async fn opaque_inside(n: u32) -> Result<(impl Iterator<Item = u32>, impl Fn(u32) -> u32), Error> {
    tick().await;
    Ok((0..n, move |x| x + n))
}

// H69
#[retry(attempts = 2)]
async fn closure(n: u32) -> Result<impl Fn(u32) -> u32, Error> {
    tick().await;
    Ok(move |x| x + n)
}

// H70
#[instrument_task]
async fn future() -> impl Future<Output = u8> {
    async { 1 }
}

// H71
#[instrument_task]
async fn never(count: &mut u8) -> ! {
    loop {
        *count += 1;
        tick().await;
    }
}

// H72
#[with_timeout(5s)]
async fn alias() -> io::Result<u8> {
    tick().await;
    Ok(1)
}

#[with_timeout(5s)]
#[cancellable(future = tick())]
async fn both_in_io() -> io::Result<u8> {
    std::future::pending().await
}

type Own<T> = Result<T, Error>;

#[retry(attempts = 2)]
async fn own_alias() -> Own<u8> {
    tick().await;
    Ok(1)
}

// H75
macro_rules! returning {
    ($name:ident, $ret:ty, $body:block) => {
        #[instrument_task]
        async fn $name() -> $ret $body
    };
}
returning!(never_fragment, !, { std::future::pending().await });
returning!(type_fragment, Result<u8, Error>, { Ok(1) });

#[cancellable]
async fn worker(token: CancellationToken, count: &mut u32) {
    loop {
        *count += 1;
        tick().await;
    }
}

#[cancellable(or_return = Ok(*count))]
async fn clean_end(token: CancellationToken, count: &mut u32) -> Result<u32, Error> {
    loop {
        *count += 1;
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
}

#[test]
fn every_return_type() {
    run(async {
        assert_eq!(opaque(3).await.count(), 3);
        assert_eq!(opaque_watched(3).await.count(), 3);
        let (iter, add) = opaque_inside(3).await.unwrap();
        assert_eq!((iter.count(), add(1)), (3, 4));
        assert_eq!(closure(3).await.unwrap()(1), 4);
        assert_eq!(future().await.await, 1);
        assert_eq!(alias().await.unwrap(), 1);
        assert_eq!(own_alias().await.unwrap(), 1);
        assert_eq!(type_fragment().await.unwrap(), 1);
        let stopped = both_in_io().await.unwrap_err();
        assert_eq!(stopped.kind(), io::ErrorKind::Other);
        let mut count = 0;
        tokio::select! { biased; _ = never(&mut count) => unreachable!(), () = tick() => {} }
        assert!(count > 0);
        tokio::select! { biased; _ = never_fragment() => unreachable!(), () = tick() => {} }
    });
}

#[test]
fn a_worker_ends() {
    run(async {
        let token = CancellationToken::new();
        let mut count = 0;
        let cancel = async {
            tokio::time::sleep(std::time::Duration::from_millis(9)).await;
            token.cancel();
        };
        let (ended, ()) = tokio::join!(clean_end(token.clone(), &mut count), cancel);
        assert_eq!(ended.unwrap(), 5, "at 0, 2, 4, 6 and 8 ms");
        let mut count = 0;
        worker(token, &mut count).await;
        assert_eq!(count, 0, "already cancelled: the body never starts");
    });
}
