//! `#[with_timeout(until = …)]`: a point in time instead of a length.

use crate::support::{Error, Runs, ms, pending, sleep, stop_of, timed};
use etiquette::{Stopped, with_timeout};
use tokio::time::Instant;

#[tokio::test(start_paused = true)]
async fn until_takes_an_instant_of_either_clock_or_an_option() {
    #[with_timeout(until = until)]
    async fn tokio_clock(until: Instant) -> Result<u32, Error> {
        pending().await
    }
    #[with_timeout(until = until)]
    async fn std_clock(until: std::time::Instant) -> Result<u32, Error> {
        pending().await
    }
    #[with_timeout(until = until)]
    async fn tokio_option(until: Option<Instant>) -> Result<u32, Error> {
        sleep(ms(500)).await;
        Ok(7)
    }
    #[with_timeout(until = until)]
    async fn std_option(until: Option<std::time::Instant>) -> Result<u32, Error> {
        sleep(ms(500)).await;
        Ok(7)
    }
    macro_rules! stops_at_30 {
        ($call:expr) => {
            let (out, elapsed) = timed($call).await;
            let Stopped::TimedOut(stop) = stop_of(out) else {
                panic!("not a timeout")
            };
            assert_eq!((stop.limit, elapsed), (None, ms(30)));
            assert!(stop.to_string().ends_with(" timed out at its deadline"));
        };
    }
    stops_at_30!(tokio_clock(Instant::now() + ms(30)));
    stops_at_30!(std_clock((Instant::now() + ms(30)).into_std()));
    stops_at_30!(tokio_option(Some(Instant::now() + ms(30))));
    stops_at_30!(std_option(Some((Instant::now() + ms(30)).into_std())));
    assert_eq!(timed(tokio_option(None)).await, (Ok(7), ms(500)));
    assert_eq!(timed(std_option(None)).await, (Ok(7), ms(500)));
}

#[tokio::test(start_paused = true)]
async fn until_does_not_move_with_the_first_poll_and_may_have_passed() {
    #[with_timeout(until = until)]
    async fn call(until: Instant, runs: &Runs, wait: bool) -> Result<u32, Error> {
        let run = runs.next();
        if wait {
            pending::<()>().await;
        }
        Ok(run)
    }
    let (start, runs) = (Instant::now(), Runs::default());
    let late = call(start + ms(30), &runs, true);
    sleep(ms(20)).await;
    let (out, elapsed) = timed(late).await;
    assert!(stop_of(out).is_timeout());
    assert_eq!(elapsed, ms(10));
    // A deadline in the past stops at the first wait, as a limit of zero does.
    assert_eq!(timed(call(start, &runs, false)).await, (Ok(2), ms(0)));
    let (out, elapsed) = timed(call(start, &runs, true)).await;
    assert!(stop_of(out).is_timeout());
    assert_eq!((elapsed, runs.count()), (ms(0), 3));
}
