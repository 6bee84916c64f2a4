//! Renamed imports at the top, paths, and a `retry` that is somebody else's.

#![deny(warnings)]

use etiquette::Stopped;
use etiquette::with_timeout as limited;

#[limited(5s, total)]
#[::etiquette::retry(attempts = 2, crate = ::etiquette)]
async fn fetch() -> Result<u8, Stopped> {
    Ok(1)
}

mod foreign {
    /// Not ours: it makes a constant.
    macro_rules! retry {
        ($name:ident) => {
            pub const $name: u8 = 2;
        };
    }
    pub(crate) use retry;
}

foreign::retry!(TWO);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!((fetch().await, TWO), (Ok(1), 2));
}

// H148
