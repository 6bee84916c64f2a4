//! Breaks `nested_retry`.

/// Rates.
pub struct Rates;

#[etiquette::conventions]
impl Rates {
    #[etiquette::retry(when = any)]
    async fn get(&self) -> Result<u8, std::io::Error> {
        Ok(1)
    }

    /// All of them.
    #[etiquette::retry(when = any)]
    pub async fn all(&self) -> Result<u8, std::io::Error> {
        self.get().await //~ nested_retry
    }
}
