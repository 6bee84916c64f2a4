struct Client;

#[etiquette::defaults(with_timeout(5s))]
impl Client {
    async fn fetch(&self) -> Result<(), String> {
        Ok(())
    }
}

fn main() {}
