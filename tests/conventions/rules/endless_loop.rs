//! Breaks `endless_loop`.

use tokio::time::{Interval, interval};

#[etiquette::conventions]
pub async fn refresh() {
    let mut ticks: Interval = interval(std::time::Duration::from_secs(1));
    loop { //~ endless_loop
        ticks.tick().await;
    }
}
