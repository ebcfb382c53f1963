//! A backup: everything in the database at one moment, while serving; never the installation's secret.

use super::{
    Hindrance, disk,
    place::{Place, copy_while_serving, must_be_whole},
    programs,
};
use std::path::Path;

/// Writes the database at this address to a file and reads it back; its size in bytes.
///
/// The file gets its name only when it is complete and on the disk.
///
/// # Errors
/// [`Hindrance::Exists`] unless it may be replaced; when the database or the disk fails.
pub async fn back_up(address: &str, file: &Path, replace: bool) -> Result<u64, Hindrance> {
    if file.exists() && !replace {
        return Err(Hindrance::Exists(file.to_owned()));
    }
    let partial = disk::beside(file, "partial");
    disk::make_private(&partial).await?;
    let written = write(&Place::of(address)?, &partial).await;
    match written {
        Ok(()) => disk::put_in_place(&partial, file).await,
        Err(hindrance) => {
            disk::remove(&partial).await?;
            Err(hindrance)
        }
    }
}

async fn write(place: &Place, partial: &Path) -> Result<(), Hindrance> {
    match place {
        Place::File(database) => {
            copy_while_serving(database, partial).await?;
            must_be_whole(partial).await
        }
        Place::Server(address) => {
            programs::dump(address, partial).await?;
            programs::must_be_readable(partial).await
        }
    }
}
