//! A value that no process can end with.

#[etiquette::main]
async fn main() -> Option<u32> {
    None
}
