//! Breaks `connect_without_timeout`.

use tokio::net::TcpStream;

#[etiquette::conventions]
pub async fn dial() -> std::io::Result<TcpStream> {
    TcpStream::connect("localhost:80").await //~ connect_without_timeout
}
