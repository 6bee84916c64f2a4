use tokio::sync::mpsc::{self, unbounded_channel};

fn channels() {
    let (tx, rx) = mpsc::unbounded_channel::<u8>(); //~ unbounded_channel
    let (tx, rx) = unbounded_channel(); //~ unbounded_channel
    let (tx, rx) = flume::unbounded(); //~ unbounded_channel
    let (tx, rx) = futures::channel::mpsc::unbounded(); //~ unbounded_channel
    let (tx, rx) = async_channel::unbounded::<u8>(); //~ unbounded_channel
}
