async fn bounded() -> Result<Conn, Error> {
    let mut attempts = 0;
    loop {
        match dial().await {
            Ok(conn) => return Ok(conn),
            Err(error) if attempts > 5 => return Err(error),
            Err(_) => {
                attempts += 1;
                tokio::time::sleep(D).await;
            }
        }
    }
}

async fn gives_up() -> Result<Conn, Error> {
    loop {
        match dial().await {
            Ok(conn) => return Ok(conn),
            Err(error) => {
                if error.is_permanent() { return Err(error) }
                tokio::time::sleep(D).await;
            }
        }
    }
}

async fn polls() {
    loop {
        match next().await {
            Ok(x) => use_it(x),
            Err(_) => tokio::time::sleep(D).await,
        }
        if done() { break }
    }
}
