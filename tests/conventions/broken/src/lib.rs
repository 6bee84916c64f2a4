//! Each marked line breaks a convention: `//~ rule`.
// Neither hides what the attribute denies.
#![forbid(deprecated)]

pub mod exempted;
pub mod guards;
pub mod maps;
pub mod required;
pub mod tasks;
pub mod tokens;
