//! `#[instrument_task]` alone: what the span and its events say.

use std::{
    collections::BTreeMap,
    fmt::{self, Debug},
    future::pending,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex},
};

use etiquette::{__private as P, Stopped};
use tokio::time::sleep;
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
    subscriber::DefaultGuard,
};
use tracing_subscriber::{Layer, layer::Context, prelude::*, registry::LookupSpan};

use crate::{Error, is_send, ms};

/// What was recorded: the fields of the one span, and each event with the span it was in.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<(Named, Vec<String>)>>);

type Named = BTreeMap<&'static str, String>;

impl Seen {
    fn span(&self, name: &str) -> Option<String> {
        self.0.lock().unwrap().0.get(name).cloned()
    }

    fn events(&self) -> Vec<String> {
        self.0.lock().unwrap().1.clone()
    }
}

struct Fields<'a>(&'a mut Named);

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.into());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Seen {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        let fields = &mut self.0.lock().unwrap().0;
        attributes.record(&mut Fields(fields));
        fields.insert("level", attributes.metadata().level().to_string());
        fields.insert("target", attributes.metadata().target().into());
    }

    fn on_record(&self, _: &Id, record: &Record<'_>, _: Context<'_, S>) {
        record.record(&mut Fields(&mut self.0.lock().unwrap().0));
    }

    fn on_follows_from(&self, _: &Id, _: &Id, _: Context<'_, S>) {
        self.0.lock().unwrap().0.insert("follows", "yes".into());
    }

    fn on_event(&self, event: &Event<'_>, ctx: Context<'_, S>) {
        let mut fields = BTreeMap::new();
        event.record(&mut Fields(&mut fields));
        let span = ctx.event_span(event).map_or("none", |span| span.name());
        let level = event.metadata().level();
        let text = format!("{level} {} in {span}: {fields:?}", event.metadata().target());
        self.0.lock().unwrap().1.push(text);
    }
}

fn listen() -> (Seen, DefaultGuard) {
    let seen = Seen::default();
    let guard = tracing_subscriber::registry().with(seen.clone()).set_default();
    (seen, guard)
}

async fn task(id: u32, out: Result<u32, Error>) -> Result<u32, Error> {
    let mut __etq_task = P::task!(
        target: "app", parent: (), level: P::Level::DEBUG, name: "task", operation: "app::task", follows: (),
        fields: { id, user.name = %"ada", late = P::Empty }
    );
    let __etq_out = __etq_task
        .scope(async {
            tracing::Span::current().record("late", "now");
            sleep(ms(5)).await;
            out
        })
        .await;
    P::task_end!(__etq_task, P::Ended::Body, &__etq_out, target: "app",
        err: (P::Level::ERROR, Display), ret: (P::Level::TRACE, Debug));
    __etq_out
}

#[tokio::test(start_paused = true)]
async fn says_what_was_listed_and_how_it_ended() {
    let (seen, _guard) = listen();
    assert_eq!(is_send(task(7, Ok(3))).await, Ok(3));
    let fields = ["id", "user.name", "late", "outcome", "elapsed", "level", "target"];
    assert_eq!(
        fields.map(|name| seen.span(name).unwrap()),
        ["7", "ada", "now", "ok", "5ms", "DEBUG", "app"]
    );
    assert_eq!(seen.span("attempts"), None);
    assert_eq!(seen.events(), [r#"TRACE app in task: {"return": "3"}"#]);
}

#[tokio::test(start_paused = true)]
async fn an_error_is_logged_in_the_span() {
    let (seen, _guard) = listen();
    let _ = task(7, Err(Error::Later(ms(3)))).await;
    assert_eq!(seen.span("outcome").unwrap(), "error");
    assert_eq!(
        seen.events(),
        [r#"ERROR app in task: {"error": "come back after 3ms"}"#]
    );
}

#[tokio::test(start_paused = true)]
async fn being_asked_to_leave_is_no_error() {
    let (seen, _guard) = listen();
    let stop = Stopped::from(etiquette::Cancelled::new("inner"));
    let _ = task(7, Err(Error::Stopped(stop))).await;
    assert_eq!(seen.span("outcome").unwrap(), "cancelled");
    assert_eq!(seen.events(), [r#"INFO app in task: {"error": "stopped"}"#]);
}

#[tokio::test(start_paused = true)]
async fn what_the_layers_know_comes_first() {
    for (ended, outcome) in [
        (P::Ended::TimedOut, "timed_out"),
        (P::Ended::Cancelled, "cancelled"),
        (P::Ended::Refused, "refused"),
        (P::Ended::Body, "ok"),
    ] {
        let (seen, _guard) = listen();
        let mut task = P::task!(target: "app", parent: (), level: P::Level::INFO, name: "task", operation: "app::task",
            follows: (), fields: {});
        task.attempt(2);
        task.gave_up("budget");
        // Not a `Result`, and neither printable nor anything else.
        struct Opaque;
        P::task_end!(task, ended, &Opaque, target: "app", err: (), ret: ());
        drop(task);
        assert_eq!(
            ["outcome", "attempts", "gave_up"].map(|name| seen.span(name).unwrap()),
            [outcome, "2", "budget"]
        );
        assert_eq!(seen.events(), [""; 0]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_future_that_is_dropped_says_so_inside_its_span() {
    struct Tells;
    impl Drop for Tells {
        fn drop(&mut self) {
            tracing::info!("dropped");
        }
    }
    let (seen, _guard) = listen();
    let task = async {
        let __etq_task = P::task!(target: "app", parent: (), level: P::Level::INFO, name: "task", operation: "app::task",
            follows: (), fields: {});
        __etq_task
            .scope(async {
                let _tells = Tells;
                pending::<()>().await;
            })
            .await;
    };
    assert!(tokio::time::timeout(ms(7), task).await.is_err());
    assert_eq!(
        ["outcome", "elapsed"].map(|name| seen.span(name).unwrap()),
        ["dropped", "7ms"]
    );
    assert_eq!(
        seen.events(),
        [r#"INFO lowered::span in task: {"message": "dropped"}"#]
    );
}

#[tokio::test]
async fn only_its_own_panic_is_one() {
    let begin = |name: &'static str| {
        (
            name,
            P::task!(target: "app", parent: (), level: P::Level::INFO, name: "task", operation: "app::task", follows: (),
                fields: { name }),
        )
    };
    let (seen, _guard) = listen();
    let (_, task) = begin("panics");
    let body = task.scope(async { panic!("on purpose") });
    let caught = std::panic::catch_unwind(AssertUnwindSafe(|| {
        let mut body = std::pin::pin!(body);
        let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
        let _: std::task::Poll<()> = body.as_mut().poll(&mut cx);
    }));
    assert!(caught.is_err());
    drop(task);
    assert_eq!(seen.span("outcome").unwrap(), "panicked");

    let (seen, _guard) = listen();
    let bystander = begin("bystander");
    let caught = std::panic::catch_unwind(AssertUnwindSafe(move || {
        let _bystander = bystander;
        panic!("on purpose");
    }));
    assert!(caught.is_err());
    assert_eq!(seen.span("outcome").unwrap(), "dropped");
}

#[test]
fn parents_and_causes() {
    let (seen, _guard) = listen();
    let parent = tracing::info_span!("parent");
    let cause = tracing::info_span!("cause");
    let task = P::task!(target: "app", parent: (&parent), level: P::Level::INFO, name: "task", operation: "app::task",
        follows: ([&cause]), fields: { yes = true, });
    drop(task);
    assert_eq!(seen.span("follows").unwrap(), "yes");
    let task = P::task!(target: "app", parent: (None), level: P::Level::INFO, name: "task", operation: "app::task",
        follows: (Vec::<Id>::new()), fields: {});
    drop(task);
}

#[tokio::test(start_paused = true)]
async fn a_retry_and_an_exhausted_budget_are_warned_of() {
    static BUDGET: P::RetryBudget = P::RetryBudget::new().capacity(9).refill_per_second(0);
    async fn retried<E: fmt::Debug>(error: fn() -> E) -> &'static str {
        let mut __etq_retry = P::Retry::new(
            P::Plan::new("app::fetch", P::attempts(3), P::Delays::new([ms(1)])),
            P::Shared(&BUDGET),
        );
        loop {
            {
                let __etq_out = Err::<(), E>(error());
                if !__etq_retry.again(P::any_error!(&__etq_out)) {
                    break __etq_retry.why();
                }
                P::retry_event!(__etq_retry, &__etq_out);
            }
            P::pause(__etq_retry.delay()).await;
        }
    }
    let (seen, _guard) = listen();
    assert_eq!(retried(|| Error::Busy).await, "budget");
    assert_eq!(retried(|| Error::Busy).await, "budget");
    assert_eq!(
        seen.events(),
        [
            r#"WARN etiquette::retry in none: {"attempt": "1", "delay": "1ms", "error": "Busy", "message": "retrying", "operation": "app::fetch"}"#,
            r#"WARN etiquette::retry in none: {"capacity": "9", "message": "retry budget exhausted: failures are final until it has refilled", "operation": "app::fetch"}"#,
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_total_limit_reports_the_last_real_error() {
    let (seen, _guard) = listen();
    let retry = P::Retry::new(
        P::Plan::new("op", P::attempts(2), P::Constant::new(ms(1))),
        P::NoBudget,
    );
    let mut progress = P::Progress::new();
    progress.report("app::fetch");
    progress.begin(&retry);
    progress.failed(P::describe!(&Err::<(), _>(Error::Busy)));
    progress.failed(None);
    progress.report("app::fetch");
    assert_eq!(progress.attempts(), 1);
    assert_eq!(
        seen.events(),
        [
            r#"WARN etiquette::retry in none: {"attempts": "1", "error": "busy", "message": "the limit passed while retrying; this was the last error", "operation": "app::fetch"}"#
        ]
    );
}
