//! Futures that are declared to be `Send`: each marked one is not.
#![deny(missing_docs, unused_qualifications, unreachable_code, elided_lifetimes_in_paths)]

use std::cell::Cell;
use std::fmt::Display;
use std::rc::Rc;
use tokio::task::yield_now;

/// A function.
#[etiquette::conventions(send)]
pub async fn counted(list: Vec<u8>) -> usize { //~ task_not_send
    let list = Rc::new(list);
    yield_now().await;
    list.len()
}

/// It is dropped before.
#[etiquette::conventions(send)]
pub async fn dropped(list: Vec<u8>) -> usize {
    let len = Rc::new(list).len();
    yield_now().await;
    len
}

/// A table.
pub struct Table<'a, const N: usize>(&'a [u8; N], Cell<u8>);

#[etiquette::conventions(send)]
impl<'a, const N: usize> Table<'a, N> {
    /// A reference to a `Cell` stays on its thread.
    pub async fn shared(&self) -> u8 { //~ task_not_send
        yield_now().await;
        self.1.get()
    }

    /// The only one to it may move.
    pub async fn exclusive<'k>(&mut self, key: &'k [u8]) -> Option<&'k u8> {
        yield_now().await;
        self.1.set(1);
        key.first()
    }

    /// So may what it owns.
    pub async fn owned(mut self, n: u8) -> Self {
        yield_now().await;
        self.1 = Cell::new(n);
        self
    }

    /// Another one.
    pub async fn other(self, other: &Self) -> bool { //~ task_not_send
        yield_now().await;
        self.0 == other.0
    }

    /// Declared, and let off.
    #[etiquette::exempt(task_not_send, reason = "stays on its thread")]
    pub async fn exempted(&self) -> u8 {
        yield_now().await;
        self.1.get()
    }

    // etiquette: exempt(task_not_send) stays on its thread
    /// The same, by a comment.
    pub async fn exempted_by_a_comment(&self) -> u8 {
        yield_now().await;
        self.1.get()
    }

    /// Its caller knows.
    pub async fn generic<T: Display>(value: T) {
        yield_now().await;
        println!("{value}");
    }

    /// Its caller knows here too.
    pub async fn opaque(value: impl Display) {
        yield_now().await;
        println!("{value}");
    }

    /// No future.
    pub fn sync(&self) -> u8 {
        self.1.get()
    }
}

/// A store.
pub trait Store {
    /// What is in it.
    #[allow(async_fn_in_trait)]
    async fn get(&self) -> u8;
}

#[etiquette::conventions(send)]
impl Store for Rc<u8> {
    async fn get(&self) -> u8 { //~ task_not_send
        yield_now().await;
        **self
    }
}

#[etiquette::conventions(send)]
mod inner {
    use super::*;

    /// A function in a module.
    pub async fn function(value: Rc<u8>) -> u8 { //~ task_not_send
        yield_now().await;
        *value
    }

    /// Another.
    #[derive(Debug)]
    pub struct Plain;

    impl Plain {
        /// A method in an `impl` in a module, in a stack.
        #[etiquette::with_timeout(5s)]
        pub async fn method(&self, value: &Rc<u8>) -> Result<u8, etiquette::Stopped> { //~ task_not_send
            yield_now().await;
            Ok(**value)
        }

        /// Not compiled here.
        #[cfg(any())]
        pub async fn absent(&self, value: Absent) {}
    }
}

pub use inner::*;
