//! A company's own toolbox, which hands our attributes on to crates that do not know us.

#![deny(warnings)]

pub use etiquette::{
    Classify, Stopped, blocking, cancellable, circuit_breaker, concurrency_limit, fallback, hedge,
    instrument_task, rate_limit, retry, retrying, shield, with_timeout,
};

#[doc(hidden)]
pub mod __reexport {
    pub use etiquette;
}

/// The house's own words for a function that is tried again.
#[macro_export]
macro_rules! tried_again {
    ($(#[$attr:meta])* $vis:vis async fn $($rest:tt)*) => {
        #[$crate::fallback(with = Err, crate = $crate::__reexport::etiquette)]
        #[$crate::with_timeout(30s, total, crate = $crate::__reexport::etiquette)]
        #[$crate::retry(attempts = 3, constant(0s), crate = $crate::__reexport::etiquette)]
        #[$crate::circuit_breaker(crate = $crate::__reexport::etiquette)]
        #[$crate::rate_limit(100, per = 1s, crate = $crate::__reexport::etiquette)]
        #[$crate::concurrency_limit(16, crate = $crate::__reexport::etiquette)]
        $(#[$attr])*
        $vis async fn $($rest)*
    };
}
