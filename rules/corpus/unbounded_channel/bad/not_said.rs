use tokio::sync::mpsc;

fn events() {
    // FIXME: this is unbounded
    let (tx, rx) = mpsc::unbounded_channel(); //~ unbounded_channel

    // The events of one connection.
    let (events_tx, events_rx) = mpsc::unbounded_channel(); //~ unbounded_channel
    let (_tx, rx) = mpsc::unbounded_channel(); //~ unbounded_channel
    keep(_tx);
}

async fn run() {
    // Nobody reads it for as long as this function runs.
    let (events_tx, _events_rx) = mpsc::unbounded_channel(); //~ unbounded_channel
    serve(events_tx).await;
}

fn returned() -> (Sender, Receiver) {
    let (tx, _rx) = mpsc::unbounded_channel(); //~ unbounded_channel
    (tx, _rx)
}

fn two() {
    let (first_tx, first) = mpsc::unbounded_channel(); // unbounded, since commands are rare
    keep(first);
    let (second_tx, second) = mpsc::unbounded_channel(); //~ unbounded_channel
}
