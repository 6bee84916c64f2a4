//! The engine is left out of this build.

#[etiquette::conventions]
pub async fn read() {
    #[etiquette::exempt(blocking_fs, reason = "taken away all the same")]
    let _ = std::fs::read("x");
}

#[etiquette::exempt(blocking_fs, reason = "needs no feature")]
pub async fn alone() {}
