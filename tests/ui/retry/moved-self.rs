//! The body moves `self`.

use etiquette::{Stopped, retry};

struct Request(String);

impl Request {
    #[retry]
    async fn send(self) -> Result<String, Stopped> {
        Ok(self.0)
    }
}

fn main() {
    let _ = Request(String::new()).send();
}
