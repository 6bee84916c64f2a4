//! Many requests at once, but not all at once: twenty go to a server over real TCP, four at a time.
//!
//! Look at `ask`: the limit is a word on the function that needs it, so whoever calls it may call it as often as it
//! likes. The second half does the same with tasks, where the slot is taken before the task is spawned.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
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
async fn ask(server: std::net::SocketAddr, n: u32) -> io::Result<u32> {
    let mut connection = TcpStream::connect(server).await?;
    connection.write_u32(n).await?;
    connection.read_u32().await
}

/// Squares a number in twenty milliseconds, and knows how many asked at the same time.
async fn serve(listener: TcpListener, most: Arc<AtomicUsize>) -> io::Result<()> {
    let open = Arc::new(AtomicUsize::new(0));
    loop {
        let (mut connection, _) = listener.accept().await?;
        let (open, most) = (Arc::clone(&open), Arc::clone(&most));
        let answer = tokio::spawn(async move {
            most.fetch_max(open.fetch_add(1, Relaxed) + 1, Relaxed);
            let n = connection.read_u32().await?;
            sleep(Duration::from_millis(20)).await;
            // No longer busy once the answer is on its way.
            open.fetch_sub(1, Relaxed);
            connection.write_u32(n * n).await
        });
        detach(answer, "the client sees whether it worked");
    }
}

#[etiquette::main]
async fn main(tasks: Tasks) -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let server = listener.local_addr()?;
    let most = Arc::new(AtomicUsize::new(0));
    let serving = tokio::spawn(serve(listener, Arc::clone(&most)));

    let squares = try_join_all((1..=20).map(|n| ask(server, n))).await?;
    println!("the squares up to 20 add up to {}", squares.iter().sum::<u32>());
    println!("at most {} requests were under way at a time", most.swap(0, Relaxed));

    let mut answers = Vec::new();
    for n in 1..=20 {
        let request = async move { TcpStream::connect(server).await?.write_u32(n).await };
        answers.push(tasks.spawn_limited(&CONNECTIONS, "request", request).await);
    }
    println!("{} tasks were spawned, at most 4 of them alive at a time", answers.len());
    for answer in answers {
        answer.await??;
    }
    serving.abort();
    Ok(())
}
