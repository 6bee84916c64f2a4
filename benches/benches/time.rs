//! The jobs of the report under criterion.

#![forbid(unsafe_code)]

use std::time::Duration;

use criterion::Criterion;
use etiquette_benches::{harness::check, jobs};

fn main() {
    let mut criterion = Criterion::default()
        .configure_from_args()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    for job in jobs::all() {
        if let Err(why) = check(&job) {
            eprintln!("{why}");
            std::process::exit(1);
        }
        let mut group = criterion.benchmark_group(job.id);
        for contender in &job.contenders {
            group.bench_function(contender.name, |bencher| {
                bencher.iter_custom(|calls| contender.run(calls).elapsed);
            });
        }
        group.finish();
    }
    criterion.final_summary();
}
