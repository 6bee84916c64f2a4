//! Programs of several files that do one thing and end: `src/bin/<name>/`, where one file declares the arguments of a
//! command line and none serves anybody.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use crate::context::{ARGUMENTS, SERVING};

/// What one file says about the program it belongs to.
pub(super) struct Part {
    folder: PathBuf,
    declares_arguments: bool,
    serves: bool,
}

/// The part that this file is of a program in `src/bin/`.
pub(super) fn part(file: &Path, text: &str) -> Option<Part> {
    let folder = program(file)?;
    let words = || text.split(|c: char| !c.is_alphanumeric() && c != '_');
    Some(Part {
        folder,
        declares_arguments: text.contains("derive(") && words().any(|word| ARGUMENTS.contains(&word)),
        serves: words().any(|word| SERVING.contains(&word)),
    })
}

/// The folders that hold a tool.
pub(super) fn tools<'p>(parts: impl Iterator<Item = &'p Part>) -> Vec<PathBuf> {
    let mut programs: HashMap<&Path, (bool, bool)> = HashMap::new();
    for part in parts {
        let (declares, serves) = programs.entry(&part.folder).or_default();
        *declares |= part.declares_arguments;
        *serves |= part.serves;
    }
    let tools = programs
        .into_iter()
        .filter(|(_, (declares, serves))| *declares && !serves);
    tools.map(|(folder, _)| folder.to_owned()).collect()
}

/// `…/src/bin/<name>` for every file in it, and for `…/src/bin/<name>.rs`.
fn program(file: &Path) -> Option<PathBuf> {
    let parts: Vec<Component<'_>> = file.components().collect();
    let at = parts
        .windows(2)
        .rposition(|pair| pair[0].as_os_str() == "src" && pair[1].as_os_str() == "bin")?;
    let folder: PathBuf = parts.iter().take(at + 3).collect();
    Some(folder.with_extension(""))
}

#[cfg(test)]
mod tests {
    use super::{part, program, tools};
    use std::path::{Path, PathBuf};

    #[test]
    fn programs_are_the_folders_below_bin() {
        for file in [
            "a/src/bin/load.rs",
            "a/src/bin/load/mod.rs",
            "a/src/bin/load/b/c.rs",
        ] {
            assert_eq!(
                program(Path::new(file)),
                Some(PathBuf::from("a/src/bin/load")),
                "{file}"
            );
        }
        assert_eq!(program(Path::new("a/src/binary/load.rs")), None);
    }

    #[test]
    fn a_program_with_arguments_that_serves_nobody_is_a_tool() {
        let file = |name: &str, text: &str| part(Path::new(name), text);
        let arguments = "#[derive(Parser)] struct Args;";
        let tool = [
            file("src/bin/load/main.rs", arguments),
            file("src/bin/load/run.rs", "async fn run() {}"),
        ];
        assert_eq!(tools(tool.iter().flatten()), [PathBuf::from("src/bin/load")]);
        let server = [
            file("src/bin/api/main.rs", arguments),
            file(
                "src/bin/api/run.rs",
                "async fn run() { axum::serve(l, app()).await }",
            ),
        ];
        assert!(tools(server.iter().flatten()).is_empty());
        let unknown = [file("src/bin/api/run.rs", "async fn run() {}")];
        assert!(tools(unknown.iter().flatten()).is_empty());
    }
}
