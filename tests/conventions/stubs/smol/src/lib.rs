//! What the rules know of the crate of this name.

/// A timer of another runtime.
#[derive(Debug)]
pub struct Timer;

impl Timer {
    /// Waits.
    pub async fn after(_: std::time::Duration) {}
}
