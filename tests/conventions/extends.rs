//! `extends`: a file, and a crate that ships rule data, each as a dependency of a crate that is no member of ours.

use super::support::{cargo_into, check, edit, is_fresh, messages, rule, runtime};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const LIB: &str = "//! A crate of the team.

use std::time::Duration;

/// Waits.
#[etiquette::conventions]
pub async fn wait() {
    #[etiquette::exempt(blocking_sleep, reason = \"the device needs it\")]
    std::thread::sleep(Duration::from_secs(1));
    team_rules::derive(7);
}
";

/// What the team's crate says: `derive` blocks, and nobody lets anybody off `blocking_sleep`.
const SHIPPED: &str = "locked = [\"blocking_sleep\"]

[rules]
blocking_sleep = \"deny\"

[[blocking.list]]
path = \"team_rules::derive\"
use = \"`team_rules::derive_async`\"
why = \"takes 80 ms\"
level = \"deny\"
";

const PATH: &str = "team-rules = { path = \"../team-rules\" }";
const CRATE: &str = "preset = \"server\"\nextends = { crate = \"team-rules\" }\n";

/// A crate `team-rules` that ships a policy, and a crate `conventions-member` that depends on it.
struct Team {
    home: TempDir,
}

impl Team {
    fn new(dependency: &str, policy: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        let team = Self { home };
        team.write(
            "team-rules/Cargo.toml",
            "[package]\nname = \"team-rules\"\nversion = \"1.2.3\"\nedition = \"2024\"\n",
        );
        team.write(
            "team-rules/src/lib.rs",
            "//! Ours.\n\n/// Takes 80 ms.\npub fn derive(from: u64) -> u64 {\n    from\n}\n",
        );
        team.write("team-rules/etiquette.toml", SHIPPED);
        let manifest = format!(
            "[package]\nname = \"conventions-member\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\netiquette = {{ path = \"{}\", features = [\"conventions\"] }}\n{dependency}\n\
             tokio = {{ version = \"1.47\", features = [\"full\"] }}\n",
            runtime()
        );
        team.write("member/Cargo.toml", &manifest);
        team.write("member/src/lib.rs", LIB);
        team.write("member/etiquette.toml", policy);
        team
    }

    fn path(&self, file: &str) -> PathBuf {
        self.home.path().join(file)
    }

    fn write(&self, file: &str, text: &str) {
        let file = self.path(file);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    fn check(&self) -> Output {
        check(&self.path("member")).output().unwrap()
    }
}

/// The rules that are broken, in the order of their lines, with their texts.
fn told(output: &Output) -> Vec<(String, String)> {
    let mut messages = messages(output);
    messages.sort_by_key(|message| message["spans"][0]["line_start"].as_u64());
    let text = |message: &serde_json::Value| message["message"].as_str().unwrap().to_owned();
    messages
        .iter()
        .map(|message| (rule(message).to_owned(), text(message)))
        .collect()
}

/// The names of the rules that are broken.
fn names(told: &[(String, String)]) -> Vec<&str> {
    told.iter().map(|(name, _)| name.as_str()).collect()
}

/// The list of the crate applies; its levels and locks are not for others to set.
fn assert_data_applies(output: &Output) {
    let told = told(output);
    assert_eq!(
        names(&told),
        ["blocking_listed"],
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = &told[0].1;
    assert!(
        text.contains("takes 80 ms") && text.contains("team_rules::derive_async"),
        "{text}"
    );
}

#[test]
fn a_file_is_inherited_with_its_locks() {
    let policy = "preset = \"server\"\nextends = \"../team-rules/etiquette.toml\"\n";
    let team = Team::new(PATH, policy);
    let output = team.check();
    let told = told(&output);
    assert_eq!(
        names(&told),
        ["blocking_sleep", "blocking_listed"],
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let shipped = team.path("member").join("../team-rules/etiquette.toml");
    let locked = format!("no exemption applies: locked by {}:1", shipped.display());
    assert!(told[0].1.contains(&locked), "{}", told[0].1);
}

#[test]
fn what_is_locked_is_not_relaxed_by_a_child() {
    let policy = "extends = \"../team-rules\"\n\n[rules]\nblocking_sleep = \"off\"\n";
    let told = told(&Team::new(PATH, policy).check());
    assert_eq!(names(&told), ["policy"]);
    let text = &told[0].1;
    assert!(
        text.contains("etiquette.toml:4:1") && text.contains("locked at `deny`"),
        "{text}"
    );
}

#[test]
fn a_crate_is_a_path_dependency_and_its_edits_rebuild() {
    let team = Team::new(PATH, CRATE);
    assert_data_applies(&team.check());
    let shipped = team.path("team-rules/etiquette.toml");
    edit(&shipped, "[tasks]\nspawn = [\"spawn_logged\"]\n");
    let output = team.check();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(told(&output).is_empty(), "the list is gone");
    assert_eq!(is_fresh(&team.check(), "conventions_member"), Some(true));
    edit(&shipped, SHIPPED);
    assert_data_applies(&team.check());
}

#[test]
fn a_crate_is_a_package_of_a_git_repository() {
    let team = Team::new("", CRATE);
    let rules = team.path("team-rules");
    git(&rules, &["init", "--quiet"]);
    commit(&rules);
    let manifest = std::fs::read_to_string(team.path("member/Cargo.toml")).unwrap();
    let dependency = format!(
        "[dependencies]\nteam-rules = {{ git = \"file://{}\" }}",
        rules.display()
    );
    team.write(
        "member/Cargo.toml",
        &manifest.replace("[dependencies]", &dependency),
    );
    // With the versions of this workspace nothing has to be looked up; the repository is on this machine.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("Cargo.lock");
    std::fs::copy(lock, team.path("member/Cargo.lock")).unwrap();
    let home = home_of_cargo(&team);
    let run = |cargo: &mut Command| {
        let cargo = cargo.env("CARGO_HOME", &home).env("CARGO_NET_OFFLINE", "false");
        cargo.output().unwrap()
    };
    // With another home the same packages lie elsewhere, and a folder that is shared would be built anew again and again.
    let checked = |member: &Path| cargo_into("conventions-git", member, &["check"]);
    let member = team.path("member");
    assert_data_applies(&run(&mut checked(&member)));

    // Another commit is there, and used; then the lock file names the first again.
    let locked = std::fs::read_to_string(team.path("member/Cargo.lock")).unwrap();
    team.write(
        "team-rules/etiquette.toml",
        "[tasks]\nspawn = [\"spawn_logged\"]\n",
    );
    commit(&rules);
    let mut update = Command::new(env!("CARGO"));
    run(update.args(["update", "-p", "team-rules"]).current_dir(&member));
    assert_ne!(
        std::fs::read_to_string(team.path("member/Cargo.lock")).unwrap(),
        locked
    );
    assert!(told(&run(&mut checked(&member))).is_empty(), "the list is gone");
    team.write("member/Cargo.lock", &locked);
    assert_data_applies(&run(&mut checked(&member)));
}

fn git(folder: &Path, arguments: &[&str]) {
    let user = ["-c", "user.name=team", "-c", "user.email=team@localhost"];
    let mut git = Command::new("git");
    let done = git.args(user).args(arguments).current_dir(folder).status();
    assert!(done.unwrap().success());
}

fn commit(folder: &Path) {
    git(folder, &["add", "."]);
    git(folder, &["commit", "--quiet", "-m", "rules"]);
}

/// With the packages that are downloaded already, and checkouts of its own: nobody's home keeps a repository of ours.
fn home_of_cargo(team: &Team) -> PathBuf {
    let home = team.path("cargo-home");
    std::fs::create_dir_all(&home).unwrap();
    let usual = || Path::new(&std::env::var_os("HOME").unwrap()).join(".cargo");
    let of_user = std::env::var_os("CARGO_HOME").map_or_else(usual, PathBuf::from);
    for part in ["registry", "config.toml"] {
        if of_user.join(part).exists() {
            std::os::unix::fs::symlink(of_user.join(part), home.join(part)).unwrap();
        }
    }
    home
}

#[test]
fn a_crate_that_is_no_dependency_is_a_mistake() {
    let told = told(&Team::new(PATH, "extends = { crate = \"teem-rules\" }\n").check());
    assert_eq!(names(&told), ["policy"]);
    assert!(
        told[0].1.contains("crate `teem-rules` is no dependency"),
        "{}",
        told[0].1
    );
}
