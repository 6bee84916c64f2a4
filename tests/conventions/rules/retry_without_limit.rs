//! Breaks `retry_without_limit`.

use std::time::Duration;
use tokio::net::TcpStream;

#[etiquette::conventions]
pub async fn connect() -> TcpStream {
    loop { //~ retry_without_limit
        match TcpStream::connect("localhost:80").await {
            Ok(stream) => return stream,
            Err(error) => {
                println!("{error}");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}
