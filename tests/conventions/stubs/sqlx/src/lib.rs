//! What the rules know of the crate of this name.

use std::marker::PhantomData;

/// A database.
#[derive(Debug)]
pub struct Postgres;

/// What is rolled back when it fails.
#[derive(Debug)]
pub struct Transaction<'c, D>(PhantomData<(&'c (), D)>);
