//! The rule data of a policy file: lists, limits, capacities.

use std::time::Duration;

use super::read::{Reader, Value};
use super::schema::each;
use super::{Data, Listed};
use crate::Level;

pub(super) fn blocking(reader: &mut Reader<'_>, value: &Value<'_>, data: &mut Data) {
    each(
        reader,
        "[blocking]",
        value,
        &["wrappers", "list", "cpu"],
        |reader, key, value| match key {
            "wrappers" => take_list(
                reader,
                "blocking.wrappers",
                value,
                |data| &mut data.blocking_wrappers,
                data,
            ),
            "cpu" => take_list(reader, "blocking.cpu", value, |data| &mut data.cpu_heavy, data),
            _ => {
                let Some(array) = value.get_ref().as_array() else {
                    return reader.mismatch("list", "a list of tables: write `[[blocking.list]]`", value);
                };
                data.blocking_list
                    .extend(array.iter().filter_map(|entry| listed_call(reader, entry)));
            }
        },
    );
}

fn listed_call(reader: &mut Reader<'_>, entry: &Value<'_>) -> Option<Listed> {
    let mut path = None;
    let mut listed = Listed {
        place: Some(reader.place(entry.span())),
        ..Listed::new("")
    };
    let known = ["path", "use", "level", "why"];
    each(
        reader,
        "[[blocking.list]]",
        entry,
        &known,
        |reader, key, value| match key {
            "path" => path = reader.string(key, value),
            "use" => listed.instead = reader.string(key, value).map(|text| text.value),
            "why" => listed.why = reader.string(key, value).map(|text| text.value),
            _ => {
                if let Some(level) = reader.word(key, value, &Level::NAMES, Level::from_name) {
                    listed.level = level;
                }
            }
        },
    );
    let Some(path) = path else {
        if entry.get_ref().is_table() {
            let help = Some("write `path = \"crate_name::module::function\"`".to_owned());
            reader.error(entry.span(), "an entry of `blocking.list` needs a `path`", help);
        }
        return None;
    };
    if !path.value.contains("::") {
        let span = path.place.start.byte..path.place.end.byte;
        let message = format!(
            "`{}` is not a full path: a bare name would match strangers' functions",
            path.value
        );
        reader.error(
            span,
            message,
            Some(format!("write the crate too, as in `acme::{}`", path.value)),
        );
        return None;
    }
    listed.path = path.value;
    listed.place = Some(path.place);
    Some(listed)
}

pub(super) fn lists(reader: &mut Reader<'_>, table: &str, value: &Value<'_>, data: &mut Data) {
    if table == "tasks" {
        return each(reader, "[tasks]", value, &["spawn"], |reader, _, value| {
            take_list(reader, "tasks.spawn", value, |data| &mut data.spawn, data);
        });
    }
    each(
        reader,
        "[cancel]",
        value,
        &["sources", "unsafe", "required"],
        |reader, key, value| match key {
            "sources" => take_list(
                reader,
                "cancel.sources",
                value,
                |data| &mut data.cancel_sources,
                data,
            ),
            "unsafe" => take_list(
                reader,
                "cancel.unsafe",
                value,
                |data| &mut data.cancel_unsafe,
                data,
            ),
            _ => take_list(
                reader,
                "cancel.required",
                value,
                |data| &mut data.cancel_required,
                data,
            ),
        },
    );
}

fn take_list(
    reader: &mut Reader<'_>,
    name: &'static str,
    value: &Value<'_>,
    list: impl Fn(&mut Data) -> &mut Vec<String>,
    data: &mut Data,
) {
    for entry in reader.strings(name, value) {
        list(data).push(entry.value.clone());
        data.places.push((entry.value, name, entry.place));
    }
}

pub(super) fn timeouts(reader: &mut Reader<'_>, value: &Value<'_>, data: &mut Data) {
    let known = ["default", "db", "http", "max", "outbound"];
    each(reader, "[timeouts]", value, &known, |reader, key, value| {
        if key == "outbound" {
            return take_list(
                reader,
                "timeouts.outbound",
                value,
                |data| &mut data.outbound,
                data,
            );
        }
        let Some(text) = reader.string(key, value) else {
            return;
        };
        let Some(duration) = duration(&text.value) else {
            let help = Some("write `\"30s\"`, `\"250ms\"`, `\"2m\"` or `\"1h\"`".to_owned());
            return reader.error(value.span(), format!("`{}` is not a duration", text.value), help);
        };
        match key {
            "default" => data.timeout_default = Some(text.value),
            "db" => data.timeout_db = Some(text.value),
            "http" => data.timeout_http = Some(text.value),
            _ => data.timeout_max = Some(duration),
        }
    });
}

/// `250ms`, `1.5s`, `2m`, `1h`, as the attributes write them.
pub(crate) fn duration(text: &str) -> Option<Duration> {
    let text = text.trim().replace('_', "");
    let digits = text.find(|c: char| c != '.' && !c.is_ascii_digit())?;
    let number: f64 = text[..digits].parse().ok()?;
    let seconds = match &text[digits..] {
        "us" => number / 1e6,
        "ms" => number / 1e3,
        "s" => number,
        "m" => number * 60.0,
        "h" => number * 3600.0,
        _ => return None,
    };
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|duration| !duration.is_zero())
}
