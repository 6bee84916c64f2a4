//! A pool of connections: at most three are open, whoever finds none free waits for half a second, and each is used
//! again. The connections are real ones.
//!
//! Look at `Pool::ask`: the semaphore says how many may hold a connection, the list keeps those that nobody holds. A call
//! that is dropped half way takes its connection along, since nobody knows what is still on its way in it.

use std::{io, net::SocketAddr, time::Duration};

use anyhow::Context;
use etiquette::{Limits, concurrency_limit, detach};
use futures_util::future::join_all;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Mutex, Semaphore},
    time::sleep,
};

const PATIENCE: Duration = Duration::from_millis(20);

struct Pool {
    server: SocketAddr,
    places: Semaphore,
    idle: Mutex<Vec<TcpStream>>,
}

impl Pool {
    #[concurrency_limit(semaphore = self.places, wait = 500ms)]
    async fn ask(&self, n: u32) -> io::Result<u32> {
        let free = self.idle.lock().await.pop();
        let mut connection = match free {
            Some(free) => free,
            None => TcpStream::connect(self.server).await?,
        };
        connection.write_u32(n).await?;
        let answer = connection.read_u32().await?;
        self.idle.lock().await.push(connection);
        Ok(answer)
    }
}

async fn serve(listener: TcpListener) {
    while let Ok((connection, _)) = listener.accept().await {
        detach(tokio::spawn(double(connection)), "ends with its connection");
    }
}

async fn double(mut connection: TcpStream) -> io::Result<()> {
    loop {
        let n = connection.read_u32().await?;
        sleep(Duration::from_millis(u64::from(n))).await;
        connection.write_u32(n * 2).await?;
    }
}

#[etiquette::main]
async fn main() -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let (server, places) = (listener.local_addr()?, Semaphore::new(3));
    detach(tokio::spawn(serve(listener)), "ends with the program");
    let idle = Mutex::default();
    let pool = Pool { server, places, idle };

    let answers = join_all((0..30).map(|_| pool.ask(5))).await;
    let answered = answers.iter().flatten().count();
    println!(
        "{answered} answers over {} connections",
        pool.idle.lock().await.len()
    );

    let slow = join_all((0..4).map(|_| pool.ask(900))).await;
    let refused = slow.into_iter().find_map(Result::err);
    println!("a fourth beside three slow ones: {}", refused.context("served")?);

    let dropped = pool.ask(900).with_timeout(PATIENCE).await.is_err();
    let (free, idle) = (pool.places.available_permits(), pool.idle.lock().await.len());
    println!("dropped half way: {dropped}; free places: {free}, idle: {idle}");
    Ok(())
}
