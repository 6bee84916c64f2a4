use tokio::sync::mpsc;

impl Default for Receiver {
    fn default() -> Self {
        let (_tx, mut receiver) = mpsc::unbounded_channel();
        receiver.close();
        Self { receiver }
    }
}

fn closed() -> mpsc::UnboundedReceiver<u8> {
    let (_, receiver) = mpsc::unbounded_channel();
    receiver
}

// The receivers end with the constructor.
fn null() -> Processor {
    let (network, _) = mpsc::unbounded_channel();
    let (sync, _inbox) = mpsc::unbounded_channel();
    Processor { network, sync }
}
