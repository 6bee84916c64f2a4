//! `state =` is a `CircuitBreaker`, and beside `key =` a `KeyedCircuitBreaker`.

use etiquette::{CircuitBreaker, KeyedCircuitBreaker, Stopped, circuit_breaker};

static BREAKER: CircuitBreaker = CircuitBreaker::new();
static HOSTS: KeyedCircuitBreaker = KeyedCircuitBreaker::new();

struct NoHash;

#[circuit_breaker(state = 5)]
async fn a_number() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(state = HOSTS)]
async fn keyed_without_a_key() -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(state = BREAKER, key = host)]
async fn a_key_for_one(host: u32) -> Result<(), Stopped> {
    Ok(())
}

#[circuit_breaker(key = host)]
async fn a_key_without_a_hash(host: NoHash) -> Result<(), Stopped> {
    let _ = host;
    Ok(())
}

#[circuit_breaker(state = BRAKER)]
async fn misspelt() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (a_number(), keyed_without_a_key(), a_key_for_one(1), a_key_without_a_hash(NoHash), misspelt());
}
