use tokio::net::TcpStream;

async fn f() {
    async_std::task::sleep(D).await; //~ mixed_runtime
    let s = smol::net::TcpStream::connect(a).await; //~ mixed_runtime
}
