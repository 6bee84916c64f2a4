use etiquette::retry;

#[retry]
async fn fetch() -> Result<u8, Error> { todo() }

#[retry(attempts = 5)]
async fn load() -> Result<u8, Error> {
    fetch().await //~ nested_retry
}

struct Client;

impl Client {
    #[retry]
    async fn get(&self) -> Result<u8, Error> { todo() }

    #[retry]
    async fn get_all(&self) -> Result<u8, Error> {
        self.get().await?; //~ nested_retry
        Ok(1)
    }
}
