//! A comment right above that gives the reason in its own words: what an exemption would say has been said.

use memchr::memmem;

use crate::context::{FileContext, Raw};
use crate::source::Lines;

/// What a comment speaks of when it speaks of the rule.
const WORDS: [(&str, &[&str]); 3] = [
    ("blocking_fs", &["blocking", "synchronous", "async"]),
    (
        "detached_spawn",
        &["detach", "fire and forget", "fire-and-forget", "not block"],
    ),
    (
        "unbounded_channel",
        &[
            "bounded",
            "backpressure",
            "back-pressure",
            "back pressure",
            "block",
        ],
    ),
];

/// A comment that says what is wrong gives no reason for leaving it; an exemption has been judged already.
const NO_REASON: [&str; 5] = ["todo", "fixme", "xxx", "hack", "etiquette:"];

/// The most lines that a statement may have above the finding.
const STATEMENT: usize = 6;

/// Takes out the findings that the comment above their statement, or at the end of their line, gives a reason for; a
/// comment above speaks for further findings of its rule on the very next lines too. What the policy locks stays.
pub(crate) fn drop_explained(text: &str, lines: &Lines, file: &FileContext<'_>, found: &mut Vec<Raw>) {
    found.sort_by_key(|raw| raw.place.start().line);
    let mut above = None;
    found.retain(|raw| {
        let words = WORDS.iter().find(|(rule, _)| *rule == raw.rule.name);
        let Some((rule, words)) = words else { return true };
        let line = raw.place.start().line;
        if file.policy.locked[raw.rule.index()].is_some() {
            return true;
        }
        if above == Some((*rule, line - 1)) || is_explained_above(text, lines, line, words) {
            above = Some((*rule, line));
            return false;
        }
        !is_explained_at_the_end(text, lines, line, words)
    });
}

fn is_explained_at_the_end(text: &str, lines: &Lines, line: usize, words: &[&str]) -> bool {
    let comment = lines.text(text, line).split_once("// ");
    comment.is_some_and(|(_, comment)| gives_reason(&comment.to_lowercase(), words))
}

fn is_explained_above(text: &str, lines: &Lines, line: usize, words: &[&str]) -> bool {
    let above = |at: usize| lines.text(text, at).trim();
    let mut at = line - 1;
    // The finding may stand further down in its statement, or be all that a loop does.
    while at > 0 && line - at <= STATEMENT && !begins_with_comment(above(at)) {
        let begins_another = above(at).is_empty() || above(at).ends_with([';', '{', '}', ',']);
        if begins_another && !is_header(above(at)) {
            return false;
        }
        at -= 1;
    }
    let mut comment = Vec::new();
    while at > 0 && begins_with_comment(above(at)) {
        comment.push(above(at).trim_start_matches('/').to_lowercase());
        at -= 1;
    }
    comment.reverse();
    gives_reason(&comment.join(" "), words)
}

/// `for … in … {`, `if … {`: the first statement inside belongs to it.
fn is_header(line: &str) -> bool {
    line.ends_with('{') && (line.starts_with("for ") || line.starts_with("if "))
}

fn begins_with_comment(line: &str) -> bool {
    line.starts_with("//")
}

/// Whether a comment, in small letters, speaks of the rule and of no mistake.
fn gives_reason(comment: &str, words: &[&str]) -> bool {
    let mentions = |word: &&str| memmem::find(comment.as_bytes(), word.as_bytes()).is_some();
    words.iter().any(mentions) && !NO_REASON.iter().any(mentions)
}
