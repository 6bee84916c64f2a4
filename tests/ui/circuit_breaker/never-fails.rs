//! What cannot fail cannot open a circuit, unless something else counts.

use etiquette::circuit_breaker;

#[circuit_breaker(or_return = None)]
async fn option() -> Option<u32> {
    Some(7)
}

#[circuit_breaker(or_return = 0)]
async fn number() -> u32 {
    7
}

#[circuit_breaker(or_return = ())]
async fn nothing() {}

#[circuit_breaker(or_return = None, slow_call = 1s)]
async fn slow() -> Option<u32> {
    Some(7)
}

#[circuit_breaker(or_return = None, abandoned = failure)]
async fn abandoned() -> Option<u32> {
    Some(7)
}

fn main() {
    let _ = (option(), number(), nothing(), slow(), abandoned());
}
