//! An async function that calls itself: the size of a tree of folders.
//!
//! Look at the `Box::pin`: a future that contains itself would have no size. Attributes that hold something for as long
//! as a call runs, such as a limit of concurrency, stand on the function that is called for a leaf, not on the recursion;
//! the time limit stands on the one that begins it. The stop of a scope reaches every level.

use std::{
    io,
    path::{Path, PathBuf},
};

use etiquette::{Scope, cancellable, concurrency_limit, with_timeout};
use futures_util::future::try_join_all;
use tokio::fs;

/// The whole tree, within five seconds.
#[with_timeout(5s, inherit)]
async fn size_of(root: &Path) -> io::Result<u64> {
    folder(root.to_owned()).await
}

/// One folder: what is in it side by side.
#[cancellable(Scope::current())]
async fn folder(path: PathBuf) -> io::Result<u64> {
    let (mut folders, mut files) = (Vec::new(), Vec::new());
    let mut entries = fs::read_dir(&path).await?;
    while let Some(entry) = entries.next_entry().await? {
        match entry.file_type().await?.is_dir() {
            true => folders.push(Box::pin(folder(entry.path()))),
            false => files.push(file(entry.path())),
        }
    }
    let (folders, files) = tokio::try_join!(try_join_all(folders), try_join_all(files))?;
    Ok(folders.into_iter().chain(files).sum())
}

/// One file: at most eight at a time in the whole tree.
#[with_timeout(1s)]
#[concurrency_limit(8)]
async fn file(path: PathBuf) -> io::Result<u64> {
    Ok(fs::metadata(path).await?.len())
}

#[etiquette::main]
async fn main() -> anyhow::Result<()> {
    let root = tempfile::tempdir()?;
    for (folder, files) in [("a", 3), ("a/b", 5), ("a/b/c", 7), ("d", 11)] {
        let folder = root.path().join(folder);
        fs::create_dir_all(&folder).await?;
        for n in 0..files {
            fs::write(folder.join(n.to_string()), [0; 100]).await?;
        }
    }
    println!("26 files in four folders: {} bytes", size_of(root.path()).await?);

    let over = Scope::new();
    over.cancel("the window was closed");
    let stopped = over.provide(folder(root.path().to_owned())).await;
    println!(
        "asked to leave before it begins: {}",
        stopped.err().map_or("finished".into(), |e| e.to_string())
    );
    Ok(())
}
