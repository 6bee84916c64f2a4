//! A generic error needs the bound.

use etiquette::retry;

#[retry]
async fn fetch<E>(f: impl Fn() -> Result<(), E>) -> Result<(), E> {
    f()
}

fn main() {
    let _ = fetch(|| Ok::<(), std::io::Error>(()));
}
