use tokio::sync::mpsc;

fn connections() {
    // Messages come from `Drop`, which cannot wait,
    // so a bounded channel would gain nothing: unbounded.
    let (tx, rx) = mpsc::unbounded_channel();

    // Back-pressure is the memory budget's: every frame holds a lease of it.
    let (frames_tx, frames_rx) =
        mpsc::unbounded_channel::<Frame>();

    // The lock is held here, so sending must not block.
    let (jobs_tx, jobs_rx) = mpsc::unbounded_channel();
}

fn writer() {
    // The channel is bounded by the memory that its messages hold.
    let (tx, mut rx) = mpsc::unbounded_channel();
}

fn tee() {
    // Unbounded, or the one that waits would stop the other.
    let (first_tx, first) = mpsc::unbounded_channel();
    let (second_tx, second) = mpsc::unbounded_channel();
}
