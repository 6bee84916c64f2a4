//! What is wrong in a body is reported in the body, whatever stands above the function.

use etiquette::{Stopped, cancellable, instrument_task, retry, with_timeout};
use tokio_util::sync::CancellationToken;

#[with_timeout(5s)]
async fn tail() -> Result<u32, Stopped> {
    "three"
}

#[retry]
async fn early_return(n: u32) -> Result<u32, Stopped> {
    if n == 0 {
        return "zero";
    }
    Ok(n)
}

#[instrument_task]
async fn stray_semicolon() -> Result<u32, Stopped> {
    Ok(3);
}

#[cancellable]
async fn question_mark(token: CancellationToken) -> Result<u32, Stopped> {
    Ok("3".parse::<u32>()?)
}

#[instrument_task]
#[cancellable]
#[with_timeout(30s, total)]
#[retry]
#[with_timeout(2s, attempt)]
async fn under_all(token: CancellationToken) -> Result<u32, Stopped> {
    let n: u32 = "three";
    Ok(n)
}

fn main() {
    let new = CancellationToken::new;
    let _ = (tail(), early_return(1), stray_semicolon(), question_mark(new()), under_all(new()));
}

// H63, H64, H65
