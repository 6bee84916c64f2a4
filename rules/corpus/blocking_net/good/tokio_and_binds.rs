use tokio::net::TcpStream;

async fn dial(host: &str) {
    let stream = TcpStream::connect(host).await?;
    let addrs = tokio::net::lookup_host(host).await?;
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    let own = config.to_socket_addrs();
    let joined = tokio::task::spawn_blocking(move || std::net::TcpStream::connect(host)).await?;
}
