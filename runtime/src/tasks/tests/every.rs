//! Periodic work, to the millisecond.

use tokio::time::MissedTickBehavior::{Burst, Delay, Skip};

use super::*;

/// When the rounds began, in milliseconds, over `limit`; the first one takes so long.
async fn rounds(every: Every, takes: Duration, limit: Duration) -> Vec<u128> {
    let tasks = Tasks::new();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (start, begun) = (Instant::now(), Arc::clone(&seen));
    let handle = tasks.every("tick", every, move || {
        let mut begun = begun.lock().unwrap();
        begun.push(start.elapsed().as_millis());
        let is_first = begun.len() == 1;
        async move {
            if is_first {
                sleep(takes).await;
            }
        }
    });
    sleep(limit).await;
    assert!(tasks.shutdown(Drain::default()).await.is_clean());
    handle.await.unwrap();
    seen.lock().unwrap().clone()
}

#[tokio::test(start_paused = true)]
async fn the_first_round_is_a_period_away_or_now() {
    let every = Every::new(S);
    assert_eq!(rounds(every, Duration::ZERO, 3500 * MS).await, [1000, 2000, 3000]);
    assert_eq!(
        rounds(every.first(First::Now), Duration::ZERO, 2500 * MS).await,
        [0, 1000, 2000]
    );
}

#[tokio::test(start_paused = true)]
async fn what_was_missed_is_skipped_delayed_or_made_up_for() {
    let every = Every::new(S);
    let (takes, limit) = (2500 * MS, 5200 * MS);
    assert_eq!(
        rounds(every.missed(Skip), takes, limit).await,
        [1000, 3500, 4000, 5000]
    );
    assert_eq!(
        rounds(every.missed(Delay), takes, limit).await,
        [1000, 3500, 4500]
    );
    assert_eq!(
        rounds(every.missed(Burst), takes, limit).await,
        [1000, 3500, 3500, 4000, 5000]
    );
    // The default.
    assert_eq!(rounds(every, takes, limit).await, [1000, 3500, 4000, 5000]);
}

#[tokio::test(start_paused = true)]
async fn jitter_is_at_most_its_part_of_the_period_and_late() {
    for _ in 0..20 {
        let seen = rounds(Every::new(S).jitter(0.25), Duration::ZERO, 4900 * MS).await;
        assert_eq!(seen.len(), 4);
        for (n, at) in (1..).zip(seen) {
            assert!((n * 1000..=n * 1000 + 251).contains(&at), "{at}");
        }
    }
    let mut late = Vec::new();
    for _ in 0..20 {
        late.extend(rounds(Every::new(S).jitter(0.25), Duration::ZERO, 1300 * MS).await);
    }
    assert!(late.iter().any(|at| *at > 1010), "{late:?}");
    for none in [0.0, -1.0, f64::NAN] {
        assert_eq!(
            rounds(Every::new(S).jitter(none), Duration::ZERO, 1001 * MS).await,
            [1000]
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_period_of_zero_is_a_millisecond() {
    assert!(
        rounds(Every::new(Duration::ZERO), Duration::ZERO, 4 * MS)
            .await
            .starts_with(&[1, 2, 3])
    );
    assert_eq!(rounds(Every::new(Duration::MAX), Duration::ZERO, S).await, [0; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_running_round_finishes_and_no_other_begins() {
    let start = Instant::now();
    let seen = rounds(Every::new(S), 3 * S, 1500 * MS).await;
    assert_eq!((seen, start.elapsed()), (vec![1000], 4 * S));
}

#[tokio::test(start_paused = true)]
async fn an_error_does_not_end_it_and_a_panic_does() {
    static RUNS: AtomicU32 = AtomicU32::new(0);
    let tasks = Tasks::new();
    let handle = tasks.every("flaky", Every::new(S), || async {
        match RUNS.fetch_add(1, SeqCst) {
            0 | 1 => Err("busy"),
            2 => Ok(()),
            _ => panic!("worn out"),
        }
    });
    let start = Instant::now();
    assert!(handle.await.unwrap_err().is_panic());
    assert_eq!((start.elapsed(), RUNS.load(SeqCst)), (4 * S, 4));
    assert!(tasks.is_empty());
}
