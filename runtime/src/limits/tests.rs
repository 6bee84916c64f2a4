use std::{future::pending, time::Duration};

use tokio_util::sync::CancellationToken;

use super::*;

const MS: Duration = Duration::from_millis(1);

async fn hang() {
    pending().await
}

#[tokio::test(start_paused = true)]
async fn names_the_function_it_stopped() {
    let stop = hang().with_timeout(5 * MS).await.unwrap_err();
    assert!(stop.operation().ends_with("limits::tests::hang"), "{stop:?}");
    assert_eq!(stop.to_string(), "hang timed out after 5ms");

    let block = async { hang().await };
    let stop = block.with_timeout(Some(5 * MS)).await.unwrap_err();
    assert_eq!(
        stop.to_string(),
        "names_the_function_it_stopped timed out after 5ms"
    );

    let boxed: Pin<Box<dyn Future<Output = ()>>> = Box::pin(hang());
    let at = tokio::time::Instant::now() + 5 * MS;
    let stop = boxed.with_timeout_at(at).await.unwrap_err();
    assert_eq!(stop.to_string(), "future timed out at its deadline");
}

#[test]
fn reads_type_names() {
    for (name, readable_name) in [
        ("app::fetch::{{closure}}", "app::fetch"),
        (
            "app::fetch<alloc::string::String>::{{closure}}::{{closure}}",
            "app::fetch",
        ),
        (
            "reqwest::async_impl::client::Pending",
            "reqwest::async_impl::client::Pending",
        ),
        ("core::pin::Pin<alloc::boxed::Box<dyn Future>>", "future"),
        ("<app::User as app::Fetch>::fetch::{{closure}}", "fetch"),
        ("{{closure}}", "{{closure}}"),
    ] {
        assert_eq!(readable(name), readable_name);
    }
}

#[tokio::test(start_paused = true)]
async fn limits_are_stacked_like_attributes() {
    let token = CancellationToken::new();
    let call = hang().with_timeout(5 * MS).or_cancelled(&token);
    assert!(
        call.await
            .is_ok_and(|out| out.is_err_and(|stop| stop.is_timeout()))
    );
    token.cancel();
    let call = hang().with_timeout(5 * MS).or_cancelled(&token);
    assert!(call.await.is_err_and(|stop| stop.is_cancelled()));
}

#[test]
fn futures_are_send_exactly_when_the_body_is() {
    fn is_send<T: Send>(_: T) {}
    fn generic<F: Future + Send, S: CancelSource>(body: F, source: S) {
        is_send(body.with_timeout(MS).or_cancelled(source));
    }
    generic(hang(), &CancellationToken::new());
    // Compiles, though it could not be sent.
    let local = std::rc::Rc::new(());
    let body = async move {
        hang().await;
        drop(local);
    };
    drop(body.with_timeout(MS).or_cancelled(None::<&CancellationToken>));
}
