//! Layers that functions have to carry.

use etiquette::{Stopped, with_timeout};

/// An interface.
pub struct Api;

#[etiquette::conventions(require(with_timeout))]
impl Api {
    /// Has one.
    #[with_timeout(5s)]
    pub async fn limited(&self) -> Result<(), Stopped> {
        Ok(())
    }

    /// Has none.
    pub async fn endless(&self) {} //~ required_layer

    /// Need not have one.
    #[etiquette::exempt(with_timeout, reason = "streams for hours")]
    pub async fn stream(&self) {}
}
