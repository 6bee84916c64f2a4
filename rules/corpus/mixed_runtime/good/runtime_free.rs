use tokio::sync::mpsc;

async fn f() {
    let (tx, rx) = async_channel::bounded(1);
    let lock = async_std::sync::Mutex::new(1);
    let other = smol_str::SmolStr::new("x");
}
