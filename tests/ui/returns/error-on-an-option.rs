//! `error =` maps a stop to an error, and there is none.

use etiquette::with_timeout;

#[with_timeout(5s, error = |_| ())]
async fn fetch() -> Option<u8> {
    None
}

fn main() {
    let _ = fetch();
}
