//! What looks like a guard across an `.await`, and is none.

use std::cell::RefCell;
use std::ops::DerefMut;
use std::sync::Mutex;

async fn save() {}

/// A lock of somebody's own.
pub trait Lock {
    /// What it lends.
    type Guard: DerefMut<Target = u8>;
    /// Lends it.
    fn lock(&self) -> Self::Guard;
}

/// The same, where it can fail.
pub trait Fallible {
    /// What it lends.
    type Guard: DerefMut<Target = u8>;
    /// Lends it.
    fn lock(&self) -> Result<Self::Guard, String>;
}

#[etiquette::conventions]
mod inside {
    use super::*;

    /// Who knows what it is?
    pub async fn generic<L: Lock>(lock: &L) {
        let mut value = lock.lock();
        save().await;
        *value += 1;
    }

    /// It is unwrapped, as a lock of std is.
    pub async fn generic_unwrapped<L: Fallible>(lock: &L) {
        let mut value = lock.lock().unwrap();
        save().await;
        *value += 1;
    }

    /// Moved.
    pub async fn moved(lock: &Mutex<u8>) {
        let value = lock.lock().unwrap();
        consume(value);
        save().await;
    }

    /// Dropped.
    pub async fn dropped(lock: &Mutex<u8>) {
        let value = lock.lock().unwrap();
        drop(value);
        save().await;
    }

    /// In a scope that ends.
    pub async fn scoped(lock: &parking_lot::Mutex<u8>) {
        {
            let mut value = lock.lock();
            *value += 1;
        }
        save().await;
    }

    /// Taken.
    pub async fn taken(lock: &Mutex<u8>) {
        let mut value = Some(lock.lock().unwrap());
        value.take();
        save().await;
    }

    /// A copy.
    pub async fn copied(cell: &RefCell<u8>) -> u8 {
        let value = *cell.borrow();
        save().await;
        value
    }

    /// The guard of an async lock.
    pub async fn of_tokio(lock: &tokio::sync::Mutex<u8>) {
        let mut value = lock.lock().await;
        save().await;
        *value += 1;
    }

    /// What it reads is decided further down.
    pub async fn read_later(reader: &Reader) -> Result<u32, String> {
        let value = reader.read()?;
        save().await;
        Ok(u32::min(value, 3))
    }

    /// Read at once.
    pub async fn borrowed(text: &String) -> usize {
        use std::borrow::Borrow;
        let text: &str = text.borrow();
        save().await;
        text.len()
    }
}

pub use inside::*;

fn consume(_: std::sync::MutexGuard<'_, u8>) {}

/// Reads anything.
pub struct Reader;

impl Reader {
    fn read<T: Default>(&self) -> Result<T, String> {
        Ok(T::default())
    }
}
