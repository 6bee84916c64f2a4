use tokio::net::TcpStream;

async fn dial() {
    let s = tokio::time::timeout(D, TcpStream::connect(addr)).await??;
    let t = TcpStream::connect(addr).with_timeout(D).await?;
    tokio::select! {
        s = TcpStream::connect(addr) => s,
        _ = tokio::time::sleep(D) => return,
    }
}

#[etiquette::with_timeout(5s)]
async fn by_attribute() -> Result<(), Error> {
    TcpStream::connect(addr).await?;
    Ok(())
}
