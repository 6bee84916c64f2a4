//! What has no rate, or none for a key.

use etiquette::{ConcurrencyLimit, KeyedRateLimit, RateLimit, Stopped, rate_limit};
use std::time::Duration;

static TENANTS: KeyedRateLimit = KeyedRateLimit::new(100, Duration::from_secs(1));
static RATE: RateLimit = RateLimit::new(100, Duration::from_secs(1));
static PLACES: ConcurrencyLimit = ConcurrencyLimit::new(4);

#[rate_limit(limiter = 100, wait = none)]
async fn number() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(limiter = &PLACES, wait = none)]
async fn places() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(limiter = &TENANTS, wait = none)]
async fn keyed_without_a_key() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(limiter = &RATE, key = tenant, wait = none)]
async fn key_of_one_for_all(tenant: u32) -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(100, per = 1s, key = ratio, wait = none)]
async fn key_without_a_hash(ratio: f64) -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (number(), places(), keyed_without_a_key(), key_of_one_for_all(1), key_without_a_hash(0.5));
}
