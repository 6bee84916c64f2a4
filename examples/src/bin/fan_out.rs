//! Many requests at once, but not all at once: twenty go to a server over real TCP, four at a time.
//!
//! Look at `ask`: the limit is a word on the function that needs it, so whoever calls it may call it as often as it
//! likes. The second half does the same with tasks, where the slot is taken before the task is spawned.

use std::{
    io,
    net::SocketAddr,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    time::Duration,
};

use etiquette::{ConcurrencyLimit, Tasks, concurrency_limit, detach, with_timeout};
use futures_util::future::try_join_all;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::sleep,
};

static CONNECTIONS: ConcurrencyLimit = ConcurrencyLimit::new(4);

/// One request. The limit of two seconds counts the wait in line.
#[with_timeout(2s)]
#[concurrency_limit(semaphore = &CONNECTIONS)]
async fn ask(server: SocketAddr, n: u32) -> io::Result<u32> {
    let mut connection = TcpStream::connect(server).await?;
    connection.write_u32(n).await?;
    connection.read_u32().await
}

/// How many requests the server works on, and how many those were at most.
static OPEN: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

/// Squares a number in twenty milliseconds.
async fn serve(listener: TcpListener) -> io::Result<()> {
    loop {
        let (mut connection, _) = listener.accept().await?;
        let answer = tokio::spawn(async move {
            MOST.fetch_max(OPEN.fetch_add(1, Relaxed) + 1, Relaxed);
            let n = connection.read_u32().await?;
            sleep(Duration::from_millis(20)).await;
            OPEN.fetch_sub(1, Relaxed);
            connection.write_u32(n * n).await
        });
        detach(answer, "the client sees whether it worked");
    }
}

#[etiquette::main]
async fn main(tasks: Tasks) -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let server = listener.local_addr()?;
    let serving = tokio::spawn(serve(listener));

    let squares = try_join_all((1..=20).map(|n| ask(server, n))).await?;
    println!("the squares up to 20 add up to {}", squares.iter().sum::<u32>());
    println!("at most {} requests were under way at a time", MOST.load(Relaxed));

    let (mut answers, mut at_work) = (Vec::new(), 0);
    for n in 1..=20 {
        let request = async move { TcpStream::connect(server).await?.write_u32(n).await };
        answers.push(tasks.spawn_limited(&CONNECTIONS, "request", request).await);
        at_work = at_work.max(CONNECTIONS.in_use());
    }
    println!(
        "{} tasks were spawned, at most {at_work} at work at a time",
        answers.len()
    );
    for answer in answers {
        answer.await??;
    }
    serving.abort();
    Ok(())
}
