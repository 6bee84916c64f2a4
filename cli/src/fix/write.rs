//! Writing that cannot leave half a file: a temporary file beside the old one, then a rename.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::failure::Failure;

/// Writes all texts: first every temporary file, then every rename, so that a full disk changes no file at all.
pub(super) fn write_all<'c>(texts: impl Iterator<Item = (&'c Path, &'c str)>) -> Result<(), Failure> {
    let failed = |path: &Path, cause: &io::Error| {
        Failure::new(format!("{} cannot be written: {cause}", path.display()))
            .help("the file is as it was; look at `git status` for what was written before it")
    };
    let mut ready: Vec<(PathBuf, NamedTempFile)> = Vec::new();
    for (path, text) in texts {
        let file = prepare(path, text).map_err(|cause| failed(path, &cause))?;
        ready.push((path.to_owned(), file));
    }
    for (path, file) in ready {
        file.persist(&path).map_err(|error| failed(&path, &error.error))?;
    }
    Ok(())
}

/// Writes one file, new or old.
pub(crate) fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    prepare(path, text)?.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// The new text on disk, in the old file's folder and with its permissions.
fn prepare(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".etiquette-");
    let permissions = match std::fs::metadata(path) {
        Ok(old) => Some(old.permissions()),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => None,
        Err(cause) => return Err(cause),
    };
    #[cfg(unix)]
    let new_file = <std::fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o644);
    #[cfg(unix)]
    builder.permissions(new_file);
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    if let Some(permissions) = permissions {
        if permissions.readonly() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
        }
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}
