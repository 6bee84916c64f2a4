//! The body moves an argument that another run needs too.

use etiquette::{Stopped, hedge};

async fn send(body: String) -> Result<(), Stopped> {
    drop(body);
    Ok(())
}

#[hedge(after = 50ms)]
async fn fetch(body: String) -> Result<(), Stopped> {
    send(body).await
}

struct Client(String);

impl Client {
    #[hedge(after = 50ms)]
    async fn close(self) -> Result<(), Stopped> {
        send(self.0).await
    }
}

fn main() {
    let _ = fetch(String::new());
    let _ = Client(String::new()).close();
}
