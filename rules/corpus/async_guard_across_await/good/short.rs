async fn short(m: &tokio::sync::Mutex<u8>, socket: &mut Socket) {
    let n = *m.lock().await;
    work(n).await;
    let g = m.lock().await;
    drop(g);
    work(n).await;
    let read = socket.read(&mut buffer).await;
    work(read).await;
}
