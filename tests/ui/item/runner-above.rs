//! A runner above has made the function sync.

use etiquette::{Stopped, retry, with_timeout};

#[tokio::test]
#[with_timeout(5s)]
async fn test() {}

#[tokio::main]
#[retry]
async fn run() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = run();
}

// H144
