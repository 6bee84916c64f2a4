//! A name is known before there is a call: it is written out, and what a constant says goes into a field.

use etiquette::instrument_task;

struct Job;

impl Job {
    const NAME: &str = "job";

    #[instrument_task(name = Self::NAME)]
    async fn run() {}

    #[instrument_task(fields(job = Self::NAME))]
    async fn the_way_out() {}
}

fn main() {
    let _ = (Job::run(), Job::the_way_out());
}

// H14
