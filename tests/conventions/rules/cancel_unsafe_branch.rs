//! Breaks `cancel_unsafe_branch`.

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::Interval;

#[etiquette::conventions]
pub async fn pump(stream: &mut TcpStream, ticks: &mut Interval) -> std::io::Result<()> {
    let mut header = [0; 4];
    loop {
        tokio::select! {
            read = stream.read_exact(&mut header) => drop(read?), //~ cancel_unsafe_branch
            _ = ticks.tick() => println!("still waiting"),
        }
    }
}
