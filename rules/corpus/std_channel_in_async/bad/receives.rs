use std::sync::mpsc;

async fn f(given: mpsc::Receiver<u8>) {
    let (tx, rx) = mpsc::channel();
    start(tx);
    let x = rx.recv()?; //~ std_channel_in_async
    let y = given.recv_timeout(D)?; //~ std_channel_in_async
}
