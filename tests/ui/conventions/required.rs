use etiquette::{Stopped, with_timeout};

struct Api;

#[etiquette::conventions(require(with_timeout, instrument_task))]
impl Api {
    #[with_timeout(5s)]
    #[etiquette::instrument_task]
    pub async fn complete(&self) -> Result<(), Stopped> {
        Ok(())
    }

    #[with_timeout(5s)]
    pub async fn no_span(&self) -> Result<(), Stopped> {
        Ok(())
    }

    async fn private(&self) {}

    #[etiquette::exempt(with_timeout, instrument_task, reason = "streams for hours")]
    pub async fn stream(&self) {}
}

fn main() {}
