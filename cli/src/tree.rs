//! Which tree is meant: its root, its policy, and the packages that were asked for.

use std::path::{Path, PathBuf};

use cargo_metadata::{Metadata, MetadataCommand};
use etiquette_rules::{Policy, Preset, Walk, closest};

use crate::args::TreeArgs;
use crate::failure::Failure;

/// The workspace that a command works on.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) walk: Walk,
    part: Part,
}

/// Which files of the tree were asked for.
#[derive(Debug, Default)]
struct Part {
    /// The folders of all packages; empty when everything was asked for.
    all: Vec<PathBuf>,
    wanted: Vec<PathBuf>,
}

impl Tree {
    pub(crate) fn find(args: &TreeArgs, preset: Option<Preset>) -> Result<Self, Failure> {
        let start = start(args.manifest_path.as_deref())?;
        let walk = match preset {
            None => Walk::workspace(&start)?,
            Some(preset) => {
                let root = root(&start)?;
                let policy = Policy::discover(&root)?.with_preset_of(preset);
                Walk::new(root, policy)
            }
        };
        Self::of(walk, args)
    }

    /// The tree for a command that looks at code alone: its policy is not read.
    pub(crate) fn without_policy(args: &TreeArgs) -> Result<Self, Failure> {
        let root = root(&start(args.manifest_path.as_deref())?)?;
        Self::of(Walk::new(root, Policy::default()), args)
    }

    fn of(walk: Walk, args: &TreeArgs) -> Result<Self, Failure> {
        let part = Part::of(walk.root(), &args.package)?;
        Ok(Self { walk, part })
    }

    pub(crate) fn root(&self) -> &Path {
        self.walk.root()
    }

    /// The same tree, reading only these files' findings.
    pub(crate) fn only(mut self, files: impl IntoIterator<Item = PathBuf>) -> Self {
        self.walk = self.walk.only(files);
        self
    }

    /// Whether the file belongs to what was asked for.
    pub(crate) fn covers(&self, file: &Path) -> bool {
        self.part.covers(file)
    }

    /// The path as a reader of this tree would write it, with `/` everywhere.
    pub(crate) fn relative(&self, file: &Path) -> String {
        relative(self.root(), file)
    }
}

/// The folder to start from: where the manifest lies, or where we are.
pub(crate) fn start(manifest: Option<&Path>) -> Result<PathBuf, Failure> {
    match manifest {
        None => std::env::current_dir()
            .map_err(|cause| Failure::new(format!("the current folder cannot be read: {cause}"))),
        Some(manifest) if !manifest.ends_with("Cargo.toml") => {
            Err(Failure::new("`--manifest-path` must name a Cargo.toml")
                .help("add `/Cargo.toml` to the folder"))
        }
        Some(manifest) if !manifest.is_file() => {
            Err(Failure::new(format!("{} is not there", manifest.display())))
        }
        Some(manifest) => {
            let folder = manifest.parent().filter(|folder| !folder.as_os_str().is_empty());
            Ok(folder.unwrap_or(Path::new(".")).to_owned())
        }
    }
}

/// The workspace's folder, its policy unread.
pub(crate) fn root(start: &Path) -> Result<PathBuf, Failure> {
    etiquette_rules::workspace_root(start).ok_or_else(|| {
        Failure::new(format!(
            "{}: no Cargo.toml here or in a folder above",
            start.display()
        ))
        .help("run it inside a Cargo workspace, or give `--manifest-path`")
    })
}

/// What cargo says of the workspace's own packages; nothing is downloaded for that.
pub(crate) fn metadata(root: &Path) -> Result<Metadata, Failure> {
    MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .no_deps()
        .exec()
        .map_err(|cause| {
            let cause = cause.to_string();
            let line = cause
                .lines()
                .find(|line| !line.trim().is_empty())
                .unwrap_or_default();
            Failure::new(format!("cargo cannot read the workspace: {}", line.trim()))
                .help("`cargo metadata --no-deps` shows the whole error")
        })
}

impl Part {
    fn of(root: &Path, wanted: &[String]) -> Result<Self, Failure> {
        if wanted.is_empty() {
            return Ok(Self::default());
        }
        let metadata = metadata(root)?;
        let packages = metadata.workspace_packages();
        let folder = |package: &&cargo_metadata::Package| {
            let manifest = package.manifest_path.as_std_path();
            let folder = manifest.parent().unwrap_or(manifest);
            folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
        };
        let mut part = Self {
            all: packages.iter().map(folder).collect(),
            wanted: Vec::new(),
        };
        for name in wanted {
            let Some(package) = packages.iter().find(|package| package.name.as_str() == name) else {
                let names = packages.iter().map(|package| package.name.as_str());
                let failure = Failure::new(format!("`{name}` is no package of this workspace"));
                return Err(match closest(name, names.clone()) {
                    Some(meant) => failure.help(format!("did you mean `{meant}`?")),
                    None => failure.help(format!("it has {}", names.collect::<Vec<_>>().join(", "))),
                });
            };
            part.wanted.push(folder(package));
        }
        Ok(part)
    }

    /// A file belongs to the nearest package above it.
    fn covers(&self, file: &Path) -> bool {
        let nearest = file
            .ancestors()
            .find(|folder| self.all.iter().any(|known| known == folder));
        self.all.is_empty() || nearest.is_some_and(|folder| self.wanted.iter().any(|wanted| wanted == folder))
    }
}

/// A path below `root` as a reader would write it.
pub(crate) fn relative(root: &Path, file: &Path) -> String {
    let relative = file.strip_prefix(root).unwrap_or(file);
    let parts: Vec<_> = relative
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    match relative.is_absolute() {
        true => relative.to_string_lossy().into_owned(),
        false => parts.join("/"),
    }
}
