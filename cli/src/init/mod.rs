//! `init`: writes the policy file and the clippy settings that go with it. What is already said stays as it is.

mod clippy;
mod preset;

use std::path::Path;

use crate::args::InitArgs;
use crate::failure::Failure;
use crate::fix::{diff, write_whole};
use crate::report::Report;
use crate::tree::{metadata, relative, root, start};

/// One file as it would be.
struct Planned {
    path: std::path::PathBuf,
    before: String,
    after: String,
}

pub(crate) fn run(args: &InitArgs) -> Result<Report, Failure> {
    let root = root(&start(args.manifest_path.as_deref())?)?;
    let metadata = metadata(&root)?;
    let (preset, because) = match args.preset {
        Some(preset) => (preset, "as asked".to_owned()),
        None => preset::choose(&metadata),
    };
    let mut said = Vec::new();
    let mut planned = Vec::new();

    let policy = root.join(etiquette_rules::policy::FILE_NAME);
    match read(&policy)? {
        Some(_) => said.push(format!(
            "{} is there and stays as it is",
            relative(&root, &policy)
        )),
        None => {
            said.push(format!("preset `{}`: {because}", preset.name()));
            planned.push(Planned {
                path: policy,
                before: String::new(),
                after: preset::file(preset),
            });
        }
    }
    let manifest = root.join("Cargo.toml");
    let before = read(&manifest)?.unwrap_or_default();
    let after =
        clippy::lints(&before).map_err(|cause| Failure::new(format!("{}: {cause}", manifest.display())))?;
    if after != before && before.contains("[workspace") {
        said.push("members follow the lints with `[lints] workspace = true` in their Cargo.toml".to_owned());
    }
    planned.push(Planned {
        path: manifest,
        before,
        after,
    });

    let hidden = root.join(".clippy.toml");
    let settings = if hidden.is_file() {
        hidden
    } else {
        root.join("clippy.toml")
    };
    let before = read(&settings)?.unwrap_or_default();
    let after = clippy::settings(&before)
        .map_err(|cause| Failure::new(format!("{}: {cause}", settings.display())))?;
    planned.push(Planned {
        path: settings,
        before,
        after,
    });

    planned.retain(|file| file.before != file.after);
    let mut report = Report::default();
    for file in &planned {
        report
            .stdout
            .push_str(&diff(&relative(&root, &file.path), &file.before, &file.after));
    }
    if !args.dry_run {
        for file in &planned {
            write_whole(&file.path, &file.after).map_err(|cause| {
                Failure::new(format!("{} cannot be written: {cause}", file.path.display()))
            })?;
        }
    }
    said.push(match (planned.len(), args.dry_run) {
        (0, _) => "nothing to write".to_owned(),
        (_, true) => "nothing written: leave `--dry-run` out for that".to_owned(),
        (_, false) => {
            let names: Vec<_> = planned.iter().map(|file| relative(&root, &file.path)).collect();
            format!(
                "wrote {}; `cargo etiquette check` says what breaks the rules",
                names.join(", ")
            )
        }
    });
    report.stderr = said.join("\n") + "\n";
    Ok(report)
}

fn read(path: &Path) -> Result<Option<String>, Failure> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(Failure::new(format!(
            "{} cannot be read: {cause}",
            path.display()
        ))),
    }
}
