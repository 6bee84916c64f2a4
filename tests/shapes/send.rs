//! A future under our attributes is `Send` when the plain one is.

use crate::{Error, tick};
use etiquette::{
    cancellable, circuit_breaker, concurrency_limit, fallback, hedge, instrument_task, rate_limit, retry,
    with_timeout,
};
use std::cell::Cell;
use std::rc::Rc;
use tokio_util::sync::CancellationToken;

type Callback = Box<dyn Fn() + Send>;

fn is_send<T: Send>(_: T) {}

// H165: `Send` and not `Sync`, held by reference across an await.
#[with_timeout(5s)]
async fn timed(callback: Callback, cell: Cell<u8>) -> Result<u8, Error> {
    tick().await;
    callback();
    cell.set(2);
    tick().await;
    Ok(cell.get())
}

#[cancellable]
async fn cancelled(token: CancellationToken, callback: Callback) -> Result<u8, Error> {
    tick().await;
    callback();
    let child = token.child_token();
    tick().await;
    drop(child);
    Ok(1)
}

#[retry(attempts = 3)]
async fn retried(callback: Callback, cell: Cell<u8>) -> Result<u8, Error> {
    tick().await;
    callback();
    cell.set(cell.get() + 1);
    tick().await;
    if cell.get() < 3 {
        Err(Error::Busy)
    } else {
        Ok(cell.get())
    }
}

#[instrument_task(fields(n))]
#[cancellable(self_token)]
#[with_timeout(30s, total)]
#[retry(attempts = 3, clone(text), attempt = at, on_retry = |retry| assert!(retry.attempt > 0))]
#[with_timeout(5s, attempt)]
async fn stacked(
    self_token: &CancellationToken,
    cell: &mut Cell<u8>,
    n: u8,
    text: String,
    callback: Callback,
) -> Result<String, Error> {
    tick().await;
    cell.set(n);
    callback();
    tick().await;
    if at.is_last { Ok(text) } else { Err(Error::Busy) }
}

#[circuit_breaker(slow_call = 1s)]
async fn guarded(callback: Callback, cell: Cell<u8>) -> Result<u8, Error> {
    tick().await;
    callback();
    cell.set(2);
    tick().await;
    Ok(cell.get())
}

#[concurrency_limit(16, wait = 1s, queue = 2)]
#[concurrency_limit(16, wait = 1s, key = n)]
async fn placed(callback: Callback, cell: &mut Cell<u8>, n: u8) -> Result<u8, Error> {
    tick().await;
    callback();
    cell.set(n);
    tick().await;
    Ok(cell.get())
}

#[rate_limit(100, per = 1s, wait = 1s)]
#[rate_limit(100, per = 1s, wait = 1s, key = n)]
async fn paced(callback: Callback, cell: Cell<u8>, n: u8) -> Result<u8, Error> {
    tick().await;
    callback();
    cell.set(n);
    tick().await;
    Ok(cell.get())
}

// What the closure holds while it waits is the error alone.
#[fallback(with = |error| { tick().await; Err(error) })]
async fn replaced(callback: Callback, cell: Cell<u8>) -> Result<u8, Error> {
    tick().await;
    callback();
    cell.set(2);
    tick().await;
    Err(Error::Busy)
}

// Two runs at once share what they use, so all of it has to be `Sync`, also what each gets a clone of.
#[hedge(after = 50ms, clone(list))]
#[with_timeout(5s)]
async fn hedged(text: &str, list: Vec<u8>, callback: Box<dyn Fn() + Send + Sync>) -> Result<usize, Error> {
    let moved = list;
    tick().await;
    callback();
    tick().await;
    Ok(text.len() + moved.len())
}

#[instrument_task(fields(n))]
#[cancellable(self_token)]
#[fallback(Ok(String::new()))]
#[with_timeout(30s, total)]
#[retry(attempts = 3, clone(text), attempt = at)]
#[circuit_breaker]
#[rate_limit(100, per = 1s)]
#[with_timeout(5s, attempt)]
#[concurrency_limit(16)]
async fn recommended(
    self_token: &CancellationToken,
    cell: &mut Cell<u8>,
    n: u8,
    text: String,
    callback: Callback,
) -> Result<String, Error> {
    tick().await;
    cell.set(n);
    callback();
    tick().await;
    if at.is_last { Ok(text) } else { Err(Error::Busy) }
}

struct Service {
    cell: Cell<u8>,
    token: CancellationToken,
}

impl Service {
    #[cancellable(self.token)]
    #[retry(attempts = 3)]
    async fn exclusive(&mut self) -> Result<u8, Error> {
        tick().await;
        self.cell.set(self.cell.get() + 1);
        tick().await;
        Ok(self.cell.get())
    }

    #[with_timeout(5s)]
    async fn owned(self) -> Result<u8, Error> {
        tick().await;
        self.cell.set(1);
        tick().await;
        Ok(self.cell.get())
    }
}

// An error that cannot cross threads is gone before the pause.
#[derive(Debug)]
struct NotSend(Rc<u8>);

#[retry(attempts = 3, when = |e| *e.0 > 0)]
async fn error_is_not_send(n: u8) -> Result<u8, NotSend> {
    if n == 0 { Err(NotSend(Rc::new(1))) } else { Ok(n) }
}

// It is gone before the value is waited for, too.
#[fallback({ tick().await; Ok(n) })]
#[circuit_breaker]
#[concurrency_limit(16, wait = none)]
async fn error_is_not_send_and_is_replaced(n: u8) -> Result<u8, NotSend> {
    tick().await;
    if n == 0 { Err(NotSend(Rc::new(1))) } else { Ok(n) }
}

impl From<etiquette::Stopped> for NotSend {
    fn from(_: etiquette::Stopped) -> Self {
        Self(Rc::new(0))
    }
}

// H117: what is not `Send` works all the same.
#[fallback(Ok(0))]
#[hedge(after = 50ms)]
#[circuit_breaker]
#[rate_limit(100, per = 1s, wait = 1s)]
#[concurrency_limit(16, wait = 1s)]
async fn local_and_limited(rc: Rc<u8>) -> Result<u8, Error> {
    tick().await;
    Ok(*rc)
}

#[instrument_task]
#[with_timeout(5s)]
async fn local(rc: Rc<u8>) -> Result<u8, Error> {
    tick().await;
    Ok(*rc)
}

#[test]
fn futures_are_send() {
    let token = CancellationToken::new();
    let mut cell = Cell::new(0);
    let callback = || -> Callback { Box::new(|| ()) };
    is_send(timed(callback(), Cell::new(1)));
    is_send(cancelled(token.clone(), callback()));
    is_send(retried(callback(), Cell::new(0)));
    is_send(stacked(&token, &mut cell, 1, String::new(), callback()));
    let mut service = Service {
        cell: Cell::new(1),
        token,
    };
    is_send(service.exclusive());
    is_send(service.owned());
    is_send(error_is_not_send(1));
    is_send(guarded(callback(), Cell::new(1)));
    is_send(placed(callback(), &mut cell, 1));
    is_send(paced(callback(), Cell::new(1), 1));
    is_send(replaced(callback(), Cell::new(1)));
    is_send(hedged("ab", vec![1], Box::new(|| ())));
    is_send(error_is_not_send_and_is_replaced(1));
    let token = CancellationToken::new();
    is_send(recommended(&token, &mut cell, 1, String::new(), callback()));
}

#[test]
fn local_futures_run() {
    crate::run(async {
        assert_eq!(local(Rc::new(3)).await.unwrap(), 3);
        assert_eq!(local_and_limited(Rc::new(4)).await.unwrap(), 4);
        assert_eq!(hedged("ab", vec![1, 2], Box::new(|| ())).await.unwrap(), 4);
        assert_eq!(error_is_not_send_and_is_replaced(0).await.unwrap(), 0);
        assert!(replaced(Box::new(|| ()), Cell::new(1)).await.is_err());
        assert_eq!(retried(Box::new(|| ()), Cell::new(0)).await.unwrap(), 3);
    });
}
