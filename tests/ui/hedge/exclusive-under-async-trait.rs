//! The same in methods that `#[async_trait]` has rewritten.

use etiquette::{Stopped, hedge};

#[async_trait::async_trait]
trait Read {
    async fn read(&mut self) -> Result<u32, Stopped>;
    async fn push(&self, lines: Vec<String>) -> Result<usize, Stopped>;
    async fn fill(&self, buffer: &mut Vec<u8>) -> Result<(), Stopped>;
}

struct Client(u32);

#[async_trait::async_trait]
impl Read for Client {
    #[hedge(after = 50ms)]
    async fn read(&mut self) -> Result<u32, Stopped> {
        self.0 += 1;
        Ok(self.0)
    }

    #[hedge(after = 50ms)]
    async fn push(&self, mut lines: Vec<String>) -> Result<usize, Stopped> {
        lines.push(String::new());
        Ok(lines.len())
    }

    #[hedge(after = 50ms)]
    async fn fill(&self, buffer: &mut Vec<u8>) -> Result<(), Stopped> {
        buffer.push(1);
        Ok(())
    }
}

fn main() {
    let _ = Client(0).read();
}

// H172
