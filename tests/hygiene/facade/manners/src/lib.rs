//! A company's own toolbox, which hands our attributes on to crates that do not know us.

#![deny(warnings)]

pub use etiquette::{Classify, Stopped, cancellable, instrument_task, retry, retrying, with_timeout};

#[doc(hidden)]
pub mod __reexport {
    pub use etiquette;
}

/// The house's own words for a function that is tried again.
#[macro_export]
macro_rules! tried_again {
    ($(#[$attr:meta])* $vis:vis async fn $($rest:tt)*) => {
        #[$crate::with_timeout(30s, total, crate = $crate::__reexport::etiquette)]
        #[$crate::retry(attempts = 3, constant(0s), crate = $crate::__reexport::etiquette)]
        $(#[$attr])*
        $vis async fn $($rest)*
    };
}
