//! What was read of the crate that is being compiled, kept for the next attribute: the policy, and each file that
//! carries one. What has changed on the disk since is read again, for an editor keeps the process for hours.

use etiquette_rules::{Engine, Policy, PolicyErrors, SourceText};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// More files than this with attributes at once: an editor is at work, and has been for long.
const MOST_FILES: usize = 1_000;

static CACHE: Mutex<Option<Cache>> = Mutex::new(None);

/// Of the folder that the crate's manifest is in: the nearest policy from there upwards.
pub(super) fn engine(folder: &Path) -> Result<Arc<Engine>, PolicyErrors> {
    with(|cache| cache.engine(folder))
}

/// What a file says about the items in it.
pub(super) fn source_text(file: &Path) -> Option<SourceText> {
    with(|cache| cache.source_text(file))
}

/// Whether the attribute at that line is the one that speaks of the policy itself: the first to ask. What is wrong
/// with a file is told once, not at every attribute.
pub(super) fn speaks(folder: &Path, file: &Path, line: usize) -> bool {
    with(|cache| cache.speaks(folder, file, line))
}

fn with<T>(use_it: impl FnOnce(&mut Cache) -> T) -> T {
    // Whoever panicked with it has at worst not kept something.
    let mut cache: MutexGuard<'_, Option<Cache>> = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    use_it(cache.get_or_insert_default())
}

/// Where a file was when it was read.
#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    len: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(file: &Path) -> Option<Self> {
        let found = fs::metadata(file).ok()?;
        Some(Self {
            len: found.len(),
            modified: found.modified().ok(),
        })
    }
}

#[derive(Debug, Default)]
struct Cache {
    policies: HashMap<PathBuf, KeptPolicy>,
    texts: HashMap<PathBuf, (Stamp, SourceText)>,
    /// By folder: who speaks of its policy.
    speakers: HashMap<PathBuf, (PathBuf, usize)>,
    /// How often something was read.
    reads: usize,
}

/// The policy of a folder, and every file that it was read from.
#[derive(Debug)]
struct KeptPolicy {
    files: Vec<(PathBuf, Option<Stamp>)>,
    engine: Arc<Engine>,
}

impl Cache {
    /// A policy with mistakes is not kept: it is about to be edited.
    fn engine(&mut self, folder: &Path) -> Result<Arc<Engine>, PolicyErrors> {
        let nearest = Policy::find(folder);
        if let Some(kept) = self.policies.get(folder)
            && kept.files.first().map(|(file, _)| file) == nearest.as_ref()
            && kept.files.iter().all(|(file, stamp)| Stamp::of(file) == *stamp)
        {
            return Ok(Arc::clone(&kept.engine));
        }
        self.reads += 1;
        let policy = Policy::discover(folder)?;
        let files = policy
            .files()
            .iter()
            .map(|file| (file.clone(), Stamp::of(file)))
            .collect();
        let engine = Engine::new(policy).with_map_guards(cfg!(feature = "dashmap"));
        let engine = Arc::new(engine);
        let kept = KeptPolicy {
            files,
            engine: Arc::clone(&engine),
        };
        self.policies.insert(folder.to_owned(), kept);
        Ok(engine)
    }

    fn speaks(&mut self, folder: &Path, file: &Path, line: usize) -> bool {
        let speaker = self.speakers.entry(folder.to_owned());
        let speaker = speaker.or_insert_with(|| (file.to_owned(), line));
        speaker.0 == file && speaker.1 == line
    }

    fn source_text(&mut self, file: &Path) -> Option<SourceText> {
        let stamp = Stamp::of(file)?;
        if let Some((kept, text)) = self.texts.get(file)
            && *kept == stamp
        {
            return Some(text.clone());
        }
        self.reads += 1;
        let text = SourceText::new(fs::read_to_string(file).ok()?);
        if self.texts.len() >= MOST_FILES {
            self.texts.clear();
        }
        self.texts.insert(file.to_owned(), (stamp, text.clone()));
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn a_file_is_read_once_until_it_changes() {
        let folder = folder();
        let file = folder.path().join("a.rs");
        fs::write(&file, "use std::fs;").unwrap();
        let mut cache = Cache::default();
        for _ in 0..300 {
            assert!(cache.source_text(&file).is_some());
        }
        assert_eq!(cache.reads, 1);
        fs::write(&file, "use std::fs as files;").unwrap();
        for _ in 0..300 {
            assert!(cache.source_text(&file).is_some());
        }
        assert_eq!(cache.reads, 2);
        fs::remove_file(&file).unwrap();
        assert!(cache.source_text(&file).is_none());
    }

    #[test]
    fn a_policy_is_read_once_until_a_file_of_it_changes() {
        let folder = folder();
        let home = folder.path().join("member");
        fs::create_dir(&home).unwrap();
        let (near, far) = (home.join("etiquette.toml"), folder.path().join("etiquette.toml"));
        fs::write(&far, "preset = \"strict\"").unwrap();
        let mut cache = Cache::default();
        let mut reads = |expected: usize| {
            for _ in 0..300 {
                cache.engine(&home).unwrap();
            }
            assert_eq!(cache.reads, expected);
        };
        reads(1);
        // A nearer one, one that it extends, and none at all.
        fs::write(&near, "extends = \"../etiquette.toml\"").unwrap();
        reads(2);
        fs::write(&far, "preset = \"minimal\"").unwrap();
        reads(3);
        fs::remove_file(&near).unwrap();
        reads(4);
        fs::remove_file(&far).unwrap();
        reads(5);
    }

    #[test]
    fn one_attribute_speaks_of_the_policy() {
        let mut cache = Cache::default();
        let (folder, file) = (Path::new("home"), Path::new("src/a.rs"));
        for (line, speaks) in [(3, true), (9, false), (3, true), (4, false)] {
            assert_eq!(cache.speaks(folder, file, line), speaks);
        }
        assert!(!cache.speaks(folder, Path::new("src/b.rs"), 3));
        assert!(cache.speaks(Path::new("other"), Path::new("src/b.rs"), 3));
    }

    #[test]
    fn a_policy_with_mistakes_is_read_until_it_has_none() {
        let folder = folder();
        let policy = folder.path().join("etiquette.toml");
        fs::write(&policy, "presett = \"strict\"").unwrap();
        let mut cache = Cache::default();
        assert!(cache.engine(folder.path()).is_err());
        fs::write(&policy, "preset = \"strict\"").unwrap();
        assert!(cache.engine(folder.path()).is_ok());
    }
}
