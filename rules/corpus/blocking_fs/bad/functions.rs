use std::fs;
use std::fs::{File, remove_file as rm};
use fs_err as fse;

async fn job(path: &Path) -> io::Result<()> {
    let text = fs::read_to_string(path)?; //~ blocking_fs
    std::fs::write(path, text)?; //~ blocking_fs
    let file = File::open(path)?; //~ blocking_fs
    rm(path)?; //~ blocking_fs
    fse::create_dir_all(path)?; //~ blocking_fs
    let other = fs::OpenOptions::new().write(true).open(path)?; //~ blocking_fs
    let mut options = File::options();
    options.append(true).open(path)?; //~ blocking_fs
    Ok(())
}
