//! What the rules know of the crate of this name.

/// A client.
#[derive(Debug, Default)]
pub struct Client;

impl Client {
    /// A client that waits forever.
    pub fn new() -> Self {
        Self
    }
}

/// For threads.
pub mod blocking {
    /// Fetches a page.
    pub fn get(url: &str) -> String {
        url.to_owned()
    }
}
