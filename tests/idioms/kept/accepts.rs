//! Accept loops whose bound is a permit.

use etiquette::detach;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

// RW27: the permit is taken before the connection is, and moves into its task.
pub(super) async fn run(listener: TcpListener, limit: Arc<Semaphore>) -> std::io::Result<()> {
    loop {
        let Ok(permit) = Arc::clone(&limit).acquire_owned().await else {
            return Ok(());
        };
        let (socket, _) = listener.accept().await?;
        let handler = tokio::spawn(async move {
            handle(socket).await;
            drop(permit);
        });
        detach(handler, "it ends with its connection");
    }
}

async fn handle(mut socket: TcpStream) {
    // One question, one answer. Who has left needs none.
    if socket.read_u8().await.is_ok() {
        let _ = socket.write_all(b"!").await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Real connections, so real time; nothing here waits for a clock.
    #[tokio::test]
    async fn a_place_comes_back() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let limit = Arc::new(Semaphore::new(1));
        let server = tokio::spawn(run(listener, Arc::clone(&limit)));
        // One place: the second is only served once the first has left.
        for _ in 0..3 {
            let mut connection = TcpStream::connect(address).await.unwrap();
            connection.write_all(b"?").await.unwrap();
            assert_eq!(connection.read_u8().await.unwrap(), b'!');
        }
        limit.close();
        // It may be waiting for one more.
        drop(TcpStream::connect(address).await);
        server.await.unwrap().unwrap();
    }
}
