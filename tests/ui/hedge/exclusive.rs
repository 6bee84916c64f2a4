//! What only one run at a time can have.

use etiquette::{Stopped, hedge};

struct Client(u32);

impl Client {
    #[hedge(after = 50ms)]
    async fn exclusive(&mut self) -> Result<u32, Stopped> {
        self.0 += 1;
        Ok(self.0)
    }

    #[hedge(after = 50ms)]
    async fn typed(self: &mut Self) -> Result<u32, Stopped> {
        self.0 += 1;
        Ok(self.0)
    }

    #[hedge(after = 50ms)]
    async fn owned(mut self) -> Result<u32, Stopped> {
        self.0 += 1;
        Ok(self.0)
    }
}

#[hedge(after = 50ms)]
async fn reference(lines: &mut Vec<String>) -> Result<(), Stopped> {
    lines.push(String::new());
    Ok(())
}

#[hedge(after = 50ms)]
async fn by_value(mut lines: Vec<String>) -> Result<usize, Stopped> {
    lines.push(String::new());
    Ok(lines.len())
}

#[hedge(after = 50ms)]
async fn inside((mut lines, n): (Vec<String>, usize)) -> Result<usize, Stopped> {
    lines.push(String::new());
    Ok(lines.len() + n)
}

fn main() {
    let mut client = Client(0);
    drop(client.exclusive());
    drop(client.typed());
    let _ = client.owned();
    let _ = (reference(&mut Vec::new()), by_value(Vec::new()), inside((Vec::new(), 1)));
}

// H172
