//! Guards across an `.await`, known by their types alone.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, RwLock};
use tokio::sync::watch;

async fn save() {}

/// Something that hides which lock it is.
pub struct Cache {
    entries: Arc<Mutex<Vec<u8>>>,
    shared: RwLock<u8>,
    quick: parking_lot::Mutex<u8>,
    wide: parking_lot::RwLock<u8>,
}

impl Cache {
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<u8>> {
        self.entries.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

#[etiquette::conventions]
impl Cache {
    pub async fn std_through_a_method(&self) {
        let mut entries = self.lock();
        save().await; //~ guard_across_await
        entries.push(1);
    }

    pub async fn std_written_out(&self) {
        let entries = self.entries.lock().unwrap();
        save().await; //~ guard_across_await
        drop(entries);
    }

    pub async fn std_read(&self) {
        let shared = self.shared.read().unwrap();
        save().await; //~ guard_across_await
        drop(shared);
    }

    pub async fn parking_lot_mutex(&self) {
        let mut quick = self.quick.lock();
        save().await; //~ guard_across_await
        *quick += 1;
    }

    pub async fn parking_lot_write(&self) {
        let _wide = self.wide.write();
        if *_wide > 1 {
            save().await; //~ guard_across_await
        }
    }
}

#[etiquette::conventions]
pub async fn ref_cell(cell: &RefCell<u8>) {
    let mut value = cell.borrow_mut();
    save().await; //~ guard_across_await
    *value += 1;
}

#[etiquette::conventions]
pub async fn watched(current: watch::Receiver<u8>) {
    let value = current.borrow();
    save().await; //~ guard_across_await
    println!("{}", *value);
}

#[etiquette::conventions]
pub async fn entered(span: tracing::Span) {
    let entered = span.enter();
    save().await; //~ guard_across_await
    drop(entered);
}

/// Below a stack, and with one under it.
#[etiquette::instrument_task]
#[etiquette::conventions]
#[etiquette::with_timeout(5s)]
pub async fn in_a_stack(cache: &Cache) -> Result<(), etiquette::Stopped> {
    let entries = cache.lock();
    save().await; //~ guard_across_await
    drop(entries);
    Ok(())
}

#[etiquette::conventions]
pub async fn in_an_arm(cache: &Cache) {
    tokio::select! {
        () = save() => {
            let quick = cache.quick.lock();
            save().await; //~ guard_across_await
            drop(quick);
        }
    }
}

macro_rules! function {
    ($name:ident) => {
        #[etiquette::conventions]
        pub async fn $name(cache: &Cache) {
            let entries = cache.lock();
            save().await; //~ guard_across_await
            drop(entries);
        }
    };
}
function!(of_a_macro);
