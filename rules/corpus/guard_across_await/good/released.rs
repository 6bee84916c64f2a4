use std::sync::Mutex;

async fn dropped(m: &Mutex<u8>) {
    let g = m.lock().unwrap();
    drop(g);
    work().await;
}

async fn scoped(m: &Mutex<u8>) {
    let n = {
        let g = m.lock().unwrap();
        *g
    };
    work(n).await;
    { let g = m.lock().unwrap(); touch(&g); }
    work(n).await;
}

async fn moved(m: &Mutex<u8>) {
    let g = m.lock().unwrap();
    consume(g);
    work().await;
    let h = m.lock().unwrap();
    let kept = MutexGuard::map(h, |x| x);
    other().await;
}

async fn copied(m: &Mutex<Vec<u8>>) {
    let n = m.lock().unwrap().len();
    let all = m.lock().unwrap().clone();
    work(n, all).await;
    if m.lock().unwrap().is_empty() {
        work(0).await;
    }
    let later = async { m.lock().unwrap().push(1) };
    later.await;
    send({ let g = m.lock().unwrap(); g.len() }).await;
}

async fn conditional(m: &Mutex<u8>, c: bool) {
    let g = m.lock().unwrap();
    if c {
        drop(g);
        work().await;
        return;
    }
    use_it(&g);
}
