//! A future under our attributes is `Send` when the plain one is.

use crate::{Error, tick};
use etiquette::{cancellable, instrument_task, retry, with_timeout};
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

// H117: what is not `Send` works all the same.
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
}

#[test]
fn local_futures_run() {
    crate::run(async {
        assert_eq!(local(Rc::new(3)).await.unwrap(), 3);
        assert_eq!(retried(Box::new(|| ()), Cell::new(0)).await.unwrap(), 3);
    });
}
