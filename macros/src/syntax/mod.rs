//! From tokens to what they are, before anybody asks what they mean.

pub(crate) mod boxed;
pub(crate) mod item;
pub(crate) mod items;
pub(crate) mod list;
pub(crate) mod pattern;
pub(crate) mod ret;
pub(crate) mod scan;
pub(crate) mod stack;
