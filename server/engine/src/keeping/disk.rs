//! Files on the disk: made for their owner only, flushed, put in place by a rename.

use super::Hindrance;
use std::{
    fs::{File, OpenOptions},
    io::{self, Read},
    path::{Path, PathBuf},
};

/// `data/cchc.db` with the ending `partial` is `data/cchc.db.partial`: on the same disk, so that a rename is enough.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// An empty file that only its owner reads, in place of what was left there.
pub(super) async fn make_private(path: &Path) -> Result<(), Hindrance> {
    at(path, |path| {
        remove_if_there(path)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path).map(drop)
    })
    .await
}

/// Copies a file into one that was made private; it is not flushed yet.
pub(super) async fn copy(from: &Path, to: &Path) -> Result<(), Hindrance> {
    let from = from.to_owned();
    at(to, move |to| {
        let mut target = OpenOptions::new().write(true).truncate(true).open(to)?;
        io::copy(&mut File::open(from)?, &mut target).map(drop)
    })
    .await
}

/// Flushes a file to the disk and gives it its name, replacing what had it; its size in bytes.
pub(super) async fn put_in_place(partial: &Path, path: &Path) -> Result<u64, Hindrance> {
    let partial = partial.to_owned();
    at(path, move |path| {
        let file = OpenOptions::new().write(true).open(&partial)?;
        file.sync_all()?;
        std::fs::rename(&partial, path)?;
        // The name is on the disk only when the folder is.
        File::open(path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))?.sync_all()?;
        Ok(file.metadata()?.len())
    })
    .await
}

/// Gives a file that is about to be replaced a second name, or where the disk knows no second names, another one.
pub(super) async fn keep_as(from: &Path, to: &Path) -> Result<(), Hindrance> {
    let from = from.to_owned();
    at(to, move |to| std::fs::hard_link(&from, to).or_else(|_| std::fs::rename(&from, to))).await
}

/// Removes a file, if there is one.
pub(super) async fn remove(path: &Path) -> Result<(), Hindrance> {
    at(path, remove_if_there).await
}

/// Whether the file begins with these bytes.
pub(super) async fn begins_with(path: &Path, head: &'static [u8]) -> Result<bool, Hindrance> {
    at(path, move |path| {
        let mut begin = Vec::with_capacity(head.len());
        File::open(path)?.take(head.len() as u64).read_to_end(&mut begin)?;
        Ok(begin == head)
    })
    .await
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

async fn at<T: Send + 'static>(path: &Path, act: impl FnOnce(&Path) -> io::Result<T> + Send + 'static) -> Result<T, Hindrance> {
    let own = path.to_owned();
    let done = tokio::task::spawn_blocking(move || act(&own)).await.map_err(io::Error::other).flatten();
    done.map_err(|error| Hindrance::Disk(path.to_owned(), error))
}
