//! Breaks `blocking_net`.

use std::net::TcpStream;

#[etiquette::conventions]
pub async fn dial() -> std::io::Result<TcpStream> {
    TcpStream::connect("localhost:80") //~ blocking_net
}
