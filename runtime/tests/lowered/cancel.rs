//! `#[cancellable]` alone.

use etiquette::__private as P;
use tokio::{
    sync::{oneshot, watch},
    time::{Instant, sleep},
};
use tokio_util::sync::CancellationToken;

use crate::{Error, is_send, ms};

const OP: &str = "lowered::cancel::leave";

#[tokio::test(start_paused = true)]
async fn a_token_by_value_by_reference_and_in_self() {
    struct Worker {
        token: CancellationToken,
        maybe: Option<CancellationToken>,
    }
    impl Worker {
        async fn by_field(&self) -> Result<(), Error> {
            use P::AsCancelSource as _;
            match P::cancellable((self.token).__etq_source(), std::future::pending()).await {
                Ok(__etq_out) => __etq_out,
                Err(__etq_stop) => P::cancelled::<Result<(), Error>>(__etq_stop.of(OP)),
            }
        }
        async fn by_option(&mut self) {
            use P::AsCancelSource as _;
            match P::cancellable((self.maybe).__etq_source(), std::future::pending()).await {
                Ok(__etq_out) => __etq_out,
                Err(__etq_stop) => P::cancelled::<()>(__etq_stop.of(OP)),
            }
        }
    }
    async fn by_value(token: CancellationToken) -> Result<(), Error> {
        use P::AsCancelSource as _;
        match P::cancellable((token).__etq_source(), async { std::future::pending().await }).await {
            Ok(__etq_out) => __etq_out,
            Err(__etq_stop) => P::cancelled::<Result<(), Error>>(__etq_stop.of(OP)),
        }
    }
    let token = CancellationToken::new();
    let mut worker = Worker {
        token: token.clone(),
        maybe: Some(token.clone()),
    };
    let cancel = async {
        sleep(ms(5)).await;
        token.cancel();
    };
    let start = Instant::now();
    let (first, second, ()) =
        is_send(async { tokio::join!(worker.by_field(), by_value(token.clone()), cancel) }).await;
    assert_eq!(start.elapsed(), ms(5));
    let text = "leave was cancelled";
    assert!(matches!(first, Err(Error::Stopped(stop)) if stop.to_string() == text));
    assert!(matches!(second, Err(Error::Stopped(stop)) if stop.is_cancelled()));
    is_send(worker.by_option()).await;
}

#[tokio::test]
async fn receivers_are_borrowed_mutably() {
    async fn listen(mut stop: watch::Receiver<bool>, done: &mut oneshot::Receiver<()>) -> u8 {
        use P::AsCancelSource as _;
        match P::cancellable((stop).__etq_source(), async {
            match P::cancellable((done).__etq_source(), std::future::pending::<u8>()).await {
                Ok(__etq_out) => __etq_out,
                Err(_) => 1,
            }
        })
        .await
        {
            Ok(__etq_out) => __etq_out,
            Err(_) => 2,
        }
    }
    let (keep, stop) = watch::channel(false);
    let (tell, mut done) = oneshot::channel();
    tell.send(()).unwrap();
    assert_eq!(is_send(listen(stop.clone(), &mut done)).await, 1);
    assert_eq!(listen(stop.clone(), &mut done).await, 1, "also ever after");
    keep.send(true).unwrap();
    assert_eq!(listen(stop, &mut done).await, 2, "the outer layer is asked first");
}

#[tokio::test(start_paused = true)]
async fn with_grace_and_on_a_future() {
    async fn graceful(token: &CancellationToken, work: u64) -> Result<u32, Error> {
        use P::AsCancelSource as _;
        match P::cancellable_with_grace((token).__etq_source(), P::limit(Some(ms(10))), async {
            sleep(ms(work)).await;
            Ok(7)
        })
        .await
        {
            Ok(__etq_out) => __etq_out,
            Err(__etq_stop) => P::cancelled::<Result<u32, Error>>(__etq_stop.of(OP)),
        }
    }
    async fn on(work: u64) -> Result<u32, Error> {
        let mut bell = std::pin::pin!(sleep(ms(5)));
        match P::cancellable_on(&mut bell, async {
            sleep(ms(work)).await;
            Ok(7)
        })
        .await
        {
            Ok(__etq_out) => __etq_out,
            Err(__etq_stop) => P::cancelled::<Result<u32, Error>>(__etq_stop.of(OP)),
        }
    }
    async fn on_with_grace(work: u64) -> Result<u32, Error> {
        match P::cancellable_on_with_grace(sleep(ms(5)), P::limit(ms(10)), async {
            sleep(ms(work)).await;
            Ok(7)
        })
        .await
        {
            Ok(__etq_out) => __etq_out,
            Err(__etq_stop) => P::cancelled::<Result<u32, Error>>(__etq_stop.of(OP)),
        }
    }
    let token = CancellationToken::new();
    let child = token.clone();
    tokio::spawn(async move {
        sleep(ms(5)).await;
        child.cancel();
    });
    let start = Instant::now();
    assert_eq!(
        is_send(graceful(&token, 12)).await,
        Ok(7),
        "ends within the grace"
    );
    assert_eq!(start.elapsed(), ms(12));
    assert!(
        graceful(&token, 0).await.is_err(),
        "already cancelled: never begins"
    );
    assert_eq!(on(4).await, Ok(7));
    assert!(is_send(on(6)).await.is_err());
    assert_eq!(on_with_grace(14).await, Ok(7));
    let start = Instant::now();
    assert!(is_send(on_with_grace(16)).await.is_err());
    assert_eq!(start.elapsed(), ms(15));
}
