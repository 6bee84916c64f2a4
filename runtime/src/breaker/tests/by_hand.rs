//! A circuit that someone operates.

use super::*;

#[tokio::test(start_paused = true)]
async fn forced_open_it_stays_so() {
    let breaker = touchy();
    let running = breaker.admit(OP).unwrap();
    breaker.force_open();
    assert_eq!((breaker.state(), breaker.is_forced()), (Open, true));
    assert_eq!((refused(&breaker), breaker.time_left()), (None, None));
    running.succeeded();
    advance(3_600 * SECOND).await;
    assert_eq!((breaker.state(), refused(&breaker)), (Open, None));
    breaker.reset();
    assert_eq!((breaker.state(), breaker.is_forced()), (Closed, false));
    succeed(&breaker, 1);
}

#[tokio::test(start_paused = true)]
async fn forced_closed_it_stays_so() {
    let breaker = touchy();
    breaker.force_closed();
    fail(&breaker, 100);
    assert_eq!((breaker.state(), breaker.is_forced()), (Closed, true));
    assert_eq!(seen(&breaker), (0, 0));
    let running = breaker.admit(OP).unwrap();
    breaker.reset();
    running.failed();
    assert_eq!((breaker.state(), breaker.is_forced()), (Closed, false));
    fail(&breaker, 1);
    assert_eq!(breaker.state(), Open);
    breaker.force_closed();
    succeed(&breaker, 1);
    breaker.force_open();
    assert!(breaker.admit(OP).is_err());
    breaker.force_closed();
    assert!(breaker.admit(OP).is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_reset_forgets_everything() {
    for breaker in [
        CircuitBreaker::new(),
        CircuitBreaker::new().window(20),
        CircuitBreaker::new().window_time(10 * SECOND),
    ] {
        let breaker = breaker.slow_call(SECOND).slow_rate(0.6).open_for(SECOND);
        let running = breaker.admit(OP).unwrap();
        advance(2 * SECOND).await;
        running.failed();
        succeed(&breaker, 18);
        assert_eq!((seen(&breaker), breaker.slow()), ((19, 1), 1));
        breaker.reset();
        assert_eq!((seen(&breaker), breaker.slow()), ((0, 0), 0));
        fail(&breaker, 20);
        advance(SECOND).await;
        fail(&breaker, 1);
        assert_eq!(breaker.time_left(), Some(2 * SECOND));
        breaker.reset();
        fail(&breaker, 20);
        assert_eq!(breaker.time_left(), Some(SECOND), "the growth is forgotten, too");
    }
}

#[tokio::test(start_paused = true)]
async fn settings_change_while_it_runs() {
    let breaker = CircuitBreaker::new().slow_call(SECOND);
    fail(&breaker, 9);
    breaker.set_min_calls(10);
    breaker.set_failure_rate(0.9);
    succeed(&breaker, 1);
    assert_eq!(breaker.state(), Open, "9 of 10");
    breaker.reset();
    breaker.set_failure_rate(0.1);
    breaker.set_open_for(7 * SECOND);
    succeed(&breaker, 9);
    fail(&breaker, 1);
    assert_eq!(breaker.time_left(), Some(7 * SECOND));
    breaker.reset();
    breaker.set_slow_rate(0.3);
    succeed(&breaker, 7);
    let slow = [(); 3].map(|()| breaker.admit(OP).unwrap());
    advance(2 * SECOND).await;
    for (permit, state) in slow.into_iter().zip([Closed, Closed, Open]) {
        permit.succeeded();
        assert_eq!(breaker.state(), state);
    }
}

#[cfg(feature = "tracing")]
#[tokio::test(start_paused = true)]
async fn its_changes_are_logged_under_its_name() {
    use std::{
        io,
        sync::{Arc, Mutex},
    };

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Log {
        fn write(&mut self, text: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(text)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    crate::telemetry::keep_callsites_heard();
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .without_time()
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let breaker = touchy().name("payments");
    fail(&breaker, 1);
    advance(SECOND).await;
    succeed(&breaker, 1);
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert_eq!(
        log.lines().map(str::trim).collect::<Vec<_>>(),
        [
            r#"ERROR etiquette::circuit_breaker: circuit opened: calls are refused circuit="payments" open_for=1s"#,
            r#"WARN etiquette::circuit_breaker: circuit half-open: a few calls are let through circuit="payments""#,
            r#"INFO etiquette::circuit_breaker: circuit closed circuit="payments""#,
        ]
    );
}
