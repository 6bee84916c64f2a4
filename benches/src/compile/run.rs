//! Compiles a crate, and says what that cost.

use std::{
    env,
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use wait4::Wait4;

use super::{Kind, source::source, write};

/// What is asked of cargo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// `cargo check`.
    Check,
    /// `cargo build`.
    Build,
}

impl Step {
    /// The subcommand.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Build => "build",
        }
    }
}

/// What one run of cargo cost.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Seconds from start to end.
    pub wall: f64,
    /// Seconds of processor time, of cargo and all that it started: what else the machine does
    /// disturbs it less.
    pub cpu: f64,
    /// The largest of its processes, in MiB.
    pub memory: f64,
}

/// The crates, in one workspace.
pub(super) struct Workspace {
    folder: PathBuf,
    functions: usize,
}

impl Workspace {
    pub(super) fn new(folder: &Path, functions: usize) -> Result<Self, String> {
        let folder = folder.join("crates");
        let members: Vec<String> = Kind::ALL
            .iter()
            .map(|kind| format!("{:?}", kind.package()))
            .collect();
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[workspace.dependencies]\n{}\n",
            members.join(", "),
            dependencies()
        );
        write(&folder.join("Cargo.toml"), &manifest)?;
        lock(&folder)?;
        // The policy of those that ask for one; the others do not look.
        write(&folder.join("etiquette.toml"), "preset = \"server\"\n")?;
        for kind in Kind::ALL {
            let name = kind.package();
            let manifest = format!(
                "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
                 async-trait.workspace = true\netiquette = {{ workspace = true, features = [{}] }}\n\
                 tokio.workspace = true\ntokio-util.workspace = true\ntracing.workspace = true\n",
                kind.features()
            );
            write(&folder.join(name).join("Cargo.toml"), &manifest)?;
            write(&folder.join(name).join("src/lib.rs"), &source(kind, functions, 0))?;
        }
        Ok(Self { folder, functions })
    }

    /// Compiles one crate anew; what it depends on is there already.
    pub(super) fn compile(&self, step: Step, kind: Kind, round: usize) -> Result<Cost, String> {
        let name = kind.package();
        let file = self.folder.join(name).join("src/lib.rs");
        write(&file, &source(kind, self.functions, round + 1))?;
        cargo(&self.folder, &[step.name(), "-p", name])
    }
}

/// The dependencies of the generated crates, as `[workspace.dependencies]`.
fn dependencies() -> String {
    format!(
        "async-trait = \"0.1\"\netiquette = {{ path = {:?} }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\", \"sync\", \"time\"] }}\n\
         tokio-util = \"0.7\"\ntracing = \"0.1\"",
        runtime()
    )
}

/// Where this workspace is.
fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// A copy of our crates in `folder`: what somebody edits meanwhile is not to be compiled.
pub(super) fn copy_ours(folder: &Path) -> Result<(), String> {
    let home = folder.join(OURS);
    let manifest = fs::read_to_string(root().join("Cargo.toml")).map_err(|error| error.to_string())?;
    let shared = manifest
        .find("[workspace.package]")
        .map_or("", |at| &manifest[at..]);
    let members = "[workspace]\nresolver = \"3\"\nmembers = [\"macros\", \"rules\", \"runtime\"]\n\n";
    write(&home.join("Cargo.toml"), &format!("{members}{shared}"))?;
    for part in ["macros", "rules", "runtime"] {
        copy(&root().join(part), &home.join(part)).map_err(|error| format!("cannot copy {part}: {error}"))?;
    }
    Ok(())
}

/// The folder of that copy.
const OURS: &str = "etiquette";

/// Where the runtime crate is in it, seen from a folder beside it.
pub(super) fn runtime() -> PathBuf {
    Path::new("..").join(OURS).join("runtime")
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

/// The versions of this workspace, so that nothing has to be looked up.
pub(super) fn lock(folder: &Path) -> Result<(), String> {
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))
        .map(|_| ())
        .map_err(|error| format!("cannot copy Cargo.lock: {error}"))
}

/// Runs cargo in a folder, with a target folder of that folder's own.
pub(super) fn cargo(folder: &Path, arguments: &[&str]) -> Result<Cost, String> {
    let program: OsString = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let begun = Instant::now();
    let child = Command::new(program)
        .args(arguments)
        .args(["--quiet", "--offline"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    let used = child.wait4().map_err(|error| error.to_string())?;
    if !used.status.success() {
        return Err(format!("cargo {} failed", arguments.join(" ")));
    }
    let cpu = used.rusage.utime + used.rusage.stime;
    #[allow(clippy::cast_precision_loss, reason = "bytes far below 2^52")]
    let memory = used.rusage.maxrss as f64 / f64::from(1 << 20);
    Ok(Cost {
        wall: begun.elapsed().as_secs_f64(),
        cpu: cpu.as_secs_f64(),
        memory,
    })
}
