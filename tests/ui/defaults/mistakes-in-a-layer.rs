struct Client;

#[etiquette::defaults(retry(attempts = 0, wait = 1s), with_timeout)]
impl Client {
    async fn fetch(&self) -> Result<(), etiquette::Stopped> {
        Ok(())
    }

    async fn send(&self) -> Result<(), etiquette::Stopped> {
        Ok(())
    }
}

fn main() {}
