#[etiquette::exempt(blocking_fs)] //~ exempt_without_reason
async fn f() {
    std::fs::read(p);
}

async fn g() {
    // etiquette: exempt(blocking_fs)
    //~^ exempt_without_reason
    std::fs::read(p);
}
