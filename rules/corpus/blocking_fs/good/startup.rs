#[tokio::main]
async fn main() -> Result<()> {
    let config = std::fs::read_to_string("config.toml")?;
    let key = match std::fs::read("key.pem") {
        Ok(key) => key,
        Err(_) => std::fs::read("other.pem")?,
    };
    serve(config, key).await
}

async fn inner_main(config: Config) -> Result<()> {
    for server in config.servers {
        let key = server.tls.map(|tls| std::fs::File::open(&tls.key)).transpose()?;
        serve(server, key).await?;
    }
    Ok(())
}
