//! Without the `tracing` feature a task says nothing, and costs nothing.

#![cfg(not(feature = "tracing"))]

use etiquette::__private as P;

#[tokio::test]
async fn a_task_is_nothing() {
    let mut task = P::task!(target: ::core::module_path!(), parent: (), level: P::Level::INFO,
        name: "task", operation: "app::task", follows: (), fields: {});
    assert_eq!(size_of_val(&task), 0);
    let body = task.scope(async { Ok::<_, ()>(7) });
    let out = body.await;
    task.attempt(1);
    task.gave_up("attempts");
    P::task_end!(task, P::Ended::Body, &out, target: ::core::module_path!(), err: (), ret: ());
    assert_eq!(out, Ok(7));
    assert_eq!(P::describe!(&Err::<(), _>("no")), None);
}
