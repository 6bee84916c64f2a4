/// Listed in `tasks.spawn`.
pub fn spawn_logged(name: &str, future: F) {
    tokio::spawn(future.instrument(span));
}
