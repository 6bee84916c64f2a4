#[etiquette::exempt(blocking_fs, reason = "one small file at start")]
async fn f() {
    std::fs::read(p);
}

struct X;

#[etiquette::exempt(blocking_fs, blocking_sleep, reason = "a tool for developers")]
impl X {
    async fn a(&self) { std::fs::read(p); }
    async fn b(&self) { std::thread::sleep(D); }
}

async fn g() {
    std::fs::read(p); // etiquette: exempt(blocking_fs) read once
    // etiquette: exempt(blocking-fs): the whole block writes a report
    {
        std::fs::write(p, 1);
        std::fs::write(p, 2);
    }
    #[etiquette::exempt(ETQ101, reason = "hardware needs it")]
    std::thread::sleep(D);
    let x = match y {
        // etiquette: exempt(blocking_fs) rare
        Some(z) => std::fs::read(z),
        None => todo(),
    };
}

// etiquette: exempt(blocking_fs) all of it is start-up
async fn h() {
    std::fs::read(p);
    std::fs::read(q);
}

/// ```
/// // etiquette: exempt(blocking_fs) only a picture of one
/// ```
#[cfg(test)]
mod tests {
    // etiquette: exempt(blocking_fs) the rule is off in tests
    async fn t() { std::fs::read(p); }
}

#[etiquette::exempt(guard_across_await, reason = "types decide, nobody can say it is stale")]
async fn typed() {}
