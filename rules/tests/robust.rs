//! No text makes the engine panic: the corpus, cut up, doubled and shuffled at random, under every preset.

use std::path::{Path, PathBuf};

use etiquette_rules::{Engine, ItemSource, Policy, Preset, SourceText};

#[allow(clippy::unwrap_used, reason = "helpers of tests fail the test")]
fn corpus() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut folders: Vec<PathBuf> = vec![root];
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                texts.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    texts
}

/// The same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
}

/// Words and signs, with the blanks between them.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same = |c: char| (c.is_alphanumeric() || c == '_') == (first.is_alphanumeric() || first == '_');
        let end = if first.is_alphanumeric() || first == '_' {
            rest.find(|c| !same(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        pieces.push(&rest[..end]);
        rest = &rest[end..];
    }
    pieces
}

#[test]
fn nothing_panics() {
    let texts = corpus();
    let engines: Vec<Engine> = [Preset::Strict, Preset::Server, Preset::Minimal]
        .map(|preset| Engine::new(Policy::with_preset(preset)))
        .into();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut parsed = 0;
    for round in 0..4000 {
        let text = &texts[random.below(texts.len())];
        let other = &texts[random.below(texts.len())];
        let mut parts = pieces(text);
        let strange = pieces(other);
        for _ in 0..=random.below(3) {
            if parts.len() < 2 {
                break;
            }
            let at = random.below(parts.len());
            let word = strange[random.below(strange.len())];
            let is_word = |part: &str| part.starts_with(|c: char| c.is_alphanumeric() || c == '_');
            match random.below(8) {
                0 => drop(parts.remove(at)),
                1 => parts.insert(
                    at,
                    ["#", "'", "\"", "{", "}", "ä", "//", "/*", "r#\"", "!"][random.below(10)],
                ),
                2 => parts.truncate(at),
                // The other changes mostly leave something that parses.
                _ if is_word(word) && is_word(parts[at]) => parts[at] = word,
                3 => parts.insert(at, word),
                _ => {
                    let with = random.below(parts.len());
                    if is_word(parts[at]) == is_word(parts[with]) {
                        parts.swap(at, with);
                    }
                }
            }
        }
        let text = parts.concat();
        let engine = &engines[round % engines.len()];
        let checked = engine.check_source(Path::new("src/a.rs"), &text);
        parsed += usize::from(checked.skipped.is_none());
        for finding in &checked.findings {
            assert!(
                text.get(finding.range()).is_some(),
                "{finding} is no place in\n{text}"
            );
            let edit = finding
                .edit
                .as_ref()
                .map(|edit| text.get(edit.range.clone()).is_some());
            assert_ne!(edit, Some(false), "the edit of {finding} is no place in\n{text}");
        }
        if let Ok(tokens) = text.parse() {
            let source = ItemSource {
                path: PathBuf::from("src/a.rs"),
                text: Some(SourceText::new(text)),
                line: 1,
            };
            drop(engine.check_item(tokens, &source));
        }
    }
    assert!(
        parsed > 1000,
        "only {parsed} of 4000 texts parsed: they are too broken to test the rules"
    );
}
