//! Mistakes in the options.

use std::time::Duration;

#[etiquette::main(finish = 20, cancle = 5s)]
async fn unit_and_name() {}

#[etiquette::main(flavor = "threads", worker_threads = 0)]
async fn flavor_and_none() {}

#[etiquette::main(flavor = "current_thread", worker_threads = 4)]
async fn threads_of_one() {}

#[etiquette::main(start_paused = true)]
async fn paused_on_many() {}

#[etiquette::main(drain = 20s)]
async fn former() {}

#[etiquette::main(20s)]
async fn without_a_name() {}

#[etiquette::main(finish = Some(Duration::from_secs(5)))]
async fn wrong_type() {}

fn main() {
    unit_and_name();
    flavor_and_none();
    threads_of_one();
    paused_on_many();
    former();
    without_a_name();
    wrong_type();
}
