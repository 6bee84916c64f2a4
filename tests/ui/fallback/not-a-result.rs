//! Return types without an error to replace.

use etiquette::fallback;

#[fallback(0)]
async fn number() -> u32 {
    1
}

#[fallback(None)]
async fn option() -> Option<u32> {
    Some(1)
}

#[fallback(())]
async fn unit() {}

#[fallback(with = |_| Vec::new())]
async fn list() -> Vec<u32> {
    vec![1]
}

#[fallback(0)]
async fn opaque() -> impl Copy {
    1
}

#[fallback(unreachable!())]
async fn never() -> ! {
    loop {
        tokio::task::yield_now().await;
    }
}

fn main() {
    let _ = (number(), option(), unit(), list(), opaque());
    drop(never());
}
