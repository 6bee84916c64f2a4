//! Options that take a function, given something else.

use etiquette::{Stopped, cancellable, retry, with_timeout};
use tokio_util::sync::CancellationToken;

fn is_io() -> fn(&Stopped) -> bool {
    Stopped::is_timeout
}

#[retry(when = is_io())]
async fn call_of_a_function() -> Result<(), Stopped> {
    Ok(())
}

#[retry(on_retry = println!("retrying"))]
async fn statement() -> Result<(), Stopped> {
    Ok(())
}

#[retry(when_result = 5)]
async fn number() -> Result<(), Stopped> {
    Ok(())
}

#[with_timeout(5s, error = Stopped::from(5))]
async fn value() -> Result<(), Stopped> {
    Ok(())
}

#[cancellable(error = "cancelled")]
async fn text(token: CancellationToken) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (call_of_a_function(), statement(), number(), value(), text(CancellationToken::new()));
    let _ = is_io();
}
