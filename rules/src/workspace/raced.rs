//! Functions whose futures somebody somewhere races or limits: a loop in one of them is ended by its caller.

use memchr::memmem;

/// The names called inside `select!`, `timeout(…)` and their like in this text.
pub(super) fn raced_names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for opener in [
        "select!",
        "select_biased!",
        "timeout(",
        "timeout_at(",
        "run_until_cancelled",
        "with_cancellation_token",
    ] {
        for at in memmem::find_iter(text.as_bytes(), opener) {
            let rest = &text[at..];
            let Some(open) = rest.find(['(', '{', '[']) else {
                continue;
            };
            called(inside(&rest[open..]), &mut names);
            // `self.run().run_until_cancelled(…)` races what stands before it.
            if opener.contains("cancel") {
                let line = text[..at].rsplit(['\n', ';', '{']).next().unwrap_or_default();
                called(line, &mut names);
            }
        }
    }
    names
}

/// From an opening bracket to its partner; brackets in strings may end it early or late, which only keeps a rule
/// silent.
fn inside(text: &str) -> &str {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'{' | b'[' => depth += 1,
            b')' | b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return &text[..at];
                }
            }
            _ => {}
        }
    }
    text
}

/// Every word that is followed by `(`.
fn called(text: &str, names: &mut Vec<String>) {
    for (at, _) in text.match_indices('(') {
        let name = text[..at]
            .rsplit(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
            .unwrap_or_default();
        if !name.is_empty() {
            names.push(name.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::raced_names;

    #[test]
    fn names_inside_races() {
        let text = "fn f() { a(); tokio::select! { _ = signal::dump() => {} x = self.run() => g(x), } b(); \
                    timeout(D, work()); token.run_until_cancelled(c()); \n d().with_cancellation_token(&t); }";
        let names = raced_names(text);
        for name in ["dump", "run", "work", "c", "d"] {
            assert!(names.iter().any(|raced| raced == name), "{name}: {names:?}");
        }
        for name in ["a", "b"] {
            assert!(!names.iter().any(|raced| raced == name), "{name}: {names:?}");
        }
    }
}
