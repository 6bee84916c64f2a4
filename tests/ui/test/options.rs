//! Mistakes in the options.

#[etiquette::test(timeout = 5)]
async fn unit() {}

#[etiquette::test(timeout = 0s)]
async fn zero() {}

#[etiquette::test(paused, start_paused = true)]
async fn twice() {}

#[etiquette::test(paused, flavor = "multi_thread")]
async fn paused_on_many() {}

#[etiquette::test(worker_threads = 2)]
async fn threads_of_one() {}

#[etiquette::test(pausd)]
async fn misspelt() {}

#[etiquette::test(finish = 5s)]
async fn not_a_program() {}

fn main() {
    let _ = (unit(), zero(), twice(), paused_on_many(), threads_of_one(), misspelt(), not_a_program());
}
