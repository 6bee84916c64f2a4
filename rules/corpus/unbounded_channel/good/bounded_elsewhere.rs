use tokio::sync::mpsc;

impl ServiceSender {
    fn new(pool: MemoryPool, backpressure: BackPressureMode) -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        Self { sender, receiver, pool, backpressure }
    }

    fn record(&mut self, limit: usize) -> mpsc::UnboundedReceiver<Notice> {
        let (notices, receiver) = mpsc::unbounded_channel();
        self.start(Recording { notices, limit });
        receiver
    }
}
