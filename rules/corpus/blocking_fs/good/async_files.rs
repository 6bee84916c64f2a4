use tokio::fs;
use tokio::fs::File;
use fs_err::tokio as tfs;

async fn job(path: &Path) -> io::Result<()> {
    fs::read_to_string(path).await?;
    File::open(path).await?;
    tfs::read(path).await?;
    tokio::fs::OpenOptions::new().read(true).open(path).await?;
    let mut options = fs::OpenOptions::new();
    options.open(path).await?;
    Ok(())
}
