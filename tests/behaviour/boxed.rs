//! Functions that are async without saying so: `#[async_trait]` in either order, `Box::pin(async move …)`, `impl Future`.

use crate::support::{Counted, Error, Runs, cancelled_after, ms, pending, sleep, stop_of, timed};
use async_trait::async_trait;
use etiquette::{cancellable, instrument_task, retry, with_timeout};
use std::future::Future;
use std::pin::Pin;
use tokio_util::sync::CancellationToken;

#[async_trait]
trait Store {
    async fn save(&mut self, key: String, held: Counted) -> Result<usize, Error>;

    /// A default body has its layers too.
    #[with_timeout(5ms)]
    async fn load(&self) -> Result<usize, Error> {
        pending().await
    }
}

struct Disk {
    token: CancellationToken,
    runs: u32,
}

impl Disk {
    fn new(token: CancellationToken) -> Self {
        Self { token, runs: 0 }
    }
}

#[async_trait]
impl Store for Disk {
    #[instrument_task(fields(runs = self.runs))]
    #[cancellable(self.token)]
    #[with_timeout(1s, total)]
    #[retry(attempts = 3, constant(10ms), jitter = none, clone(key, held), attempt = at)]
    #[with_timeout(30ms, attempt)]
    async fn save(&mut self, key: String, held: Counted) -> Result<usize, Error> {
        let _inside = held;
        self.runs += 1;
        sleep(ms(if at.number == 1 { 31 } else { 5 })).await;
        if at.is_last {
            Ok(key.len() + self.runs as usize)
        } else {
            Err(Error::Busy)
        }
    }
}

#[tokio::test(start_paused = true)]
async fn async_trait_runs_the_same_stack() {
    let (mut disk, held) = (Disk::new(CancellationToken::new()), Counted::default());
    let (out, elapsed) = timed(disk.save("key".into(), held.clone())).await;
    assert_eq!(
        (out, elapsed, held.others()),
        (Ok(6), ms(30 + 10 + 5 + 10 + 5), 0)
    );
    let mut disk = Disk::new(cancelled_after(42));
    let (out, elapsed) = timed(disk.save("key".into(), held.clone())).await;
    assert!(stop_of(out).is_cancelled());
    assert_eq!((elapsed, disk.runs, held.others()), (ms(42), 2, 0));
    assert_eq!(timed(disk.load()).await.1, ms(5));
}

/// A function as `#[async_trait]` has rewritten it.
mod rewritten {
    use super::{Error, Runs, ms, retry, sleep, with_timeout};
    use std::future::Future;
    use std::pin::Pin;

    #[with_timeout(100ms, total)]
    #[retry(attempts = 3, constant(10ms), jitter = none)]
    pub(super) fn save<'a>(runs: &'a Runs) -> Pin<Box<dyn Future<Output = Result<u32, Error>> + Send + 'a>> {
        Box::pin(async move {
            let runs = runs;
            let __ret: Result<u32, Error> = {
                sleep(ms(5)).await;
                if runs.next() == 3 { Ok(3) } else { Err(Error::Busy) }
            };
            __ret
        })
    }
}

#[tokio::test(start_paused = true)]
async fn what_async_trait_writes_is_recognised() {
    assert_eq!(timed(rewritten::save(&Runs::default())).await, (Ok(3), ms(35)));
}

#[with_timeout(12ms)]
fn by_hand(wait: u64) -> Pin<Box<dyn Future<Output = Result<u32, Error>> + Send>> {
    let wait = wait * 2;
    Box::pin(async move {
        sleep(ms(wait)).await;
        Ok(7)
    })
}

#[retry(attempts = 3, constant(10ms), jitter = none)]
#[expect(clippy::manual_async_fn, reason = "the shape is what is tested")]
fn opaque(runs: &Runs) -> impl Future<Output = Result<u32, Error>> + Send {
    async move {
        match runs.next() {
            3 => Ok(3),
            _ => Err(Error::Busy),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn futures_written_by_hand_have_the_same_layers() {
    assert_eq!(timed(by_hand(6)).await, (Ok(7), ms(12)));
    let (out, elapsed) = timed(by_hand(7)).await;
    assert!(stop_of(out).is_timeout());
    assert_eq!(elapsed, ms(12));
    assert_eq!(timed(opaque(&Runs::default())).await, (Ok(3), ms(20)));
}
