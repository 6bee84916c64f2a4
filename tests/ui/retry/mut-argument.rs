//! What one attempt changes in an argument, the next would find changed.

use etiquette::{Stopped, retry};

#[retry]
async fn plain(mut body: String) -> Result<(), Stopped> {
    body.push('.');
    Ok(())
}

#[retry]
async fn in_a_pattern((mut first, second): (String, String)) -> Result<(), Stopped> {
    first.push_str(&second);
    Ok(())
}

struct Request(String);

impl Request {
    #[retry]
    async fn this(mut self) -> Result<(), Stopped> {
        self.0.push('.');
        Ok(())
    }
}

fn main() {
    let _ = (plain(String::new()), in_a_pattern((String::new(), String::new())));
    let _ = Request(String::new()).this();
}

// H164
