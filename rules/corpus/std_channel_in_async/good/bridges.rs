use tokio::sync::mpsc;

async fn f(mut given: mpsc::Receiver<u8>) {
    let x = given.recv().await;
    let (tx, rx) = std::sync::mpsc::channel();
    std::thread::spawn(move || while let Ok(x) = rx.recv() { work(x) });
    tx.send(1)?;
    let (other_tx, other) = std::sync::mpsc::channel();
    let y = other.try_recv();
    socket.recv();
}
