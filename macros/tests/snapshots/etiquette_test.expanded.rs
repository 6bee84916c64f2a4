#[::core::prelude::v1::test]
fn answers() -> Result<(), std::io::Error> {
    async fn answers() -> Result<(), std::io::Error> {
        tokio::task::yield_now().await;
        Ok(())
    }
    let __etq_runner = ::etiquette::__private::runner::Runner::new();
    let __etq_runner = ::etiquette::__private::runner::Runner::timeout(
        __etq_runner,
        ::core::time::Duration::from_secs(5),
    );
    ::etiquette::__private::run_test!(__etq_runner, | __etq_tasks | answers())
}
