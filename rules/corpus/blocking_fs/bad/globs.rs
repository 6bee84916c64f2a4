use std::fs::*;

async fn job() {
    for entry in read_dir("x")? { //~ blocking_fs
        tokio::spawn(async move { copy(a, b) }).await; //~ blocking_fs
    }
}
