//! Constants that are no rate.

use etiquette::{Stopped, rate_limit};
use std::time::Duration;

const PER: Duration = Duration::from_secs(1);
const LIMIT: Option<Duration> = Some(PER);

#[rate_limit(PER, per = PER, wait = none)]
async fn duration() -> Result<(), Stopped> {
    Ok(())
}

#[rate_limit(100, per = LIMIT, wait = none)]
async fn option() -> Result<(), Stopped> {
    Ok(())
}

fn main() {
    let _ = (duration(), option());
}
