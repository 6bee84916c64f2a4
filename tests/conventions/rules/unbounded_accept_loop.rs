//! Breaks `unbounded_accept_loop`.

use tokio::net::TcpListener;

#[etiquette::conventions]
pub async fn serve(listener: TcpListener) -> std::io::Result<()> {
    loop {
        let (socket, _) = listener.accept().await?;
        tokio::spawn(async move { drop(socket) }); //~ unbounded_accept_loop
    }
}
