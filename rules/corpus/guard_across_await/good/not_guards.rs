use tokio::sync::{Mutex, RwLock};

struct Own { list: RwLock<u8>, rcu: Rcu, std_rw: Unknown }

async fn async_locks(m: &Mutex<u8>, own: &Own) {
    let g = m.lock().await;
    work(&g).await;
    let r = own.list.read().await;
    work(&r).await;
    let snapshot = own.rcu.read();
    work(&snapshot).await;
    let unknown = own.std_rw.write().unwrap();
    work(&unknown).await;
    let borrowed = thing.borrow();
    work(borrowed).await;
    let stdout = std::io::stdout().lock();
    work(1).await;
    let row = redis.lock("key").unwrap();
    work(row).await;
}

fn sync(m: &std::sync::Mutex<u8>) {
    let g = m.lock().unwrap();
    let f = async { work().await };
}
