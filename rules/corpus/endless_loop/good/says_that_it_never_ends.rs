use std::convert::Infallible;

async fn collect(config: &Config) -> anyhow::Result<Infallible> {
    let mut ticker = tokio::time::interval(config.interval);
    loop {
        ticker.tick().await;
        collect_once(config).await;
    }
}
