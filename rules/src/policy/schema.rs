//! The keys of a policy file and what each takes.

use toml::de::DeTable;

use super::read::{Reader, Value};
use super::schema_data::{blocking, lists, timeouts};
use super::{Data, Place, Placed, Preset, Scope, Setting};
use crate::suggest::closest;
use crate::{Level, Rule};

const TOP: [&str; 15] = [
    "preset",
    "rules-edition",
    "extends",
    "locked",
    "tests",
    "exclude",
    "runtime",
    "rules",
    "scope",
    "blocking",
    "tasks",
    "cancel",
    "timeouts",
    "channels",
    "exempt",
];
const TESTS: [&str; 6] = ["off", "minimal", "server", "library", "cli", "strict"];

/// One file as it was written, before its parents are added.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) preset: Option<Preset>,
    pub(super) extends: Vec<Extends>,
    pub(super) locked: Option<Locked>,
    pub(super) tests: Option<Option<Preset>>,
    pub(super) exclude: Vec<Placed<String>>,
    pub(super) rules: Vec<Setting>,
    pub(super) scopes: Vec<Scope>,
    pub(super) reason_required: Option<bool>,
    pub(super) data: Data,
}

pub(super) struct Extends {
    pub(super) source: Source,
    pub(super) place: Place,
}

pub(super) enum Source {
    Path(String),
    Crate(String),
}

pub(super) enum Locked {
    /// Everything that this file sets to `deny`.
    Denied(Place),
    Rules(Vec<(&'static Rule, Place)>),
}

pub(super) fn sheet(reader: &mut Reader<'_>, table: &DeTable<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        match name {
            "preset" => sheet.preset = reader.word(name, value, &Preset::NAMES, Preset::from_name),
            "rules-edition" => edition(reader, value),
            "extends" => sheet.extends = extends(reader, value),
            "locked" => sheet.locked = locked(reader, value),
            "tests" => sheet.tests = tests(reader, value),
            "exclude" => sheet.exclude = reader.strings(name, value),
            "runtime" => {
                let known = ["tokio"];
                sheet.data.runtime = reader.word(name, value, &known, |word| {
                    known.contains(&word).then(|| word.to_owned())
                });
            }
            "rules" => sheet.rules = rules(reader, value),
            "scope" => sheet.scopes = scopes(reader, value),
            "blocking" => blocking(reader, value, &mut sheet.data),
            "tasks" | "cancel" => lists(reader, name, value, &mut sheet.data),
            "timeouts" => timeouts(reader, value, &mut sheet.data),
            "channels" => {
                each(
                    reader,
                    "[channels]",
                    value,
                    &["capacity"],
                    |reader, key, value| {
                        sheet.data.capacity = reader.count(key, value);
                    },
                );
            }
            "exempt" => each(reader, "[exempt]", value, &["reason"], |reader, key, value| {
                let words = ["required", "optional"];
                let read = |word: &str| words.contains(&word).then_some(word == "required");
                sheet.reason_required = reader.word(key, value, &words, read);
            }),
            _ => reader.unknown_key(key.span(), name, "a policy", &TOP),
        }
    }
    sheet
}

/// Walks a table whose keys are known.
pub(super) fn each(
    reader: &mut Reader<'_>,
    place: &str,
    value: &Value<'_>,
    known: &[&str],
    mut take: impl FnMut(&mut Reader<'_>, &str, &Value<'_>),
) {
    let Some(table) = value.get_ref().as_table() else {
        return reader.mismatch(place, "a table", value);
    };
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        if known.contains(&name) {
            take(reader, name, value);
        } else {
            reader.unknown_key(key.span(), name, place, known);
        }
    }
}

fn edition(reader: &mut Reader<'_>, value: &Value<'_>) {
    let Some(edition) = reader.string("rules-edition", value) else {
        return;
    };
    if edition.value != super::RULES_EDITION {
        let message = format!("rules-edition `{}` is not known to this version", edition.value);
        reader.error(
            value.span(),
            message,
            Some(format!("write `rules-edition = \"{}\"`", super::RULES_EDITION)),
        );
    }
}

fn tests(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Option<Preset>> {
    let read = |word: &str| {
        if word == "off" {
            Some(None)
        } else {
            Preset::from_name(word).map(Some)
        }
    };
    reader.word("tests", value, &TESTS, read)
}

fn extends(reader: &mut Reader<'_>, value: &Value<'_>) -> Vec<Extends> {
    let place = reader.place(value.span());
    if let Some(array) = value.get_ref().as_array() {
        return array.iter().flat_map(|entry| extends(reader, entry)).collect();
    }
    let mut source = None;
    if value.get_ref().is_table() {
        each(reader, "`extends`", value, &["crate"], |reader, key, value| {
            source = reader.string(key, value).map(|name| Source::Crate(name.value));
        });
    } else if value.get_ref().is_str() {
        source = reader
            .string("extends", value)
            .map(|path| Source::Path(path.value));
    } else {
        reader.mismatch("extends", "a path, or `{ crate = \"name\" }`", value);
    }
    source
        .map(|source| Extends { source, place })
        .into_iter()
        .collect()
}

fn locked(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Locked> {
    if let Some(on) = value.get_ref().as_bool() {
        return on.then(|| Locked::Denied(reader.place(value.span())));
    }
    let names = reader.strings("locked", value);
    let rules = names
        .into_iter()
        .filter_map(|name| Some((rule(reader, &name)?, name.place)))
        .collect();
    Some(Locked::Rules(rules))
}

fn rule(reader: &mut Reader<'_>, name: &Placed<String>) -> Option<&'static Rule> {
    let found = Rule::find(&name.value);
    if found.is_none() {
        let near = closest(&name.value, crate::rules::ALL.iter().map(|rule| rule.name));
        let help = near.map_or_else(
            || "`cargo etiquette explain` lists the rules".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let span = name.place.start.byte..name.place.end.byte;
        reader.error(span, format!("no rule is called `{}`", name.value), Some(help));
    }
    found
}

fn rules(reader: &mut Reader<'_>, value: &Value<'_>) -> Vec<Setting> {
    let Some(table) = value.get_ref().as_table() else {
        reader.mismatch("rules", "a table", value);
        return Vec::new();
    };
    let mut settings: Vec<Setting> = Vec::new();
    for (key, value) in table {
        let place = reader.place(key.span());
        let name = Placed {
            value: key.get_ref().as_ref().to_owned(),
            place: place.clone(),
        };
        let level = reader.word(&name.value, value, &Level::NAMES, Level::from_name);
        let (Some(rule), Some(level)) = (rule(reader, &name), level) else {
            continue;
        };
        if settings.iter().any(|setting| setting.rule == rule) {
            reader.error(
                key.span(),
                format!("`{}` is set twice, here under another spelling", rule.name),
                None,
            );
        }
        settings.push(Setting { rule, level, place });
    }
    settings
}

fn scopes(reader: &mut Reader<'_>, value: &Value<'_>) -> Vec<Scope> {
    let Some(array) = value.get_ref().as_array() else {
        reader.mismatch("scope", "a list of tables: write `[[scope]]`", value);
        return Vec::new();
    };
    let mut scopes = Vec::new();
    for entry in array.iter() {
        let root = reader.path.parent().unwrap_or(reader.path).to_owned();
        let mut scope = Scope {
            root,
            paths: Vec::new(),
            preset: None,
            rules: Vec::new(),
            tests: None,
        };
        each(
            reader,
            "[[scope]]",
            entry,
            &["paths", "preset", "rules", "tests"],
            |reader, key, value| match key {
                "paths" => scope.paths = reader.strings(key, value),
                "preset" => scope.preset = reader.word(key, value, &Preset::NAMES, Preset::from_name),
                "rules" => scope.rules = rules(reader, value),
                _ => scope.tests = tests(reader, value),
            },
        );
        if entry.get_ref().is_table() {
            if scope.paths.is_empty() {
                let help = Some("write `paths = [\"crates/tool/**\"]`".to_owned());
                reader.error(entry.span(), "a scope without `paths` covers nothing", help);
            } else if scope.preset.is_none() && scope.rules.is_empty() && scope.tests.is_none() {
                reader.error(
                    entry.span(),
                    "a scope without `preset`, `rules` or `tests` changes nothing",
                    None,
                );
            }
        }
        scopes.push(scope);
    }
    scopes
}
