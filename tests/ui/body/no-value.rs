//! A body that ends without the value it promised.

use etiquette::{Stopped, instrument_task, with_timeout};

#[with_timeout(5s)]
async fn empty() -> Result<u32, Stopped> {}

#[instrument_task]
async fn unit_instead() -> u32 {
    println!("done");
}

fn main() {
    let _ = (empty(), unit_instead());
}

// H65
