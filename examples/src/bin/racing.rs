//! The first answer wins and the others are dropped: two mirrors behind real TCP, of which one is slow.
//!
//! Look at `fetch`: `#[hedge]` asks a second time only when the first is slow, so that most calls cost one request; the
//! `select!` in `main` asks both mirrors at once.

use std::{io, net::SocketAddr, time::Duration};

use etiquette::{Limits, detach, hedge, with_timeout};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::{Instant, sleep},
};

/// A mirror that answers after a delay of its own for each connection, the last one again and again.
async fn mirror(delays: &'static [u64]) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let server = tokio::spawn(async move {
        let mut delays = delays.iter().copied().peekable();
        while let Ok((mut connection, _)) = listener.accept().await {
            let delay = match delays.peek().copied() {
                Some(delay) => {
                    if delays.len() > 1 {
                        delays.next();
                    }
                    delay
                }
                None => return,
            };
            let answer = tokio::spawn(async move {
                sleep(Duration::from_millis(delay)).await;
                connection.write_u32(42).await
            });
            detach(answer, "whoever lost the race has left");
        }
    });
    detach(server, "ends with the program");
    Ok(address)
}

/// A second request when the first has not answered within 30 ms.
#[with_timeout(2s)]
#[hedge(after = 30ms)]
async fn fetch(server: SocketAddr) -> io::Result<u32> {
    ask(server).await
}

async fn ask(server: SocketAddr) -> io::Result<u32> {
    TcpStream::connect(server).await?.read_u32().await
}

#[etiquette::main]
async fn main() -> anyhow::Result<()> {
    let (near, far) = (mirror(&[1]).await?, mirror(&[1_000]).await?);
    tokio::select! {
        answer = ask(near) => println!("the near mirror was first: {}", answer?),
        answer = ask(far) => println!("the far mirror was first: {}", answer?),
    }

    // One slow answer, as every server gives now and then; the next is quick again.
    let moody = mirror(&[1_000, 1]).await?;
    let start = Instant::now();
    let answer = fetch(moody).await?;
    println!(
        "hedged: {answer}, without the second that the first request would have taken: {}",
        { start.elapsed() < Duration::from_millis(500) }
    );

    let late = ask(far).with_timeout(Duration::from_millis(50)).await;
    println!(
        "a race against the clock: {}",
        late.map_or_else(|stop| stop.to_string(), |_| "in time".into())
    );
    Ok(())
}
