//! Return types that do not say whether the call failed.

use etiquette::retry;

#[retry]
async fn option() -> Option<u8> {
    None
}

#[retry]
async fn number() -> u32 {
    3
}

#[retry]
async fn unit() {}

#[retry(when = any)]
async fn any_option() -> Option<u8> {
    None
}

#[retry(when = |e| e.is_none())]
async fn predicate_on_an_option() -> Option<u8> {
    None
}

fn main() {
    let _ = (option(), number(), unit(), any_option(), predicate_on_an_option());
}
