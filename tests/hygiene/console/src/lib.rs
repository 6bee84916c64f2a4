//! What tokio-console shows of the tasks of `Tasks`: their names. Built with `--cfg tokio_unstable`, without which Tokio
//! keeps none, and without the `tracing` feature of etiquette: it is Tokio that tells the console.

#![forbid(unsafe_code)]
#![deny(warnings)]
#![cfg(test)]

use etiquette::{ConcurrencyLimit, Every, Tasks};
use std::{
    fmt::Debug,
    sync::{Arc, Mutex},
    time::Duration,
};
use tracing::{
    Event, Id, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Record},
};

/// Each task that was spawned: its name, and the file of whoever spawned it.
#[derive(Clone, Debug, Default)]
struct Console(Arc<Mutex<Vec<(String, String)>>>);

impl Console {
    fn take(&self) -> Vec<(String, String)> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

#[derive(Default)]
struct Spawned {
    name: String,
    file: String,
}

impl Visit for Spawned {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "loc.file" {
            self.file = value.to_owned();
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "task.name" {
            self.name = format!("{value:?}");
        }
    }
}

impl Subscriber for Console {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        if span.metadata().name() == "runtime.spawn" && span.metadata().target() == "tokio::task" {
            let mut spawned = Spawned::default();
            span.record(&mut spawned);
            self.0.lock().unwrap().push((spawned.name, spawned.file));
        }
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

fn names(console: &Console) -> Vec<String> {
    console.take().into_iter().map(|(name, _)| name).collect()
}

#[test]
fn tasks_are_shown_by_name() {
    let console = Console::default();
    let _watching = tracing::subscriber::set_default(console.clone());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        // That of what is blocked on.
        assert_eq!(names(&console), [""]);
        let tasks = Tasks::new();
        let plain = tasks.spawn("mail", async {});
        assert_eq!(console.take(), [("mail".to_owned(), file!().to_owned())]);
        plain.await.unwrap();

        let numbered = tasks.spawn(format!("worker {}", 7), async {});
        assert_eq!(names(&console), ["worker 7"]);
        numbered.await.unwrap();

        static PLACES: ConcurrencyLimit = ConcurrencyLimit::new(1);
        tasks
            .spawn_limited(&PLACES, "limited", async {})
            .await
            .await
            .unwrap();
        assert_eq!(names(&console), ["limited"]);

        let rounds = tasks.every("rounds", Every::new(Duration::from_secs(60)), || async {});
        assert_eq!(names(&console), ["rounds"]);
        rounds.abort();

        let kept = tasks.spawn_essential("kept", std::future::pending::<()>());
        assert_eq!(names(&console), ["kept"]);
        kept.abort();

        // The ones of others have none.
        tokio::spawn(async {}).await.unwrap();
        assert_eq!(names(&console), [""]);
    });
}
