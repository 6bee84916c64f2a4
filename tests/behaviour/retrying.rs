//! `retrying!`: the options of `#[retry]` around a block.

use crate::support::{Error, Runs, ms, note, notes, sleep, stop_of, timed};
use etiquette::{Limits, RetryBudget, RetryPolicy, retrying, with_timeout};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

#[tokio::test(start_paused = true)]
async fn a_block_is_run_again_with_what_is_around_it() {
    let (runs, mut log) = (Runs::default(), vec![]);
    let call = retrying!(attempts = 4, constant(10ms), jitter = none, async {
        log.push(runs.count());
        match runs.next() {
            3 => Ok(3),
            _ => Err(Error::Busy),
        }
    });
    assert_eq!(timed(call).await, (Ok(3), ms(20)));
    assert_eq!(log, [0, 1, 2]);
}

#[tokio::test(start_paused = true)]
async fn without_options_it_does_what_a_bare_retry_does() {
    let runs = Runs::default();
    let out: Result<(), Error> = retrying!(async {
        runs.next();
        Err(Error::Busy)
    })
    .await;
    assert_eq!((out, runs.count()), (Err(Error::Busy), 3));
    let out: Result<(), Error> = retrying!(async {
        runs.next();
        Err(Error::Bad)
    })
    .await;
    assert_eq!((out, runs.count()), (Err(Error::Bad), 4));
}

#[tokio::test(start_paused = true)]
async fn a_closure_names_the_type_for_a_question_mark() {
    async fn step(runs: &Runs) -> Result<u32, Error> {
        if runs.next() < 3 { Err(Error::Busy) } else { Ok(1) }
    }
    let runs = Runs::default();
    let out = retrying!(attempts = 3, constant(1ms), async || -> Result<u32, Error> {
        let one = step(&runs).await?;
        Ok(one + step(&runs).await?)
    })
    .await;
    assert_eq!((out, runs.count()), (Ok(2), 4));
}

#[tokio::test(start_paused = true)]
async fn a_moving_block_owns_what_it_uses_and_a_comma_may_end_the_list() {
    fn later() -> impl Future<Output = Result<usize, Error>> + Send + 'static {
        let text = "owned".to_owned();
        retrying!(attempts = 2, constant(1ms), async move {
            if text.is_empty() {
                return Err(Error::Busy);
            }
            Ok(text.len())
        },)
    }
    let closure = {
        let text = "closure".to_owned();
        retrying!(async move || -> Result<usize, Error> { Ok(text.len()) })
    };
    assert_eq!(tokio::spawn(later()).await.unwrap(), Ok(5));
    assert_eq!(closure.await, Ok(7));
}

#[tokio::test(start_paused = true)]
async fn return_leaves_the_block_not_the_function() {
    let out: Result<u32, Error> = retrying!(attempts = 3, constant(1ms), async {
        if note("run", true) {
            return Err(Error::Busy);
        }
        Ok(7)
    })
    .await;
    assert_eq!((out, notes().as_str()), (Err(Error::Busy), "run run run"));
}

#[tokio::test(start_paused = true)]
async fn it_is_lazy_and_may_be_dropped() {
    let runs = Runs::default();
    drop(retrying!(async {
        runs.next();
        Ok::<_, Error>(())
    }));
    assert_eq!(runs.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn it_takes_the_options_of_retry() {
    let (budget, hooks) = (RetryBudget::new(), Runs::default());
    let out = retrying!(
        attempts = forever,
        max_elapsed = 35ms,
        constant(10ms),
        jitter = none,
        when = |error| *error < 9,
        budget = &budget,
        attempt = at,
        on_retry = |event| assert_eq!((event.attempt, event.operation), (hooks.next(), "here")),
        name = "here",
        async {
            assert_eq!(at.of, None);
            Err::<(), _>(at.number)
        }
    );
    assert_eq!(timed(out).await, (Err(4), ms(30)));
    assert_eq!((budget.tokens(), hooks.count()), (500 - 3 * 5 + 1, 3)); // one came back in 30 ms
    let policy = RetryPolicy::new().attempts(5).constant(Duration::ZERO);
    let runs = Runs::default();
    let out = retrying!(policy = &policy, when_result = |run| *run < 4, async {
        runs.next()
    })
    .await;
    assert_eq!(out, 4);
}

#[tokio::test(start_paused = true)]
async fn each_place_has_a_budget_of_its_own_and_a_name() {
    async fn here(runs: &Runs) -> Result<(), Error> {
        retrying!(
            attempts = 101,
            constant(0s),
            on_retry = |event| assert_eq!(event.operation, OPERATION),
            async {
                runs.next();
                Err(Error::Busy)
            }
        )
        .await
    }
    const OPERATION: &str = concat!(module_path!(), "::retrying");
    let runs = [(); 3].map(|()| Runs::default());
    let _ = here(&runs[0]).await;
    let _ = here(&runs[1]).await;
    let _ = retrying!(attempts = 3, constant(0s), async {
        runs[2].next();
        Err::<(), _>(Error::Busy)
    })
    .await;
    assert_eq!(runs.map(|runs| runs.count()), [101, 1, 3]);
}

#[tokio::test(start_paused = true)]
async fn it_goes_with_limits_and_inside_an_annotated_function() {
    #[with_timeout(25ms)]
    async fn call(runs: &Runs) -> Result<u32, Error> {
        retrying!(attempts = 9, constant(10ms), jitter = none, async {
            runs.next();
            Err(Error::Busy)
        })
        .await
    }
    let runs = Runs::default();
    let (out, elapsed) = timed(call(&runs)).await;
    assert!(stop_of(out).is_timeout());
    assert_eq!((runs.count(), elapsed), (3, ms(25)));

    let token = CancellationToken::new();
    let theirs = token.clone();
    crate::support::after(ms(15), move || theirs.cancel());
    let out = retrying!(attempts = 9, constant(10ms), jitter = none, async {
        sleep(ms(1)).with_timeout(ms(5)).await?;
        Err::<(), _>(Error::Busy)
    })
    .or_cancelled(&token);
    let (out, elapsed) = timed(out).await;
    assert!(out.unwrap_err().is_cancelled());
    assert_eq!(elapsed, ms(15));
}

#[tokio::test(start_paused = true)]
async fn one_may_stand_in_another() {
    let (outer, inner) = (Runs::default(), Runs::default());
    let out = retrying!(attempts = 2, constant(0s), attempt = at, async {
        outer.next();
        let n = at.number;
        retrying!(attempts = 3, constant(0s), attempt = at, async {
            inner.next();
            if n == 2 && at.number == 2 {
                Ok(7)
            } else {
                Err(Error::Busy)
            }
        })
        .await
    })
    .await;
    assert_eq!((out, outer.count(), inner.count()), (Ok(7), 2, 3 + 2));
}
