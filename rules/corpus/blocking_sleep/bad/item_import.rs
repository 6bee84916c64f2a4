use std::thread::sleep;
use std::time::Duration;

async fn wait() {
    sleep(Duration::from_secs(1)); //~ blocking_sleep
}
