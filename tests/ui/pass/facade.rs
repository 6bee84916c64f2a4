//! A facade that re-exports the runtime crate, and a macro that names it by `$crate`.

#![deny(warnings)]

pub mod facade {
    pub use etiquette::*;
    #[doc(hidden)]
    pub use etiquette::__private;
}

macro_rules! fetcher {
    ($name:ident) => {
        #[$crate::facade::with_timeout(5s, total, crate = $crate::facade)]
        #[$crate::facade::retry(attempts = 2, crate = $crate::facade)]
        async fn $name() -> Result<u8, $crate::facade::Stopped> {
            Ok(1)
        }
    };
}

fetcher!(fetch);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(fetch().await, Ok(1));
}

// H129
