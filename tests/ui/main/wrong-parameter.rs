//! A parameter that is something else.

#[etiquette::main]
async fn main(port: u16) {
    println!("{port}");
}
