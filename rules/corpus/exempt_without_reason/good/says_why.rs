#[etiquette::exempt(blocking_fs, reason = "read once")]
async fn f() {
    std::fs::read(p);
}
