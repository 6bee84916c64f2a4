//! Tick loops that are not to end.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use tokio::time::{Duration, interval};

// RW36: metrics, for as long as their own runtime lives; the return type says that there is no way out.
pub(super) async fn report_metrics(reported: &AtomicU32) -> ! {
    let mut ticks = interval(Duration::from_secs(1));
    loop {
        ticks.tick().await;
        reported.fetch_add(1, Relaxed);
    }
}

// Or it says why there is none.
pub(super) async fn report_until_dropped(reported: &AtomicU32) {
    let mut ticks = interval(Duration::from_secs(1));
    // etiquette: exempt(endless_loop) it ends with the runtime that it has for itself
    loop {
        ticks.tick().await;
        reported.fetch_add(1, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use etiquette::Limits;

    #[test]
    fn it_ends_with_its_runtime() {
        static REPORTED: AtomicU32 = AtomicU32::new(0);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(async {
            let ticks = async { report_metrics(&REPORTED).await };
            let both = async { tokio::join!(ticks, report_until_dropped(&REPORTED)) };
            assert!(both.with_timeout(Duration::from_millis(2_500)).await.is_err());
        });
        drop(runtime);
        assert_eq!(REPORTED.load(Relaxed), 6);
    }
}
