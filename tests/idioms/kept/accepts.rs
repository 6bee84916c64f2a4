//! Accept loops whose bound is a permit.

use etiquette::{Tasks, detach};
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

// RW27: the permit is taken before the connection is, and moves into its task.
pub(super) async fn run(listener: TcpListener, tasks: Tasks, limit: Arc<Semaphore>) -> std::io::Result<()> {
    loop {
        let Ok(permit) = Arc::clone(&limit).acquire_owned().await else {
            return Ok(());
        };
        let (socket, _) = listener.accept().await?;
        let handler = tasks.spawn("connection", async move {
            handle(socket).await;
            drop(permit);
        });
        detach(handler, "it ends with its connection");
    }
}

async fn handle(socket: TcpStream) {
    // Until the other side hangs up.
    let mut byte = [0];
    while let Ok(1..) = socket.peek(&mut byte).await {
        if socket.try_read(&mut byte).is_err() {
            return;
        }
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
        let (tasks, limit) = (Tasks::new(), Arc::new(Semaphore::new(1)));
        let server = tokio::spawn(run(listener, tasks.clone(), Arc::clone(&limit)));
        for _ in 0..3 {
            drop(TcpStream::connect(address).await.unwrap());
        }
        let permit = async {
            // The server has it while it waits for the next connection.
            while !tasks.is_empty() {
                tokio::task::yield_now().await;
            }
        };
        permit.await;
        limit.close();
        drop(TcpStream::connect(address).await.unwrap());
        server.await.unwrap().unwrap();
    }
}
