//! Breaks `limit_too_long`.

use etiquette::{Stopped, with_timeout};

#[etiquette::conventions]
#[with_timeout(10m)] //~ limit_too_long
pub async fn slow() -> Result<(), Stopped> {
    Ok(())
}
