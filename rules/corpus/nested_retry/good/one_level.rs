use etiquette::retry;

#[retry]
async fn fetch() -> Result<u8, Error> { parse().await }

async fn parse() -> Result<u8, Error> { todo() }

async fn load() -> Result<u8, Error> {
    fetch().await
}

struct Client;
struct Other;

impl Client {
    async fn get(&self) -> Result<u8, Error> { todo() }

    #[retry]
    async fn get_all(&self) -> Result<u8, Error> {
        self.get().await?;
        other.load().await
    }
}

impl Other {
    #[retry]
    async fn get(&self) -> Result<u8, Error> { todo() }
}
