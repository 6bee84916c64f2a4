use etiquette::with_timeout;

struct Client;

#[etiquette::defaults(with_timeout(5s), cancellable)]
impl Client {
    async fn run(&self) {}

    #[with_timeout(1s, total)]
    async fn own_mistake(&self) -> Result<(), etiquette::Stopped> {
        Ok(())
    }
}

fn main() {}
