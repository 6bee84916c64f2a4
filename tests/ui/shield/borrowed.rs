//! What may be gone before a shielded body is done.

use etiquette::{Stopped, shield};

struct Client(u32);

impl Client {
    #[shield]
    async fn shared(&self) -> Result<u32, Stopped> {
        Ok(self.0)
    }

    #[shield]
    async fn exclusive(&mut self) -> Result<u32, Stopped> {
        self.0 += 1;
        Ok(self.0)
    }

    #[shield]
    async fn text(self, name: &str) -> Result<u32, Stopped> {
        Ok(self.0 + u32::from(name.is_empty()))
    }
}

#[shield]
async fn slice(ids: &[u32]) -> Result<usize, Stopped> {
    Ok(ids.len())
}

#[shield]
async fn inside(name: Option<&str>) -> Result<bool, Stopped> {
    Ok(name.is_some())
}

#[shield]
async fn exclusively(ids: &mut Vec<u32>) -> Result<(), Stopped> {
    ids.clear();
    Ok(())
}

#[shield]
async fn object(ready: &dyn Fn() -> bool) -> Result<bool, Stopped> {
    Ok(ready())
}

#[shield]
async fn opaque(name: &impl AsRef<str>) -> Result<usize, Stopped> {
    Ok(name.as_ref().len())
}

fn main() {
    drop(Client(1).shared());
    drop(Client(1).exclusive());
    drop(Client(1).text(""));
    let _ = (slice(&[]), inside(None), exclusively(&mut Vec::new()), object(&|| true), opaque(&""));
}
