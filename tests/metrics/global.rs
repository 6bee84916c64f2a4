//! The recorder of the process: it may come late, and its handles are kept; one of a thread's own comes first all the same.
//! There can be one in a process, so this is one test.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use etiquette::{Stopped, circuit_breaker, control, instrument_task, retrying};
use metrics_util::debugging::DebuggingRecorder;
use support::{Counts, lines};

#[instrument_task]
#[circuit_breaker(consecutive = 1)]
async fn fetch(fails: bool) -> Result<u32, Error> {
    if fails { Err(Error::No) } else { Ok(7) }
}

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("no")]
    No,
    #[error("stopped")]
    Stopped(#[from] Stopped),
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_may_come_late_and_others_may_come_first() {
    const CALLS: &str = "etiquette_calls_total{operation=fetch,outcome=ok} ";
    let counted = |lines: Vec<String>| -> Vec<String> {
        lines
            .into_iter()
            .filter(|line| line.starts_with("etiquette_calls_total"))
            .collect()
    };
    // Nobody listens yet.
    fetch(false).await.unwrap();
    // A recorder of the thread's, before there is one of the process.
    {
        let early = Counts::install();
        futures_util::FutureExt::now_or_never(fetch(false))
            .unwrap()
            .unwrap();
        assert_eq!(early.of("etiquette_calls_total"), [format!("{CALLS}1")]);
    }
    let recorder = DebuggingRecorder::new();
    let global = recorder.snapshotter();
    recorder.install().unwrap();
    for _ in 0..3 {
        tokio::spawn(fetch(false)).await.unwrap().unwrap();
    }
    assert_eq!(counted(lines(&global)), [format!("{CALLS}3")]);
    // One of the thread's: what was kept of the other is not used.
    for _ in 0..2 {
        let local = Counts::install();
        futures_util::FutureExt::now_or_never(fetch(false))
            .unwrap()
            .unwrap();
        assert_eq!(local.of("etiquette_calls_total"), [format!("{CALLS}1")]);
    }
    fetch(false).await.unwrap();
    assert_eq!(counted(lines(&global)), [format!("{CALLS}1")]);
    // Retries are switched off for the whole process, where no other test could miss them.
    control::RETRIES.set(control::Mode::Off);
    let off = retrying!(name = "off", when = any, async { Err::<u32, _>(Error::No) }).await;
    assert!(off.is_err());
    fetch(true).await.unwrap_err();
    fetch(true).await.unwrap_err();
    let mut others = lines(&global);
    others.retain(|line| !line.starts_with("etiquette_call_seconds"));
    assert_eq!(
        others,
        [
            "etiquette_calls_total{operation=fetch,outcome=error} 1",
            "etiquette_calls_total{operation=fetch,outcome=refused} 1",
            "etiquette_circuit_state{circuit=fetch,state=open} 1",
            "etiquette_circuit_transitions_total{circuit=fetch,to=open} 1",
            "etiquette_refusals_total{operation=fetch,reason=circuit_open} 1",
            "etiquette_retry_failures_total{operation=off,reason=off} 1",
        ]
    );
}
