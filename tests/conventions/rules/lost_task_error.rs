//! Breaks `lost_task_error`.

async fn work() -> Result<(), String> {
    Ok(())
}

#[etiquette::conventions]
pub async fn start() {
    tokio::spawn(async { //~ lost_task_error
        work().await?;
        Ok::<(), String>(())
    });
}
