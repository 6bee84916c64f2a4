//! Nothing that the expansion names can be named by the body or by an option.

use etiquette::{Stopped, retry, with_timeout};

#[with_timeout(30s, total)]
#[retry(attempts = 3, when = |_| __etq_retry.is_last())]
async fn fetch() -> Result<u32, Stopped> {
    println!("{:?}", __etq_out);
    __etq_ended;
    Ok(__etq_last.attempts())
}

fn main() {
    let _ = fetch();
}

// H42
