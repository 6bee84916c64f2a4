use tracing::Instrument;

#[tracing::instrument]
async fn own_span() {}

fn start() -> JoinHandle<()> {
    let a = tokio::spawn(async move { work().await }.instrument(span));
    let b = tokio::spawn(work().in_current_span());
    let c = tokio::spawn(elsewhere());
    let d = tokio::spawn(future);
    tokio::spawn(own_span())
}
