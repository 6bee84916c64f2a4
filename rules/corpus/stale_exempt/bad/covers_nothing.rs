#[etiquette::exempt(blocking_fs, reason = "was needed once")] //~ stale_exempt
async fn f() {
    tokio::fs::read(p).await;
}

async fn g() {
    // etiquette: exempt(blocking_sleep) was needed once
    //~^ stale_exempt
    tokio::time::sleep(D).await;
    other(); // etiquette: exempt(bloking_fs) a slip of the hand
    //~^ stale_exempt
    // etiquette: exempt blocking_fs
    //~^ stale_exempt
}
