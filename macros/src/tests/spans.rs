//! Whom the tokens of an expansion point at: an editor's hover and go-to, and rustc's errors, follow spans.
//!
//! A token with a span of the user's is one that the user wrote there, and the body's tokens are there once each. The
//! exceptions point at what is to blame: the declared type, where a stop has to become it, an option's value, and the
//! parameter that cancels. Nothing else points at a parameter, and nothing at all into the body.

use super::expand;
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use std::collections::BTreeMap;
use std::ops::Range;

/// One token: what it says, and what stands where it points, when that is in a source.
struct Seen {
    text: String,
    at: Option<(Range<usize>, String)>,
}

fn see(text: String, span: Span, found: &mut Vec<Seen>) {
    let at = span.source_text().map(|source| (span.byte_range(), source));
    found.push(Seen { text, at });
}

/// Every token at any depth, with delimiters as tokens.
fn flat(tokens: TokenStream) -> Vec<Seen> {
    fn inner(tokens: TokenStream, found: &mut Vec<Seen>) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Brace => ("{", "}"),
                        Delimiter::Bracket => ("[", "]"),
                        Delimiter::None => ("", ""),
                    };
                    let edge = |text: &str, span, found: &mut Vec<Seen>| {
                        if !text.is_empty() {
                            see(text.to_owned(), span, found);
                        }
                    };
                    edge(open, group.span_open(), found);
                    inner(group.stream(), found);
                    edge(close, group.span_close(), found);
                }
                other => see(other.to_string(), other.span(), found),
            }
        }
    }
    let mut found = Vec::new();
    inner(tokens, &mut found);
    found
}

/// Where the parts of a source with one function stand.
struct Source<'a> {
    text: &'a str,
    /// After the attributes.
    item: usize,
    /// The body, with its braces.
    body: Range<usize>,
    /// What is blamed for a return type: the type, or the function's name where there is none.
    blamed: Range<usize>,
    /// The parameter that a bare `#[cancellable]` listens to.
    listened: Option<usize>,
}

impl<'a> Source<'a> {
    fn new(text: &'a str) -> Self {
        let item = ["\nasync fn", "\nfn"]
            .iter()
            .find_map(|start| text.find(start))
            .expect("a function");
        let body =
            item + text[item..].find(" {\n").expect("a body") + 1..text.rfind('}').expect("a body") + 1;
        let name = item + text[item..].find("fn ").expect("a name") + 3;
        let head = &text[name..body.start];
        let blamed = match head.rfind(") -> ") {
            Some(arrow) => name + arrow + 5..body.start,
            None => name..name + head.find('(').expect("parameters"),
        };
        let listened = ["token: CancellationToken", "stop: watch::Receiver"]
            .iter()
            .find_map(|name| text.find(name));
        Self {
            text,
            item,
            body,
            blamed,
            listened,
        }
    }

    fn expanded(&self) -> Vec<Seen> {
        let tokens: TokenStream = self.text.parse().expect("tokens");
        flat(expand(tokens))
    }
}

const STACK: &str = r#"
#[instrument_task(fields(id, name = %name), err(level = warn, Debug), ret)]
#[cancellable(grace = 1s)]
#[with_timeout(1m30s, total)]
#[retry(attempts = N, exponential(1_500ms, factor = 2), jitter = 0.2, when = |e| e.is_busy(), clone(name), attempt = at,
    budget = &BUDGET, key = id, on_retry = |retry| log(retry).await)]
#[with_timeout(limit.unwrap_or(MAX), attempt, error = |stop| Error::from(stop))]
async fn full(&mut self, token: CancellationToken, id: u64, name: String, limit: Option<Duration>) -> Result<String, Error> {
    if at.is_last { return Err(Error::Busy); }
    let text = format!("{id} {name}");
    self.send(text, token.child_token()).await?
}
"#;

const OTHERS: [&str; 4] = [
    r#"
#[fallback(with = |error| instead(&error).await.ok_or(error), when = |e| e.is_busy())]
#[circuit_breaker(failure_rate = 0.25, window = 50, open_for = 5s, factor = 1.5, slow_call = 300ms, key = id,
    error = |open| Error::from(open))]
#[rate_limit(RATE, per = 1m30s, burst = BURST + 1, wait = limit.min(MAX), key = (id, 1))]
#[concurrency_limit(16, wait = 1s, queue = N, or_return = Err(Error::Busy))]
async fn limited(id: u64, limit: Duration) -> Result<String, Error> {
    ask(id).await?
}
"#,
    r#"
#[retry(attempts = 3, retry_refused, clone(key))]
#[hedge(after = after, attempts = 3, clone(key), budget = &BUDGET)]
#[circuit_breaker(state = self.breaker)]
#[concurrency_limit(semaphore = self.places, wait = 1s)]
async fn hedged(&self, key: Key, after: Duration) -> Result<Value, Error> {
    self.read(key).await
}
"#,
    r#"
#[fallback(if stale { Ok(Value::stale()) } else { Value::empty() }.into())]
#[with_timeout(5s, total)]
#[shield]
#[retry(clone(order), attempt = at)]
async fn shielded(order: Order, stale: bool) -> Result<Value, Error> {
    ledger().commit(order, at.number).await
}
"#,
    r#"
#[with_timeout(5s)]
#[blocking(limit = 4)]
async fn on_a_thread(password: String) -> Result<Hash, Error> {
    argon2(&password)
}
"#,
];

const PLAIN: [&str; 6] = [
    "\n#[cancellable]\nasync fn worker(mut stop: watch::Receiver<bool>) {\n    loop { work().await; }\n}\n",
    "\n#[with_timeout(until = at, or_return = None)]\nasync fn option(at: Instant) -> Option<u8> {\n    Some(*list.first()?)\n}\n",
    "\n#[instrument_task]\nasync fn never() -> ! {\n    loop { tick().await }\n}\n",
    "\n#[cancellable(self.token)]\n#[retry]\nasync fn owned(self, (a, b): (u8, u8)) -> io::Result<impl Iterator<Item = u8>> {\n    let b = b + a;\n    Ok(0..b)\n}\n",
    "\n#[retry(when_result = is_empty, policy = POLICY)]\nasync fn by_policy(s: String) -> Vec<u8> {\n    s.bytes().collect()\n}\n",
    "\n#[with_timeout(5s)]\nfn boxed(n: u32) -> Pin<Box<dyn Future<Output = Result<u32, Error>>>> {\n    let m = n + 1;\n    Box::pin(async move { Ok(m) })\n}\n",
];

fn sources() -> impl Iterator<Item = Source<'static>> {
    [STACK].into_iter().chain(OTHERS).chain(PLAIN).map(Source::new)
}

/// What asks a parameter whether it cancels: `Clone::clone`, and our trait's method.
const SOURCE: [&str; 5] = [":", "core", "clone", "Clone", "__etq_source"];

// H139
#[test]
fn what_points_at_the_user_is_what_the_user_wrote() {
    for source in sources() {
        let expanded = source.expanded();
        let generated = expanded.iter().filter(|token| token.at.is_none()).count();
        let says: Vec<&str> = expanded.iter().map(|token| &*token.text).collect();
        assert!(
            generated > 20 && !says.contains(&"compile_error"),
            "nothing was generated: {}\n{}",
            says.join(" "),
            source.text
        );
        for token in &expanded {
            let Some((at, written)) = &token.at else { continue };
            let to_blame = at.start < source.item
                || source.blamed.contains(&at.start)
                || source.listened == Some(at.start) && SOURCE.contains(&&*token.text);
            assert!(
                token.text == *written || to_blame,
                "`{}` points at `{written}` of\n{}",
                token.text,
                source.text
            );
        }
    }
}

// H69, H139
#[test]
fn every_token_of_the_body_is_there_once() {
    for source in sources() {
        let mut count: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, _) in source.expanded().into_iter().filter_map(|token| token.at) {
            *count.entry(at.start).or_default() += 1;
        }
        // The braces around the body's statements: the function's, or those of the future it ends in.
        let last = |pattern| {
            source.text[source.body.clone()]
                .find(pattern)
                .map(|at| source.body.start + at)
        };
        let (open, close) = match last("async move {") {
            Some(at) => (at + "async move ".len(), source.text.rfind("})").expect("an end")),
            None => (source.body.start, source.body.end - 1),
        };
        for token in flat(source.text.parse().expect("tokens")) {
            let (at, _) = token.at.expect("a place");
            // They stand around the layers as well, and so does the future's `async`.
            let doubled = at.start == open || at.start == close || (token.text == "async" && open > at.start);
            let wanted = match at.start {
                start if source.body.contains(&start) => 1 + usize::from(doubled),
                _ => continue,
            };
            let found = count.get(&at.start).copied().unwrap_or(0);
            assert_eq!(found, wanted, "`{}` of\n{}", token.text, source.text);
        }
    }
}

#[test]
fn async_is_the_users_own() {
    for source in sources() {
        let wanted = source.item + source.text[source.item..].find("async").expect("async");
        let asyncs = source
            .expanded()
            .into_iter()
            .filter(|token| token.text == "async");
        let users = asyncs.filter(|token| token.at.as_ref().is_some_and(|(at, _)| at.start == wanted));
        // The function's or the future's, and the block's that the body is in: where it is no closure.
        let wanted = if source.text.contains("#[blocking") { 1 } else { 2 };
        assert_eq!(users.count(), wanted, "{}", source.text);
    }
}
