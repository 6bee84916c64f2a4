//! The class of reqwest's own errors.

use std::error::Error as _;

use ::reqwest::Error;

use crate::{Class, Classify, classify::known_in_chain, http::class_after};

/// The class of the [table](crate::reqwest).
impl Classify for Error {
    fn class(&self) -> Class {
        if let Some(status) = self.status() {
            return class_after(status, None);
        }
        if self.is_builder() || self.is_redirect() || self.is_upgrade() {
            return Class::Permanent;
        }
        if self.is_connect() {
            return Class::NotSent;
        }
        match self.source().and_then(known_in_chain) {
            _ if self.is_timeout() => Class::Transient,
            // It was connected, so what was not sent is something else: what the request's body waited for, say.
            Some(Class::NotSent) => Class::Transient,
            Some(class) => class,
            // What came was whole, and not what it should be.
            None if self.is_decode() => Class::Permanent,
            None => Class::Transient,
        }
    }
}
