//! Arguments and receivers that are `Send` but not `Sync` cost a function nothing.

use crate::support::{Error, ms, sleep};
use etiquette::{cancellable, instrument_task, retry, with_timeout};
use std::cell::Cell;
use tokio_util::sync::CancellationToken;

fn send<T: Send>(_: T) {}

/// Each layer, and all of them, around a body that holds an argument across an await.
macro_rules! under_every_layer {
    ($argument:ty, |$name:ident| $use:expr) => {{
        #[cancellable(future = std::future::pending::<()>())]
        async fn cancellable($name: $argument) -> Result<u32, Error> {
            sleep(ms(1)).await;
            $use;
            sleep(ms(1)).await;
            Ok(7)
        }
        #[with_timeout(5s)]
        async fn with_timeout($name: $argument) -> Result<u32, Error> {
            sleep(ms(1)).await;
            $use;
            sleep(ms(1)).await;
            Ok(7)
        }
        #[retry]
        async fn retry($name: $argument) -> Result<u32, Error> {
            sleep(ms(1)).await;
            $use;
            sleep(ms(1)).await;
            Ok(7)
        }
        #[instrument_task]
        async fn instrument_task($name: $argument) -> Result<u32, Error> {
            sleep(ms(1)).await;
            $use;
            sleep(ms(1)).await;
            Ok(7)
        }
        #[instrument_task]
        #[cancellable(future = std::future::pending::<()>())]
        #[with_timeout(5s, total)]
        #[retry]
        #[instrument_task]
        #[with_timeout(1s, attempt)]
        async fn all($name: $argument) -> Result<u32, Error> {
            sleep(ms(1)).await;
            $use;
            sleep(ms(1)).await;
            Ok(7)
        }
        |make: fn() -> $argument| {
            send(cancellable(make()));
            send(with_timeout(make()));
            send(retry(make()));
            send(instrument_task(make()));
            send(all(make()));
        }
    }};
}

#[test]
fn arguments_that_are_send_but_not_sync() {
    under_every_layer!(Cell<u32>, |cell| cell.set(cell.get() + 1))(|| Cell::new(1));
    under_every_layer!(Box<dyn Fn() + Send>, |call| call())(|| Box::new(|| ()));
    under_every_layer!(std::sync::mpsc::Receiver<u8>, |receiver| receiver
        .try_recv()
        .unwrap_or(1))(|| std::sync::mpsc::channel().1);
}

#[test]
fn arguments_that_are_send_but_not_sync_and_moved_by_the_body() {
    #[cancellable(future = std::future::pending::<()>())]
    #[with_timeout(5s)]
    async fn call(once: Box<dyn FnOnce() -> u32 + Send>) -> Result<u32, Error> {
        sleep(ms(1)).await;
        Ok(once())
    }
    #[retry(clone(cell))]
    async fn cloned(cell: Cell<u32>) -> Result<u32, Error> {
        sleep(ms(1)).await;
        Ok(cell.into_inner())
    }
    send(call(Box::new(|| 7)));
    send(cloned(Cell::new(7)));
}

struct Service {
    cell: Cell<u32>,
    token: CancellationToken,
}

impl Service {
    #[cancellable(self.token)]
    #[retry]
    async fn exclusive(&mut self) -> Result<u32, Error> {
        sleep(ms(1)).await;
        self.cell.set(1);
        sleep(ms(1)).await;
        Ok(7)
    }

    #[cancellable(self.token)]
    #[with_timeout(5s)]
    async fn owned(self) -> Result<u32, Error> {
        sleep(ms(1)).await;
        self.cell.set(1);
        sleep(ms(1)).await;
        Ok(self.cell.get())
    }
}

#[test]
fn receivers_that_are_send_but_not_sync() {
    let new = || Service {
        cell: Cell::new(0),
        token: CancellationToken::new(),
    };
    send(new().exclusive());
    send(new().owned());
}
