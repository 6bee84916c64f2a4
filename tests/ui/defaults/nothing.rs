struct Client;

#[etiquette::defaults]
impl Client {
    async fn run(&self) {}
}

fn main() {}
