//! A result that borrows from `&mut` could only be lent once.

use etiquette::{Stopped, retry};

struct Cache {
    entry: String,
}

impl Cache {
    #[retry]
    async fn entry(&mut self) -> Result<&str, Stopped> {
        Ok(&self.entry)
    }

    #[retry]
    async fn entry_mut<'a>(&'a mut self, key: &str) -> Result<&'a mut String, Stopped> {
        self.entry.push_str(key);
        Ok(&mut self.entry)
    }
}

#[retry]
async fn argument(cache: &mut Cache) -> Result<&mut String, Stopped> {
    Ok(&mut cache.entry)
}

fn main() {
    let mut cache = Cache { entry: String::new() };
    let _ = cache.entry();
    let _ = cache.entry_mut("");
    let _ = argument(&mut cache);
}

// H166
