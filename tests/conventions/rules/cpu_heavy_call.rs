//! Breaks `cpu_heavy_call`.

#[etiquette::conventions]
pub async fn register(password: &str) -> String {
    bcrypt::hash(password, 12) //~ cpu_heavy_call
}
