use std::sync::Mutex;

async fn scrutinees(m: &Mutex<Vec<u8>>) {
    match m.lock().unwrap().pop() {
        Some(x) => send(x).await, //~ guard_across_await
        None => {}
    }
    if let Some(x) = m.lock().unwrap().first() {
        send(*x).await; //~ guard_across_await
    }
    while let Some(x) = m.lock().unwrap().pop() {
        send(x).await; //~ guard_across_await
    }
    for x in m.lock().unwrap().iter() {
        send(*x).await; //~ guard_across_await
    }
    send(m.lock().unwrap().len()).await; //~ guard_across_await
}
