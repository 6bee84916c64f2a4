//! Contenders that share one state between threads.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

use super::{
    Contender, Role, Sample,
    drive::{block_on, repeat},
};
use crate::subject::Outcome;

/// A contender that makes its calls on `threads` threads at once, each with a runtime of its own.
/// `make` is called on each of them; what is shared is in it.
pub fn shared<C>(
    threads: u32,
    role: Role,
    name: &'static str,
    make: impl Fn() -> C + Send + Sync + 'static,
) -> Contender
where
    C: AsyncFnMut(u64) -> Outcome,
{
    let make = Arc::new(make);
    let run = move |calls| {
        let mut all = together(threads, &make, calls);
        // Where others use the machine, threads do not always run at once: then nothing is shared.
        for _ in 0..TRIES {
            if overlap(&all) >= 0.9 {
                break;
            }
            all = together(threads, &make, calls);
        }
        let mut slowest = Sample {
            elapsed: Duration::ZERO,
            sum: 0,
        };
        for (_, sample) in all {
            slowest.elapsed = slowest.elapsed.max(sample.elapsed);
            slowest.sum ^= sample.sum.rotate_left(1);
        }
        slowest
    };
    Contender {
        name,
        role,
        note: "",
        run: Box::new(run),
    }
}

/// How often to hope for threads that run at once.
const TRIES: usize = 8;

/// Makes the calls on all threads: when each began, and what it took.
fn together<C>(
    threads: u32,
    make: &Arc<impl Fn() -> C + Send + Sync + 'static>,
    calls: u64,
) -> Vec<(Instant, Sample)>
where
    C: AsyncFnMut(u64) -> Outcome,
{
    let waiting = Arc::new(AtomicU32::new(threads));
    let all: Vec<_> = (0..threads)
        .map(|_| {
            let (make, waiting) = (Arc::clone(make), Arc::clone(&waiting));
            thread::spawn(move || {
                let mut call = make();
                // Builds the runtime before the start.
                block_on(async {});
                // A thread that sleeps until the start would be late.
                waiting.fetch_sub(1, Relaxed);
                while waiting.load(Relaxed) > 0 {
                    std::hint::spin_loop();
                }
                (Instant::now(), block_on(repeat(&mut call, calls)))
            })
        })
        .collect();
    all.into_iter().filter_map(|thread| thread.join().ok()).collect()
}

/// Which part of the whole time all of them were running.
fn overlap(all: &[(Instant, Sample)]) -> f64 {
    let ends = || all.iter().map(|(start, sample)| *start + sample.elapsed);
    let starts = || all.iter().map(|(start, _)| *start);
    let (Some(first), Some(last_start)) = (starts().min(), starts().max()) else {
        return 1.0;
    };
    let (Some(first_end), Some(last)) = (ends().min(), ends().max()) else {
        return 1.0;
    };
    let shared = first_end.saturating_duration_since(last_start);
    shared.as_secs_f64() / (last - first).as_secs_f64().max(f64::EPSILON)
}
