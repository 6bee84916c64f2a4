//! Bytes of a future, for a body that holds 1 KiB across an await. Ceilings, pinned: a change that breaks one has to say
//! what it buys.

use crate::Error;
use etiquette::{
    blocking, cancellable, circuit_breaker, concurrency_limit, fallback, hedge, instrument_task, rate_limit,
    retry, shield, with_timeout,
};
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

#[circuit_breaker]
async fn guarded(b: Argument) -> Result<u8, Error> {
    tick(&b).await;
    Ok(b[0])
}

#[circuit_breaker(key = b[0])]
async fn guarded_by_key(b: Argument) -> Result<u8, Error> {
    tick(&b).await;
    Ok(b[0])
}

#[concurrency_limit(16, wait = 1s)]
async fn one_of_sixteen(b: Argument) -> Result<u8, Error> {
    tick(&b).await;
    Ok(b[0])
}

async fn one_of_sixteen_by_hand(b: Argument) -> Result<u8, Error> {
    static PLACES: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(16);
    match tokio::time::timeout(std::time::Duration::from_secs(1), PLACES.acquire()).await {
        Ok(_place) => {
            tick(&b).await;
            Ok(b[0])
        }
        Err(_) => Err(timed_out().into()),
    }
}

async fn one_of_a_hundred_by_hand(b: Argument) -> Result<u8, Error> {
    static NEXT: std::sync::Mutex<Option<tokio::time::Instant>> = std::sync::Mutex::new(None);
    let turn = {
        let mut next = NEXT.lock().unwrap();
        let turn = next.unwrap_or_else(tokio::time::Instant::now);
        *next = Some(turn + std::time::Duration::from_millis(10));
        turn
    };
    tokio::time::sleep_until(turn).await;
    tick(&b).await;
    Ok(b[0])
}

async fn hedged_by_hand(b: Argument) -> Result<u8, Error> {
    let run = || async {
        tick(&b).await;
        Ok(b[0])
    };
    let mut first = std::pin::pin!(run());
    let after = std::pin::pin!(tokio::time::sleep(std::time::Duration::from_millis(50)));
    tokio::select! {
        biased;
        out = &mut first => return out,
        () = after => {}
    }
    tokio::select! {
        biased;
        out = first => out,
        out = run() => out,
    }
}

#[rate_limit(100, per = 1s, wait = 1s)]
async fn one_of_a_hundred(b: Argument) -> Result<u8, Error> {
    tick(&b).await;
    Ok(b[0])
}

#[fallback(Ok(0))]
async fn replaced(b: Argument) -> Result<u8, Error> {
    tick(&b).await;
    Ok(b[0])
}

#[hedge(after = 50ms)]
async fn hedged(b: Argument) -> Result<u8, Error> {
    tick(&b).await;
    Ok(b[0])
}

#[shield]
async fn shielded(b: Argument) -> Result<u8, Error> {
    tick(&b).await;
    Ok(b[0])
}

#[blocking]
async fn on_a_thread(b: Argument) -> Result<u8, Error> {
    Ok(b[0])
}

#[instrument_task]
#[cancellable]
#[fallback(Ok(0))]
#[with_timeout(30s, total)]
#[retry]
#[circuit_breaker]
#[rate_limit(100, per = 1s)]
#[with_timeout(5s, attempt)]
#[concurrency_limit(16)]
async fn recommended(token: &CancellationToken, b: Argument) -> Result<u8, Error> {
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

/// What people write for the recommended stack: the same, and counters, a semaphore and a limiter by hand.
async fn recommended_by_hand(token: &CancellationToken, b: Argument) -> Result<u8, Error> {
    use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
    use tokio::time::{Duration, Instant, sleep_until, timeout};
    use tracing::Instrument;

    static FAILURES: AtomicU32 = AtomicU32::new(0);
    static NEXT: tokio::sync::Mutex<Option<Instant>> = tokio::sync::Mutex::const_new(None);
    static PLACES: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(16);

    let work = async {
        let mut attempt = 1;
        loop {
            let out = if FAILURES.load(Relaxed) > 5 {
                Err(etiquette::CircuitOpen::new("by_hand", None).into())
            } else {
                let turn = {
                    let mut next = NEXT.lock().await;
                    let turn = next.unwrap_or_else(Instant::now);
                    *next = Some(turn + Duration::from_millis(10));
                    turn
                };
                sleep_until(turn).await;
                let limited = timeout(Duration::from_secs(5), async {
                    let _place = PLACES.acquire().await;
                    tick(&b).await;
                    Ok(b[0])
                });
                match limited.await {
                    Ok(out) => out,
                    Err(_) => Err(timed_out()),
                }
            };
            if attempt == 3 || out.is_ok() {
                break out;
            }
            FAILURES.fetch_add(1, Relaxed);
            drop(out);
            tokio::time::sleep(Duration::from_millis(100 << attempt)).await;
            attempt += 1;
        }
    };
    let limited = async {
        match timeout(Duration::from_secs(30), work).await {
            Ok(out) => out,
            Err(_) => Err(timed_out()),
        }
    };
    let cancellable = async {
        tokio::select! {
            biased;
            () = token.cancelled() => Err(etiquette::Cancelled::new("by_hand").into()),
            out = limited => out.or(Ok(0)),
        }
    };
    cancellable
        .instrument(tracing::info_span!("by_hand"))
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
        ("circuit_breaker", size_of_val(&guarded(b))),
        ("circuit_breaker, keyed", size_of_val(&guarded_by_key(b))),
        ("concurrency_limit", size_of_val(&one_of_sixteen(b))),
        ("rate_limit", size_of_val(&one_of_a_hundred(b))),
        ("fallback", size_of_val(&replaced(b))),
        ("shield", size_of_val(&shielded(b))),
        ("blocking", size_of_val(&on_a_thread(b))),
    ];
    println!("plain {body}, {rows:?}");
    for (name, size) in rows {
        assert!(size <= body + 160, "{name}: {size} bytes, the body has {body}");
    }
}

// Whoever waits for its turn allocates the room for that, so that a call that need not wait does not carry it.
#[test]
fn a_limit_is_smaller_than_by_hand() {
    let b = [0; 1024];
    let rows = [
        (
            "concurrency_limit",
            size_of_val(&one_of_sixteen(b)),
            size_of_val(&one_of_sixteen_by_hand(b)),
        ),
        (
            "rate_limit",
            size_of_val(&one_of_a_hundred(b)),
            size_of_val(&one_of_a_hundred_by_hand(b)),
        ),
    ];
    println!("{rows:?}");
    for (name, ours, hand) in rows {
        assert!(ours <= hand, "{name}: {ours} bytes against {hand} by hand");
    }
}

// Two runs at once borrow the argument from one place, and the one that starts later is boxed, with whatever else only
// few calls come to. Beside the first there is a timer, as by hand (232 bytes over the body).
#[test]
fn a_hedge_holds_the_argument_once() {
    let b = [0; 1024];
    let (body, ours, hand) = (
        size_of_val(&plain(b)),
        size_of_val(&hedged(b)),
        size_of_val(&hedged_by_hand(b)),
    );
    println!("hedge {ours}, by hand {hand}");
    assert!(hand <= body + 232, "{hand} bytes by hand, the body has {body}");
    assert!(ours <= body + 192, "{ours} bytes, the body has {body}");
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

#[test]
fn the_recommended_stack_is_smaller_than_by_hand() {
    let token = CancellationToken::new();
    let b = [0; 1024];
    let body = size_of_val(&plain(b));
    let (ours, hand) = (
        size_of_val(&recommended(&token, b)) - body,
        size_of_val(&recommended_by_hand(&token, b)) - body,
    );
    println!("overhead of the recommended stack: {ours} bytes, by hand {hand}");
    assert!(ours * 10 <= hand * 8, "{ours} bytes against {hand} by hand");
}
