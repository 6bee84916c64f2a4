//! Breaks `blocking_http`.

#[etiquette::conventions]
pub async fn fetch() -> String {
    reqwest::blocking::get("http://localhost") //~ blocking_http
}
