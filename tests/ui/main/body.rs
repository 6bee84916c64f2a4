//! Errors in the body are the body's.

#[etiquette::main]
async fn main() -> Result<(), std::io::Error> {
    let count: u32 = "7";
    println!("{count}");
    Ok(7)
}
