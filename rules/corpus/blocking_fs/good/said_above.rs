async fn move_out(from: &Path, to: &Path) -> io::Result<()> {
    // A non-async call on purpose: the rename and the bookkeeping
    // below it must not be torn apart by a cancellation.
    if let Err(error) = std::fs::rename(from, to) {
        return Err(error);
    }
    // Blocking is fine here: the runtime is shutting down.
    let left = std::fs::read_dir(to)?;
    Ok(())
}
