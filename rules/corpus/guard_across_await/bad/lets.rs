use std::sync::{Arc, Mutex, RwLock};

struct State {
    list: Arc<RwLock<Vec<u8>>>,
    map: parking_lot::Mutex<Map>,
    cell: std::cell::RefCell<u8>,
}

async fn plain(m: &Mutex<u8>) {
    let mut g = m.lock().unwrap();
    *g += 1;
    work(&g).await; //~ guard_across_await
    drop(g);
}

impl State {
    async fn fields(&self) {
        let list = self.list.read().unwrap();
        if list.is_empty() {
            refill().await; //~ guard_across_await
        }
        drop(list);
        let map = self.map.lock();
        touch(map.len()).await; //~ guard_across_await
    }

    async fn cells(&self) {
        let mut value = self.cell.borrow_mut();
        *value = next().await; //~ guard_across_await
    }

    async fn poison(&self) {
        let g = unknown().lock().unwrap_or_else(|poison| poison.into_inner());
        tokio::time::sleep(D).await; //~ guard_across_await
    }
}
