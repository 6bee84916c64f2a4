#[tokio::main]
async fn main() {
    loop {
        let request = next().await?;
        std::fs::write("log", request); //~ blocking_fs
    }
}
