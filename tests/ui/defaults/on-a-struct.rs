#[etiquette::defaults(with_timeout(5s))]
struct Client;

fn main() {}
