//! Breaks `blocking_listed`.

#[etiquette::conventions]
pub async fn derive() -> u64 {
    bcrypt::derive(7) //~ blocking_listed
}
