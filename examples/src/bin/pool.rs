//! A pool of connections: at most three are open, whoever finds none free waits for half a second, and each is used
//! again. The connections are real ones.
//!
//! Look at `Pool::ask`: the semaphore says how many may hold a connection, the list keeps those that nobody holds. A call
//! that is dropped half way takes its connection along, since nobody knows what is still on its way in it.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use etiquette::{Limits, concurrency_limit, detach};
use futures_util::future::join_all;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::sleep,
};

struct Pool {
    server: SocketAddr,
    places: Semaphore,
    idle: Mutex<Vec<TcpStream>>,
    opened: AtomicUsize,
}

impl Pool {
    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<TcpStream>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[concurrency_limit(semaphore = self.places, wait = 500ms)]
    async fn ask(&self, n: u32) -> io::Result<u32> {
        let idle = self.idle().pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => {
                self.opened.fetch_add(1, Relaxed);
                TcpStream::connect(self.server).await?
            }
        };
        connection.write_u32(n).await?;
        let answer = connection.read_u32().await?;
        self.idle().push(connection);
        Ok(answer)
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
    let accept = async move {
        while let Ok((connection, _)) = listener.accept().await {
            detach(tokio::spawn(double(connection)), "ends with its connection");
        }
    };
    detach(tokio::spawn(accept), "ends with the program");
    let pool = Arc::new(Pool { server, places, idle: Mutex::default(), opened: AtomicUsize::new(0) });

    let answers = join_all((0..30).map(|_| pool.ask(5))).await;
    println!("{} answers over {} connections", answers.iter().flatten().count(), pool.opened.load(Relaxed));

    let slow = join_all((0..4).map(|_| pool.ask(900))).await;
    let refused = slow.iter().filter_map(|answer| answer.as_ref().err()).next();
    println!("a fourth beside three slow ones: {}", refused.map_or("served".into(), ToString::to_string));

    let dropped = pool.ask(900).with_timeout(Duration::from_millis(20)).await.is_err();
    println!("dropped half way: {dropped}; free places: {}, idle: {}", pool.places.available_permits(), pool.idle().len());
    Ok(())
}
