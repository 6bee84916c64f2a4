use clap::Parser;

#[derive(Parser)]
struct Args {
    root: PathBuf,
}

async fn handle(path: &Path) -> io::Result<Vec<u8>> {
    std::fs::read(path) //~ blocking_fs
}

async fn run(args: Args) -> io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    axum::serve(listener, router(args)).await
}
