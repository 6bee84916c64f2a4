//! Circuits, refusals, and who is in line.

use std::time::Duration;

use etiquette::{CircuitBreaker, Stopped, circuit_breaker, concurrency_limit, rate_limit};
use tokio::time::{advance, sleep, timeout};

use crate::support::Counts;

const MS: Duration = Duration::from_millis(1);

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("no")]
    No,
    #[error("stopped")]
    Stopped(#[from] Stopped),
}

#[etiquette::test(paused)]
async fn a_circuit_shows_its_state_and_its_changes() {
    static PAYMENTS: CircuitBreaker = CircuitBreaker::new()
        .name("payments")
        .consecutive(1)
        .probes(1)
        .open_for(Duration::from_secs(1));
    #[circuit_breaker(state = PAYMENTS)]
    async fn pay(out: Result<u32, Error>) -> Result<u32, Error> {
        out
    }
    let state = |state: &str| format!("etiquette_circuit_state{{circuit=payments,state={state}}} 1");
    let to = |state: &str| format!("etiquette_circuit_transitions_total{{circuit=payments,to={state}}} 1");
    let counts = Counts::install();
    pay(Ok(1)).await.unwrap();
    assert!(counts.take().is_empty());
    pay(Err(Error::No)).await.unwrap_err();
    assert_eq!(counts.take(), [state("open"), to("open")]);
    pay(Ok(1)).await.unwrap_err();
    assert_eq!(
        counts.take(),
        ["etiquette_refusals_total{operation=pay,reason=circuit_open} 1"]
    );
    advance(MS * 1_000).await;
    pay(Ok(1)).await.unwrap();
    assert_eq!(counts.take(), [state("closed"), to("closed"), to("half_open")]);
    PAYMENTS.force_open();
    PAYMENTS.force_open();
    assert_eq!(counts.take(), [state("open"), to("open")]);
    PAYMENTS.reset();
    assert_eq!(counts.take(), [state("closed"), to("closed")]);
}

#[etiquette::test(paused)]
async fn of_keys_only_the_changes_are_counted() {
    #[circuit_breaker(consecutive = 1, key = host)]
    async fn fetch(host: &str) -> Result<u32, Error> {
        Err(Error::No)
    }
    let counts = Counts::install();
    fetch("a").await.unwrap_err();
    fetch("b").await.unwrap_err();
    assert_eq!(
        counts.take(),
        ["etiquette_circuit_transitions_total{circuit=fetch,to=open} 2"]
    );
}

#[etiquette::test(paused)]
async fn who_is_in_line_for_a_slot_is_counted_and_timed() {
    #[concurrency_limit(1, wait = 8ms)]
    async fn render() -> Result<(), Error> {
        sleep(MS * 5).await;
        Ok(())
    }
    let counts = Counts::install();
    let two = async { tokio::join!(render(), render()) };
    let mut two = Box::pin(two);
    timeout(MS * 2, &mut two).await.unwrap_err();
    assert_eq!(
        counts.take(),
        ["etiquette_waiting{operation=render,limit=concurrency_limit} 1"]
    );
    let (first, second) = two.await;
    assert!(first.is_ok() && second.is_ok());
    assert_eq!(
        counts.take(),
        [
            "etiquette_wait_seconds{operation=render,limit=concurrency_limit} 0.005",
            "etiquette_waiting{operation=render,limit=concurrency_limit} -1",
        ]
    );
    // Three at 5 ms each: the third would wait for 10, and is turned away after 8.
    let three = async { tokio::join!(render(), render(), render()) };
    assert!(three.await.2.is_err());
    assert_eq!(
        counts.take(),
        [
            "etiquette_refusals_total{operation=render,reason=at_capacity} 1",
            "etiquette_wait_seconds{operation=render,limit=concurrency_limit} 0.005 0.008",
        ]
    );
}

#[etiquette::test(paused)]
async fn who_is_in_line_for_its_turn_is_counted_and_timed() {
    #[rate_limit(100, per = 1s, burst = 1, wait = 10ms)]
    async fn mail() -> Result<(), Error> {
        Ok(())
    }
    let counts = Counts::install();
    mail().await.unwrap();
    assert!(counts.take().is_empty());
    mail().await.unwrap();
    assert_eq!(
        counts.take(),
        ["etiquette_wait_seconds{operation=mail,limit=rate_limit} 0.01"]
    );
    let two = async { tokio::join!(mail(), mail()) };
    assert!(two.await.1.is_err());
    assert_eq!(
        counts.take(),
        [
            "etiquette_refusals_total{operation=mail,reason=rate_limited} 1",
            "etiquette_wait_seconds{operation=mail,limit=rate_limit} 0.01",
        ]
    );
    // Who leaves the line was in it.
    timeout(MS * 3, mail()).await.unwrap_err();
    assert_eq!(
        counts.take(),
        ["etiquette_wait_seconds{operation=mail,limit=rate_limit} 0.003"]
    );
}
