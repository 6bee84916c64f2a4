//! Without `after`, and with one that is no time.

use etiquette::{Stopped, hedge};

#[hedge]
async fn nothing() -> Result<(), Stopped> {
    Ok(())
}

#[hedge()]
async fn empty() -> Result<(), Stopped> {
    Ok(())
}

#[hedge(attempts = 3)]
async fn attempts_alone() -> Result<(), Stopped> {
    Ok(())
}

#[hedge(50ms)]
async fn positional() -> Result<(), Stopped> {
    Ok(())
}

#[hedge(after = 50)]
async fn without_unit() -> Result<(), Stopped> {
    Ok(())
}

#[hedge(after = 0s)]
async fn zero() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (nothing(), empty(), attempts_alone(), positional(), without_unit(), zero());
}

// H157, H159
