async fn setup_ingest(config: &Config) -> anyhow::Result<Ingester> {
    std::fs::create_dir_all(&config.wal_dir)?;
    Ingester::try_new(&config.wal_dir).await
}

impl Timelines {
    async fn init(&self) -> io::Result<()> {
        for entry in std::fs::read_dir(&self.dir)? {
            self.load(entry?).await?;
        }
        Ok(())
    }
}
