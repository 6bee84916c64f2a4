use tokio::sync::mpsc;

fn channels() {
    let (tx, rx) = mpsc::channel(16);
    let (tx, rx) = flume::bounded(1);
    let (tx, rx) = std::sync::mpsc::channel();
    let (tx, rx) = self.unbounded_channel();
    let (tx, rx) = crate::chan::unbounded();
}
