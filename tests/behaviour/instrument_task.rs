//! `#[instrument_task]`: what the span of a call is called, what it holds, and what runs inside it.

use crate::recorder::Recorder;
use crate::support::{Error, Noted, ms, note, notes, pending, secs, sleep};
use etiquette::instrument_task;
use tracing::{Level, Span};

#[instrument_task]
async fn plain(_secret: &str, wait: u64) -> Result<u32, Error> {
    sleep(ms(wait)).await;
    Ok(7)
}

#[tokio::test(start_paused = true)]
async fn a_span_per_call_named_after_the_function_that_records_no_argument() {
    let recorder = Recorder::install();
    assert_eq!(plain("secret", 30).await, Ok(7));
    let span = recorder.span();
    assert_eq!(
        (span.name.as_str(), span.target.as_str()),
        ("plain", module_path!())
    );
    assert_eq!((span.level, span.parent), (Level::INFO, None));
    assert_eq!(span.recorded, ["outcome=ok", "elapsed=30ms"]);
    assert_eq!(span.fields.keys().collect::<Vec<_>>(), ["elapsed", "outcome"]);
    assert!(span.closed);
    plain("secret", 0).await.unwrap();
    assert_eq!(recorder.spans().len(), 2);
    assert!(recorder.events().is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_body_runs_inside_the_span_and_nobody_else_does() {
    #[instrument_task]
    async fn outer() -> Result<(), Error> {
        tracing::info!("before");
        sleep(ms(5)).await;
        tracing::info!("after");
        Ok(())
    }
    let recorder = Recorder::install();
    let other = async {
        sleep(ms(2)).await;
        tracing::info!("other");
    };
    let (out, ()) = tokio::join!(outer(), other);
    out.unwrap();
    let (span, events) = (recorder.span(), recorder.events());
    let spans: Vec<_> = events.iter().map(|event| (event.message(), event.span)).collect();
    assert_eq!(
        spans,
        [
            ("before", Some(span.id)),
            ("other", None),
            ("after", Some(span.id))
        ]
    );
    assert_eq!(span.entered, 0);
}

#[tokio::test(start_paused = true)]
async fn fields_are_those_listed_in_tracings_own_syntax() {
    struct User {
        name: String,
        age: u8,
    }
    #[instrument_task(fields(id, ?tags, user.name = %user.name, user.age = user.age, "quoted" = 1, late = Empty, sum = id + 1))]
    async fn call(id: u64, tags: &[u8], user: User, hidden: u8) -> Result<u8, Error> {
        Span::current().record("late", "recorded late");
        Ok(hidden)
    }
    let recorder = Recorder::install();
    let user = User {
        name: "ada".into(),
        age: 36,
    };
    call(7, &[1, 2], user, 9).await.unwrap();
    let span = recorder.span();
    let listed: Vec<String> = span
        .fields
        .iter()
        .filter(|(name, _)| !["outcome", "elapsed"].contains(&name.as_str()))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert_eq!(
        listed,
        [
            "id=7",
            "late=recorded late",
            "quoted=1",
            "sum=8",
            "tags=[1, 2]",
            "user.age=36",
            "user.name=ada"
        ]
    );
    assert_eq!(span.recorded, ["late=recorded late", "outcome=ok", "elapsed=0ns"]);
}

// H152
#[tokio::test(start_paused = true)]
async fn name_target_and_level_are_as_given_in_any_order() {
    const LEVEL: Level = Level::WARN;
    #[instrument_task(level = debug, name = "orders::create", target = "shop")]
    async fn word() {}
    #[instrument_task(target = "shop", level = "trace")]
    async fn text() {}
    #[instrument_task(level = Level::ERROR)]
    async fn path() {}
    #[instrument_task(level = LEVEL)]
    async fn constant() {}
    #[instrument_task(level = 4)]
    async fn number() {}
    let recorder = Recorder::install();
    word().await;
    text().await;
    path().await;
    constant().await;
    number().await;
    let module = module_path!();
    let seen: Vec<_> = recorder
        .spans()
        .into_iter()
        .map(|span| (span.name, span.target, span.level))
        .collect();
    let expected = [
        ("orders::create", "shop", Level::DEBUG),
        ("text", "shop", Level::TRACE),
        ("path", module, Level::ERROR),
        ("constant", module, Level::WARN),
        ("number", module, Level::WARN),
    ];
    assert_eq!(
        seen,
        expected.map(|(name, target, level)| (name.to_owned(), target.to_owned(), level))
    );
}

#[tokio::test(start_paused = true)]
async fn the_parent_is_the_current_span_unless_given() {
    #[instrument_task]
    async fn child() {}
    #[instrument_task(parent = parent)]
    async fn given(parent: &Span) {}
    #[instrument_task(parent = None)]
    async fn root() {}
    #[instrument_task(follows_from = causes.iter().map(Span::id))]
    async fn follower(causes: &[Span]) {}
    let recorder = Recorder::install();
    let (outer, other) = (tracing::info_span!("outer"), tracing::info_span!("other"));
    let (outer_id, other_id) = (outer.id().unwrap().into_u64(), other.id().unwrap().into_u64());
    tracing::Instrument::instrument(
        async {
            child().await;
            given(&other).await;
            root().await;
            follower(&[outer.clone(), other.clone()]).await;
        },
        outer.clone(),
    )
    .await;
    let spans = recorder.spans();
    let parents: Vec<_> = spans[2..]
        .iter()
        .map(|span| (span.name.as_str(), span.parent))
        .collect();
    assert_eq!(
        parents,
        [
            ("child", Some(outer_id)),
            ("given", Some(other_id)),
            ("root", None),
            ("follower", Some(outer_id))
        ]
    );
    assert_eq!(spans[5].follows, [outer_id, other_id]);
}

#[tokio::test(start_paused = true)]
async fn the_body_is_dropped_inside_the_span() {
    struct Says;
    impl Drop for Says {
        fn drop(&mut self) {
            tracing::info!("bye");
        }
    }
    #[instrument_task]
    async fn call() -> Result<(), Error> {
        let _says = Says;
        pending().await
    }
    let recorder = Recorder::install();
    assert!(tokio::time::timeout(ms(20), call()).await.is_err());
    assert_eq!(recorder.events()[0].span, Some(recorder.span().id));
}

#[tokio::test(start_paused = true)]
async fn works_on_a_function_that_never_returns() {
    #[instrument_task(fields(id))]
    async fn forever(id: u32) -> ! {
        loop {
            sleep(secs(1)).await;
        }
    }
    let recorder = Recorder::install();
    tokio::select! {
        _ = forever(7) => {}
        () = sleep(ms(2_500)) => {}
    }
    let span = recorder.span();
    assert_eq!((span.outcome(), span.fields["id"].as_str()), ("dropped", "7"));
}

#[tokio::test(start_paused = true)]
async fn with_nobody_listening_no_field_is_evaluated() {
    #[instrument_task(fields(id = note("evaluated", 1)))]
    async fn call() -> Result<(), Error> {
        let _local = Noted("ran");
        Ok(())
    }
    call().await.unwrap();
    assert_eq!(notes(), "ran");
    let _recorder = Recorder::install();
    call().await.unwrap();
    assert_eq!(notes(), "evaluated ran");
}
