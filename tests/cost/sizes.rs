//! Bytes of a future, for a body that holds 1 KiB across an await. Ceilings, pinned: a change that breaks one has to say
//! what it buys.

use crate::Error;
use etiquette::{cancellable, instrument_task, retry, with_timeout};
use tokio_util::sync::CancellationToken;

type Argument = [u8; 1024];

async fn tick(bytes: &Argument) {
    tokio::task::yield_now().await;
    std::hint::black_box(bytes);
}

async fn plain(b: Argument) -> Result<u8, Error> {
    tick(&b).await;
    Ok(b[0])
}

#[with_timeout(5s)]
async fn timed(b: Argument) -> Result<u8, Error> {
    tick(&b).await;
    Ok(b[0])
}

#[cancellable]
async fn cancelled(token: &CancellationToken, b: Argument) -> Result<u8, Error> {
    tick(&b).await;
    Ok(b[0])
}

#[retry]
async fn retried(b: Argument) -> Result<u8, Error> {
    tick(&b).await;
    Ok(b[0])
}

#[instrument_task]
async fn watched(b: Argument) -> Result<u8, Error> {
    tick(&b).await;
    Ok(b[0])
}

#[instrument_task]
#[cancellable]
#[with_timeout(30s, total)]
#[retry]
#[with_timeout(5s, attempt)]
async fn stacked(token: &CancellationToken, b: Argument) -> Result<u8, Error> {
    tick(&b).await;
    Ok(b[0])
}

/// What people write for the same, without the budget, the classes and the span's outcome.
async fn hand_written(token: &CancellationToken, b: Argument) -> Result<u8, Error> {
    use tracing::Instrument;
    let work = async {
        let mut attempt = 1;
        loop {
            let limited = tokio::time::timeout(std::time::Duration::from_secs(5), async {
                tick(&b).await;
                Ok(b[0])
            });
            let out = match limited.await {
                Ok(out) => out,
                Err(_) => Err(timed_out()),
            };
            if attempt == 3 || out.is_ok() {
                break out;
            }
            drop(out);
            tokio::time::sleep(std::time::Duration::from_millis(100 << attempt)).await;
            attempt += 1;
        }
    };
    let limited = async {
        match tokio::time::timeout(std::time::Duration::from_secs(30), work).await {
            Ok(out) => out,
            Err(_) => Err(timed_out()),
        }
    };
    let cancellable = async {
        tokio::select! {
            biased;
            () = token.cancelled() => Err(etiquette::Cancelled::new("hand_written").into()),
            out = limited => out,
        }
    };
    cancellable
        .instrument(tracing::info_span!("hand_written"))
        .await
        .map_err(|stopped: etiquette::Stopped| stopped.into())
}

fn timed_out() -> etiquette::Stopped {
    etiquette::TimedOut::new("hand_written", None).into()
}

// H102, H120, H122
#[test]
fn one_layer_adds_little() {
    let token = CancellationToken::new();
    let b = [0; 1024];
    let body = size_of_val(&plain(b));
    let rows = [
        ("with_timeout", size_of_val(&timed(b))),
        ("cancellable", size_of_val(&cancelled(&token, b))),
        ("retry", size_of_val(&retried(b))),
        ("instrument_task", size_of_val(&watched(b))),
    ];
    println!("plain {body}, {rows:?}");
    for (name, size) in rows {
        assert!(size <= body + 160, "{name}: {size} bytes, the body has {body}");
    }
}

// H121
#[test]
fn the_stack_is_smaller_than_by_hand() {
    let token = CancellationToken::new();
    let b = [0; 1024];
    let body = size_of_val(&plain(b));
    let (ours, hand) = (
        size_of_val(&stacked(&token, b)) - body,
        size_of_val(&hand_written(&token, b)) - body,
    );
    println!("overhead of the full stack: {ours} bytes, by hand {hand}");
    assert!(ours * 10 <= hand * 8, "{ours} bytes against {hand} by hand");
}
