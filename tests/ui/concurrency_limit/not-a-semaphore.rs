//! What has no slots, or none for a key.

use etiquette::{ConcurrencyLimit, KeyedConcurrencyLimit, Stopped, concurrency_limit};
use std::rc::Rc;
use std::sync::Mutex;
use tokio::sync::Semaphore;

static HOSTS: KeyedConcurrencyLimit = KeyedConcurrencyLimit::new(4);
static PLACES: ConcurrencyLimit = ConcurrencyLimit::new(4);
static TOKIOS: Semaphore = Semaphore::const_new(4);

#[concurrency_limit(semaphore = 16, wait = none)]
async fn number() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(semaphore = &mutex, wait = none)]
async fn mutex(mutex: Mutex<u32>) -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(semaphore = &HOSTS, wait = none)]
async fn keyed_without_a_key() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(semaphore = &PLACES, key = host, wait = none)]
async fn key_of_one_for_all(host: &str) -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(semaphore = &TOKIOS, queue = 10, wait = forever)]
async fn queue_of_tokios() -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(semaphore = places, wait = none)]
async fn not_sync(places: Rc<Semaphore>) -> Result<(), Stopped> {
    Ok(())
}

#[concurrency_limit(4, key = ratio, wait = none)]
async fn key_without_a_hash(ratio: f64) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (number(), mutex(Mutex::new(1)), keyed_without_a_key(), key_of_one_for_all("a"));
    let _ = (queue_of_tokios(), not_sync(Rc::new(Semaphore::new(1))), key_without_a_hash(0.5));
}
