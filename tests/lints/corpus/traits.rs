//! Methods of traits, native and under `#[async_trait]`.

use crate::{Error, tick};
use async_trait::async_trait;

/// Native.
pub trait Native {
    /// Required.
    async fn required(&mut self, text: &str) -> Result<usize, Error>;

    /// Provided.
    #[layers(not(shield))]
    async fn provided(&self, number: u8) -> Result<u8, Error> {
        tick().await;
        Ok(number)
    }
}

/// Boxed.
#[async_trait]
pub trait Boxed {
    /// Exclusive.
    async fn exclusive(&mut self, text: String) -> Result<usize, Error>;
    /// Shared.
    async fn shared(&self, text: &str, unused: u8) -> Result<usize, Error>;
    /// Nothing to say.
    async fn unit(&self) -> Result<(), Error>;
    /// Patterns.
    async fn patterns(&self, pair: (u8, u8)) -> Result<u8, Error>;

    /// Provided.
    #[layers(not(shield))]
    async fn provided(&self, number: u8) -> Result<u8, Error>
    where
        Self: Sync,
    {
        tick().await;
        Ok(number)
    }
}

/// A service.
#[derive(Debug, Default)]
pub struct Service {
    calls: usize,
}

impl Native for Service {
    #[layers(not(hedge, shield))]
    async fn required(&mut self, text: &str) -> Result<usize, Error> {
        self.calls += text.len();
        tick().await;
        Ok(self.calls)
    }
}

#[async_trait]
impl Boxed for Service {
    #[layers(not(hedge, shield))]
    async fn exclusive(&mut self, text: String) -> Result<usize, Error> {
        self.calls += 1;
        tick().await;
        if self.calls < 3 {
            return Err(Error::Busy);
        }
        Ok(text.len())
    }

    #[layers(not(shield))]
    async fn shared(&self, text: &str, unused: u8) -> Result<usize, Error> {
        let mut never_changed = text.len();
        tick().await;
        Ok(never_changed)
    }

    #[layers(not(shield))]
    async fn unit(&self) -> Result<(), Error> {
        Ok(())
    }

    #[layers(not(shield))]
    async fn patterns(&self, (left, right): (u8, u8)) -> Result<u8, Error> {
        tick().await;
        Ok(left + right)
    }
}
