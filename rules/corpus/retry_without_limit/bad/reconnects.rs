async fn connect() -> Conn {
    loop { //~ retry_without_limit
        match dial().await {
            Ok(conn) => return conn,
            Err(error) => {
                warn!(%error);
                tokio::time::sleep(D).await;
            }
        }
    }
}
