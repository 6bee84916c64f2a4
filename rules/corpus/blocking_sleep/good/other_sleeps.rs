use tokio::time::sleep;
use tokio::time;

async fn wait() {
    sleep(D).await;
    time::sleep(D).await;
    let later = sleep(D);
    later.await;
    self.sleep(D);
    crate::thread::sleep(D);
}

mod own {
    use crate::clock as thread;
    async fn f() { thread::sleep(D).await; thread::sleep(D); }
    mod std { pub mod thread { pub fn sleep(_: u8) {} } }
    async fn g() { std::thread::sleep(1) }
}
