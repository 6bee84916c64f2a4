async fn serve(listener: TcpListener) -> io::Result<()> {
    loop {
        let (socket, _) = listener.accept().await?;
        tokio::spawn(handle(socket)); //~ unbounded_accept_loop detached_spawn
    }
}

async fn raced(listener: TcpListener, stop: CancellationToken) {
    loop {
        tokio::select! {
            _ = stop.cancelled() => break,
            Ok((socket, _)) = listener.accept() => {
                tokio::spawn(handle(socket)); //~ unbounded_accept_loop detached_spawn
            }
        }
    }
}

async fn quic(endpoint: Endpoint) {
    while let Some(incoming) = endpoint.accept().await {
        tokio::spawn(handle(incoming)); //~ unbounded_accept_loop detached_spawn
    }
}
