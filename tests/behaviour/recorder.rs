//! A small subscriber that keeps what it is told: spans with their fields as they are recorded, events, enters.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{DefaultGuard, Interest};
use tracing::{Dispatch, Event, Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

pub(crate) type Fields = BTreeMap<String, String>;

/// A span as it was and became.
#[derive(Clone, Debug)]
pub(crate) struct SpanSeen {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) target: String,
    pub(crate) level: Level,
    pub(crate) parent: Option<u64>,
    pub(crate) follows: Vec<u64>,
    /// The latest value of each field.
    pub(crate) fields: Fields,
    /// What was recorded after the span began, in order: `attempts=1`.
    pub(crate) recorded: Vec<String>,
    /// Whether it is entered now.
    pub(crate) entered: usize,
    pub(crate) polls: usize,
    pub(crate) closed: bool,
}

impl SpanSeen {
    pub(crate) fn outcome(&self) -> &str {
        self.fields.get("outcome").map_or("", String::as_str)
    }
}

/// An event, and the span it happened in.
#[derive(Clone, Debug)]
pub(crate) struct EventSeen {
    pub(crate) target: String,
    pub(crate) level: Level,
    pub(crate) fields: Fields,
    pub(crate) span: Option<u64>,
}

impl EventSeen {
    pub(crate) fn message(&self) -> &str {
        self.fields.get("message").map_or("", String::as_str)
    }

    /// `WARN target: message a=1 b=2`
    pub(crate) fn line(&self) -> String {
        let mut line = format!("{} {}:", self.level, self.target);
        if !self.message().is_empty() {
            line.push_str(&format!(" {}", self.message()));
        }
        for (name, value) in self.fields.iter().filter(|(name, _)| *name != "message") {
            line.push_str(&format!(" {name}={value}"));
        }
        line
    }
}

#[derive(Default)]
struct Seen {
    spans: Vec<SpanSeen>,
    events: Vec<EventSeen>,
}

#[derive(Clone, Default)]
struct Keep(Arc<Mutex<Seen>>);

/// Records what happens on this thread for as long as it lives.
pub(crate) struct Recorder {
    keep: Keep,
    _guard: DefaultGuard,
}

impl Recorder {
    pub(crate) fn install() -> Self {
        static OTHERS: OnceLock<[Dispatch; 2]> = OnceLock::new();
        OTHERS.get_or_init(|| [Dispatch::new(Undecided), Dispatch::new(Undecided)]);
        let keep = Keep::default();
        let subscriber = tracing_subscriber::registry().with(keep.clone());
        Self {
            keep,
            _guard: tracing::subscriber::set_default(subscriber),
        }
    }

    pub(crate) fn events(&self) -> Vec<EventSeen> {
        self.keep.0.lock().unwrap().events.clone()
    }

    pub(crate) fn spans(&self) -> Vec<SpanSeen> {
        self.keep.0.lock().unwrap().spans.clone()
    }

    /// The one span there is.
    #[track_caller]
    pub(crate) fn span(&self) -> SpanSeen {
        let spans = self.spans();
        assert_eq!(spans.len(), 1, "{spans:#?}");
        spans[0].clone()
    }
}

impl Keep {
    fn with<R>(&self, id: &Id, f: impl FnOnce(&mut SpanSeen) -> R) -> Option<R> {
        let mut seen = self.0.lock().unwrap();
        // Ids of closed spans are used again: the latest is meant.
        seen.spans
            .iter_mut()
            .rev()
            .find(|span| span.id == id.into_u64())
            .map(f)
    }
}

struct Visited<'a>(&'a mut Fields, Option<&'a mut Vec<String>>);

impl Visit for Visited<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let value = format!("{value:?}");
        if let Some(recorded) = &mut self.1 {
            recorded.push(format!("{}={value}", field.name()));
        }
        self.0.insert(field.name().to_owned(), value);
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Keep {
    fn on_new_span(&self, attrs: &Attributes<'_>, id: &Id, ctx: Context<'_, S>) {
        let mut fields = Fields::new();
        attrs.record(&mut Visited(&mut fields, None));
        let meta = attrs.metadata();
        let parent = ctx
            .span(id)
            .and_then(|span| span.parent())
            .map(|parent| parent.id().into_u64());
        self.0.lock().unwrap().spans.push(SpanSeen {
            id: id.into_u64(),
            name: meta.name().to_owned(),
            target: meta.target().to_owned(),
            level: *meta.level(),
            parent,
            follows: Vec::new(),
            fields,
            recorded: Vec::new(),
            entered: 0,
            polls: 0,
            closed: false,
        });
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        self.with(id, |span| {
            values.record(&mut Visited(&mut span.fields, Some(&mut span.recorded)))
        });
    }

    fn on_follows_from(&self, id: &Id, follows: &Id, _: Context<'_, S>) {
        self.with(id, |span| span.follows.push(follows.into_u64()));
    }

    fn on_event(&self, event: &Event<'_>, ctx: Context<'_, S>) {
        let mut fields = Fields::new();
        event.record(&mut Visited(&mut fields, None));
        let span = ctx.event_span(event).map(|span| span.id().into_u64());
        self.0.lock().unwrap().events.push(EventSeen {
            target: event.metadata().target().to_owned(),
            level: *event.metadata().level(),
            fields,
            span,
        });
    }

    fn on_enter(&self, id: &Id, _: Context<'_, S>) {
        self.with(id, |span| {
            span.entered += 1;
            span.polls += 1;
        });
    }

    fn on_exit(&self, id: &Id, _: Context<'_, S>) {
        self.with(id, |span| span.entered -= 1);
    }

    fn on_close(&self, id: Id, _: Context<'_, S>) {
        self.with(&id, |span| span.closed = true);
    }
}

/// As long as a process has one subscriber, tracing asks only that of the thread which first comes by a callsite: if a
/// test without a recorder comes first, it turns the callsite off for the recorder of another thread. Two more that
/// have no opinion make it ask each time.
struct Undecided;

impl Subscriber for Undecided {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, _: &Metadata<'_>) -> bool {
        false
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
