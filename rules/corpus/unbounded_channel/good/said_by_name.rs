use tokio::sync::mpsc;

pub fn new_unbounded() -> (mpsc::UnboundedSender<u8>, Stream) {
    mpsc::unbounded_channel()
}

fn queue(capacity: Capacity) -> (flume::Sender<u8>, flume::Receiver<u8>) {
    match capacity {
        Capacity::Bounded(n) => flume::bounded(n),
        Capacity::Unbounded => flume::unbounded(),
    }
}
