fn main() -> anyhow::Result<()> {
    async fn main(tasks: Tasks) -> anyhow::Result<()> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
        detach(tasks.spawn("sweeper", sweep(tasks.draining())), "ends with the program");
        let draining = tasks.draining();
        while let Some(accepted) = draining.run_until_cancelled(listener.accept()).await
        {
            let (connection, _) = accepted?;
            detach(
                tasks.spawn("connection", async move { drop(connection) }),
                "one of many",
            );
        }
        Ok(())
    }
    let __etq_runner = ::etiquette::__private::runner::Runner::new();
    let __etq_runner = ::etiquette::__private::multi_thread!(__etq_runner);
    ::etiquette::__private::run_main!(__etq_runner, | __etq_tasks | main(__etq_tasks))
}
