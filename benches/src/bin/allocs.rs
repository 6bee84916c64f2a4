//! Counts the heap allocations of every job's contenders, and the heap of pending calls. The report
//! builds it and reads what it prints: its allocator counts, which would cost time there.

#![forbid(unsafe_code)]

use allocation_counter::measure;
use etiquette_benches::{growth, jobs};

/// Calls in the run that pays for whatever happens only once.
const FEW: u64 = 6;
/// Calls in the longer run.
const MANY: u64 = 66;
/// Pending calls.
const PENDING: u64 = 1_000;

#[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn main() {
    for job in jobs::all().iter().filter(|job| job.countable) {
        for contender in &job.contenders {
            let count = |calls| {
                let counted = measure(|| {
                    let _ = contender.run(calls);
                });
                counted.count_total
            };
            count(FEW);
            let (few, many) = (count(FEW), count(MANY));
            let each = many.saturating_sub(few) as f64 / (MANY - FEW) as f64;
            println!("calls\t{}\t{}\t{each}", job.id, contender.name);
        }
    }
    let memory = growth::memory(PENDING, |run| measure(run).bytes_max);
    for (kind, name, bytes) in memory {
        println!("memory\t{}\t{name}\t{bytes}", kind.title());
    }
}
