use tokio::process::Command;

async fn run(response: Response) {
    let out = Command::new("ls").output().await?;
    let child = std::process::Command::new("daemon").spawn()?;
    let status = response.status();
    let task = Command::new("x").output();
    task.await?;
    let mut child = Command::new("cat").spawn()?;
    child.wait().await?;
    barrier.wait();
    condvar.wait();
}
