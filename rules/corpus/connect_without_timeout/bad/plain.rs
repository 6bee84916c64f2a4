use tokio::net::TcpStream;

async fn dial() {
    let s = TcpStream::connect(addr).await?; //~ connect_without_timeout
}
