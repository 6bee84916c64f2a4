//! One pass over the bytes, before anything is parsed: how deep the text nests, how long its longest expression can
//! be, and the comments that speak to etiquette.

use std::ops::Range;

use super::prefilter::Words;

/// A `//` comment that speaks to etiquette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Comment {
    /// From the slashes to the end of the line.
    pub(crate) range: Range<usize>,
    /// What follows `etiquette:`, trimmed.
    pub(crate) text: String,
}

/// What the pass found.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// The deepest nesting of brackets.
    pub(crate) depth: usize,
    /// The most bytes of code, without blanks, between two points where an expression must end: no tree can be
    /// deeper than that along operators, method chains and `else if`s.
    pub(crate) run: usize,
    pub(crate) comments: Vec<Comment>,
    /// Doc comments, and the insides of functions, impls, traits and modules that no rule has anything to say about:
    /// parsing them is most of the work.
    pub(crate) idle: Vec<Range<usize>>,
}

/// An open bracket.
#[derive(Default)]
struct Open {
    at: usize,
    /// Bytes of code since the last point where an expression must end.
    run: usize,
    /// Where the item or statement in here begins: its first byte of code.
    begins: Option<usize>,
    /// `fn`, `impl`, `trait`, `mod` or `macro_rules` since then.
    item: bool,
}

pub(crate) fn scan(text: &str, words: &Words) -> Scan {
    let bytes = text.as_bytes();
    let mut scan = Scan::default();
    let mut open: Vec<Open> = Vec::new();
    let mut top = Open::default();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at = match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {
                at += 1;
                continue;
            }
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n);
                let line = &text[at..end];
                if line.starts_with("///") || line.starts_with("//!") {
                    scan.idle.push(at..end);
                } else {
                    scan.comments.extend(comment(line, at));
                }
                at = end;
                continue;
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at = block_comment(bytes, at);
                continue;
            }
            _ if top.begins.is_none() && !matches!(byte, b')' | b']' | b'}' | b';' | b',') => {
                top.begins = Some(at);
                continue;
            }
            b'"' => string(bytes, at + 1),
            b'r' | b'b' | b'c' if !continues_word(bytes, at) => raw_string(bytes, at).unwrap_or(at + 1),
            b'\'' => quote(text, at),
            b'(' | b'[' | b'{' => {
                let inner = Open {
                    at,
                    ..Open::default()
                };
                open.push(std::mem::replace(&mut top, inner));
                scan.depth = scan.depth.max(open.len());
                at + 1
            }
            b')' | b']' | b'}' => {
                let inner = std::mem::replace(&mut top, open.pop().unwrap_or_default());
                scan.run = scan.run.max(inner.run);
                if byte == b'}' && ends_expression(text, at + 1) {
                    let begins = top.begins.unwrap_or(inner.at);
                    if top.item && is_idle(&text[begins..inner.at], begins..at, words) {
                        scan.idle.push(inner.at + 1..at);
                    }
                    scan.run = scan.run.max(top.run);
                    top = Open {
                        at: top.at,
                        ..Open::default()
                    };
                }
                at + 1
            }
            b';' | b',' => {
                scan.run = scan.run.max(top.run);
                top = Open {
                    at: top.at,
                    ..Open::default()
                };
                at + 1
            }
            b'f' | b'i' | b't' | b'm' if !continues_word(bytes, at) => {
                let words: [&[u8]; 5] = [b"fn ", b"impl", b"trait ", b"mod ", b"macro_rules!"];
                top.item |= words.iter().any(|word| bytes[at..].starts_with(word));
                at + 1
            }
            _ => at + 1,
        };
        top.run += 1;
    }
    scan.run = open
        .iter()
        .fold(scan.run.max(top.run), |most, open| most.max(open.run));
    scan
}

/// Whether the item with this header holds nothing that a rule looks at.
fn is_idle(header: &str, all: Range<usize>, words: &Words) -> bool {
    if header.contains("macro_rules!") {
        return true;
    }
    let tests = [
        "#[cfg(test)]",
        "#[cfg(all(test",
        "#[cfg(any(test",
        "#[test]",
        "::test]",
        "::test(",
        "#[rstest",
    ];
    let in_tests = header.contains("test") && tests.iter().any(|test| header.contains(test));
    !words.any_in(all, in_tests)
}

/// The text with its idle parts blanked: every other byte stays where it is.
pub(crate) fn without_idle(text: &str, scan: &Scan) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for range in &scan.idle {
        for byte in &mut bytes[range.clone()] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    // Whole characters were replaced, so this is still UTF-8.
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn comment(line: &str, at: usize) -> Option<Comment> {
    let text = line.trim_start_matches('/').trim_start();
    let text = text.strip_prefix("etiquette:")?.trim();
    Some(Comment {
        range: at..at + line.trim_end().len(),
        text: text.to_owned(),
    })
}

fn block_comment(bytes: &[u8], at: usize) -> usize {
    let mut open = 0usize;
    let mut at = at;
    while at < bytes.len() {
        match &bytes[at..bytes.len().min(at + 2)] {
            b"/*" => {
                open += 1;
                at += 2;
            }
            b"*/" => {
                open -= 1;
                at += 2;
                if open == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    at
}

/// Past the closing quote of a string whose text starts at `at`.
fn string(bytes: &[u8], mut at: usize) -> usize {
    while let Some(found) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
        at += found;
        if bytes[at] == b'"' {
            return at + 1;
        }
        at += 2;
    }
    bytes.len()
}

/// Past `r"…"`, `r#"…"#`, `br"…"`, `b"…"`, `c"…"`, where one starts here.
fn raw_string(bytes: &[u8], at: usize) -> Option<usize> {
    let mut next = at + 1;
    let mut raw = bytes[at] == b'r';
    if !raw && bytes.get(next) == Some(&b'r') {
        raw = true;
        next += 1;
    }
    if !raw {
        return (bytes.get(next) == Some(&b'"')).then(|| string(bytes, next + 1));
    }
    let hashes = bytes[next..].iter().take_while(|byte| **byte == b'#').count();
    if bytes.get(next + hashes) != Some(&b'"') {
        return None;
    }
    let mut from = next + hashes + 1;
    while let Some(quote) = memchr::memchr(b'"', bytes.get(from..).unwrap_or_default()) {
        from += quote + 1;
        let closing = bytes[from..]
            .iter()
            .take(hashes)
            .take_while(|byte| **byte == b'#')
            .count();
        if closing == hashes {
            return Some(from + hashes);
        }
    }
    Some(bytes.len())
}

fn continues_word(bytes: &[u8], at: usize) -> bool {
    at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_')
}

/// Past a character literal; past the quote alone where it starts a lifetime.
fn quote(text: &str, at: usize) -> usize {
    let rest = &text[at + 1..];
    let mut chars = rest.char_indices();
    match chars.next() {
        Some((_, '\\')) => {
            let close = rest[1..].char_indices().skip(1).find(|(_, c)| *c == '\'');
            close.map_or(at + 2, |(n, _)| at + 2 + n + 1)
        }
        Some(_) => match chars.next() {
            Some((n, '\'')) => at + 1 + n + 1,
            _ => at + 1,
        },
        None => at + 1,
    }
}

/// Whether nothing after a `}` continues the expression it closes.
fn ends_expression(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start();
    let goes_on = rest.starts_with([
        '.', '?', '+', '-', '*', '/', '%', '&', '|', '^', '<', '>', '=', '(', '[',
    ]);
    let goes_on = goes_on && !rest.starts_with("//") && !rest.starts_with("/*");
    !(goes_on || rest.starts_with("else") || rest.starts_with("as "))
}

#[cfg(test)]
mod tests {
    use super::{Scan, Words, without_idle};

    fn scan(text: &str) -> Scan {
        super::scan(text, &Words::find(text, true))
    }

    #[test]
    fn what_no_rule_looks_at_is_blanked_in_place() {
        let text = "/// ä async\nfn a() { \"ö\" }\nasync fn b() { c() }\nimpl X { fn d() { e }\n async fn f() { g } }\n\
                    #[cfg(test)] mod tests { async fn h() { i } }\nfn j() { rt.spawn(k) }\nmacro_rules! l { async }";
        let blank = without_idle(text, &scan(text));
        assert_eq!(blank.len(), text.len());
        for gone in ["///", "ö", "h()", "{ e }"] {
            assert!(!blank.contains(gone), "{gone}: {blank}");
        }
        for kept in ["c()", "{ g }", "spawn(k)", "mod tests {", "fn a() {"] {
            assert_eq!(blank.find(kept), text.find(kept), "{kept}: {blank}");
        }
        assert!(syn::parse_file(&blank).is_ok());
    }

    #[test]
    fn brackets_in_text_do_not_nest() {
        let found =
            scan("fn a() { let s = \"((((\"; let r = r#\"[[\"[[\"#; let c = '('; /* {{ /* { */ */ } // {{{");
        assert_eq!(found.depth, 1);
        assert_eq!(scan("((([{}])))").depth, 5);
        assert_eq!(scan("fn f<'a>(x: &'a str) { g('\\'', b'(') }").depth, 2);
    }

    #[test]
    fn runs_end_where_expressions_do() {
        assert!(scan(&"a; ".repeat(1000)).run < 3);
        assert!(scan(&"fn a() { b }\n".repeat(1000)).run < 10);
        assert!(scan(&"a + ".repeat(1000)).run >= 2000);
        assert!(scan(&"if a { b } else ".repeat(1000)).run >= 1000);
        assert!(scan(&format!("a{}", ".b(c, d)".repeat(1000))).run >= 2000);
    }

    #[test]
    fn only_plain_comments_speak() {
        let found = scan(
            "/// etiquette: exempt(a)\nlet s = \"// etiquette: exempt(b)\"; // etiquette: exempt(c) why\n",
        );
        assert_eq!(found.comments.len(), 1);
        assert_eq!(found.comments[0].text, "exempt(c) why");
    }
}
