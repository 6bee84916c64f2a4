//! Wrong options of `retrying!`: all reported, and nothing else.

use etiquette::Stopped;

async fn fetch() -> Result<u8, Stopped> {
    etiquette::retrying!(attemps = 3, constant(100), async { Ok(1) }).await
}

async fn bare() -> Result<u8, Stopped> {
    etiquette::retrying!(3, async { Ok(1) }).await
}

async fn conflict() -> Result<u8, Stopped> {
    etiquette::retrying!(constant(1s), exponential(1s), async { Ok(1) }).await
}

async fn no_comma() -> Result<u8, Stopped> {
    etiquette::retrying!(attempts = 3 async { Ok(1) }).await
}

fn main() {
    let _ = (fetch(), bare(), conflict(), no_comma());
}
