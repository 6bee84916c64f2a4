//! The tasks that are running, by the order in which they began.

use std::{
    collections::BTreeMap,
    panic::Location,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::task::{AbortHandle, Id};

use super::{Laggard, TaskName, Tasks};
use crate::Scope;

#[derive(Debug, Default)]
pub(super) struct Running(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    begun: u64,
    alive: BTreeMap<u64, Entry>,
}

#[derive(Debug)]
struct Entry {
    name: TaskName,
    spawned_at: &'static Location<'static>,
    scope: Scope,
    // None until Tokio has told.
    abort: Option<AbortHandle>,
}

impl Running {
    // A panic elsewhere leaves the map whole.
    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Not under one lock with the spawn: a runtime that is shutting down drops the task right there.
    pub(super) fn began(&self, key: u64, task: AbortHandle) {
        if let Some(entry) = self.entries().alive.get_mut(&key) {
            entry.abort = Some(task);
        }
    }

    pub(super) fn is_ours(&self, id: Option<Id>) -> bool {
        let is = |entry: &Entry| entry.abort.as_ref().map(AbortHandle::id) == id;
        id.is_some() && self.entries().alive.values().any(is)
    }

    pub(super) fn scopes(&self) -> Vec<Scope> {
        self.entries()
            .alive
            .values()
            .map(|entry| entry.scope.clone())
            .collect()
    }

    pub(super) fn laggards(&self) -> Vec<Laggard> {
        let laggard = |entry: &Entry| Laggard::new(entry.name.clone(), Some(entry.spawned_at));
        self.entries().alive.values().map(laggard).collect()
    }

    pub(super) fn abort(&self) {
        let tasks: Vec<_> = self
            .entries()
            .alive
            .values()
            .filter_map(|entry| entry.abort.clone())
            .collect();
        for task in tasks {
            task.abort();
        }
    }
}

/// The place of a task among those that are running.
#[derive(Debug)]
pub(super) struct Place {
    tasks: Tasks,
    key: u64,
}

impl Place {
    pub(super) fn take(
        tasks: &Tasks,
        name: TaskName,
        spawned_at: &'static Location<'static>,
        scope: Scope,
    ) -> Self {
        let entry = Entry {
            name,
            spawned_at,
            scope,
            abort: None,
        };
        let mut entries = tasks.0.running.entries();
        let key = entries.begun;
        entries.begun += 1;
        entries.alive.insert(key, entry);
        drop(entries);
        Self {
            tasks: tasks.clone(),
            key,
        }
    }

    pub(super) const fn key(&self) -> u64 {
        self.key
    }

    pub(super) const fn tasks(&self) -> &Tasks {
        &self.tasks
    }

    pub(super) fn name(&self) -> TaskName {
        let entries = self.tasks.0.running.entries();
        let entry = entries.alive.get(&self.key);
        entry.map(|entry| entry.name.clone()).unwrap_or_default()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let left = self.tasks.0.running.entries().alive.remove(&self.key);
        // Outside of the lock: a handle's last clone may free a task, and what that holds.
        drop(left);
    }
}
