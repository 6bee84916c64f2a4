//! What only layers that run the body once take: an argument that is `mut` for nothing.

use crate::{Error, tick};

#[layers]
pub async fn unused_mut_argument(mut number: u8) -> Result<u8, Error> { //~ unused_mut: mut number
    tick().await;
    Ok(number)
}

pub struct Service(u8);

impl Service {
    #[layers]
    pub async fn unused_mut_self(mut self, by: u8) -> Result<u8, Error> { //~ unused_mut: mut self
        tick().await;
        Ok(self.0 + by)
    }
}
