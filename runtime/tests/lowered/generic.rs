//! Functions whose types are not known: the probe must not ask for bounds that they do not state.

use etiquette::{__private as P, Class, Classify, Stopped};

use crate::{is_send, ms};

macro_rules! probed {
    ($name:ident, <$($lt:lifetime,)? $e:ident $(: $bound:path $(, $more:path)*)?>) => {
        async fn $name<$($lt,)? $e>(error: $e, attempts: u32) -> (Result<(), $e>, &'static str)
        where
            $($e: $bound $(+ $more)*)?
        {
            let mut error = Some(error);
            let mut runs = 0;
            let mut __etq_retry =
                P::Retry::new(P::Plan::new("op", P::attempts(attempts), P::Constant::new(ms(0))), P::NoBudget);
            loop {
                {
                    runs += 1;
                    let __etq_out: Result<(), $e> = match error.take() {
                        Some(error) => Err(error),
                        None => Ok(()),
                    };
                    let __etq_verdict = P::any_error!(&__etq_out);
                    if !__etq_retry.again(__etq_verdict) {
                        let _ = runs;
                        break (__etq_out, __etq_retry.why());
                    }
                    P::retry_event!(__etq_retry, &__etq_out);
                    let _ = P::describe!(&__etq_out);
                }
                P::pause(__etq_retry.delay()).await;
            }
        }
    };
}

probed!(bare, <E>);
probed!(error, <E: std::error::Error>);
probed!(classified, <E: Classify>);
probed!(printable, <E: std::fmt::Debug>);
probed!(chained, <E: std::convert::AsRef<dyn std::error::Error>>);

#[derive(Debug)]
struct Borrowed<'a>(&'a str);

impl std::fmt::Display for Borrowed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Borrowed<'_> {}

impl Classify for Borrowed<'_> {
    fn class(&self) -> Class {
        Class::Cancelled
    }
}

#[tokio::test]
async fn a_generic_error_with_any_bounds() {
    let text = String::from("no");
    // What is not known to be cancelled is retried, and succeeds.
    assert_eq!(bare(Borrowed(&text), 3).await.1, "");
    assert_eq!(error(Borrowed(&text), 3).await.1, "");
    assert_eq!(printable(Borrowed(&text), 3).await.1, "");
    assert_eq!(classified(Borrowed(&text), 3).await.1, "permanent");
    let stopped = anyhow::Error::new(Stopped::from(etiquette::Cancelled::new("op")));
    assert_eq!(chained(stopped, 3).await.1, "permanent");
    drop(is_send(bare(std::cell::Cell::new(1), 2)));
}

#[tokio::test(start_paused = true)]
async fn a_generic_error_that_takes_a_stop() {
    async fn limited<T, E: From<Stopped>>(value: Option<T>) -> Result<T, E> {
        match P::with_timeout(P::limit(ms(5)), async {
            match value {
                Some(value) => Ok(value),
                None => std::future::pending().await,
            }
        })
        .await
        {
            Ok(__etq_out) => __etq_out,
            Err(__etq_stop) => P::stopped::<Result<T, E>>(__etq_stop.of("op", P::TimeoutKind::Call, 0u32)),
        }
    }
    assert!(limited::<u8, std::io::Error>(None).await.is_err());
    assert_eq!(limited::<_, Stopped>(Some(1)).await, Ok(1));
}
