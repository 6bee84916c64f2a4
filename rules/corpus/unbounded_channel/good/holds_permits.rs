use tokio::sync::{OwnedSemaphorePermit, mpsc};

struct Record {
    data: Bytes,
    _permit: OwnedSemaphorePermit,
}

fn session() -> (mpsc::UnboundedSender<Record>, mpsc::UnboundedReceiver<Record>) {
    mpsc::unbounded_channel()
}

fn start() {
    let (tx, rx) = mpsc::unbounded_channel();
    run(tx, rx);
}
