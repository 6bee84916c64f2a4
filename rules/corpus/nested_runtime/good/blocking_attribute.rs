use etiquette::blocking;

#[blocking]
async fn load(path: PathBuf) -> io::Result<Config> {
    std::thread::sleep(Duration::from_millis(1));
    let text = std::fs::read_to_string(path)?;
    let parsed = async move { parse(&text).await };
    tokio::runtime::Handle::current().block_on(parsed)
}

#[etiquette::blocking]
async fn count(path: PathBuf) -> io::Result<usize> {
    std::fs::read(path).map(|bytes| bytes.len())
}
