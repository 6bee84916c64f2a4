struct Client;

#[etiquette::defaults(timeout(5s), with_timout(5s), retry(attempts = 0), retry, with_timeout, 5s, error = 7)]
impl Client {
    async fn fetch(&self) -> Result<(), etiquette::Stopped> {
        Ok(())
    }

    async fn send(&self) -> Result<(), etiquette::Stopped> {
        Ok(())
    }
}

fn main() {}
