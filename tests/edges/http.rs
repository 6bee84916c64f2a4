//! `etiquette::http`: statuses and `Retry-After`, both ways.

use std::time::{Duration, SystemTime};

use etiquette::{
    AtCapacity, CircuitOpen, Class, RateLimited, Stopped,
    http::{class, response, retry_after},
};
use http::{HeaderMap, HeaderValue, Response, StatusCode};

use crate::support::stops;

#[test]
fn what_a_stop_is() {
    let statuses = stops(Duration::ZERO).map(|stop| StatusCode::from(stop).as_u16());
    assert_eq!(statuses, [504, 503, 503, 503, 429]);
}

#[test]
fn a_response_says_when_to_come_back_in_whole_seconds_rounded_up() {
    let after = |stop: Stopped| {
        let response: Response<String> = response(&stop);
        assert_eq!(response.body(), "");
        assert_eq!(response.extensions().get::<Stopped>(), Some(&stop));
        let after = response.headers().get("retry-after").cloned();
        after.map(|after| after.to_str().unwrap().to_owned())
    };
    let limited = |wait| after(RateLimited::new("a", wait).into());
    assert_eq!(limited(Duration::ZERO).unwrap(), "0");
    assert_eq!(limited(Duration::from_nanos(1)).unwrap(), "1");
    assert_eq!(limited(Duration::from_secs(7)).unwrap(), "7");
    assert_eq!(limited(Duration::from_millis(7001)).unwrap(), "8");
    assert_eq!(limited(Duration::MAX).unwrap(), u64::MAX.to_string());
    let wait = Duration::from_secs(2);
    assert_eq!(after(CircuitOpen::new("a", wait).into()).unwrap(), "2");
    assert_eq!(after(AtCapacity::new("a", wait).into()).unwrap(), "2");
    // Not known, and of no use to those who were not refused.
    assert_eq!(after(AtCapacity::new("a", None).into()), None);
    let [timed_out, cancelled, ..] = stops(wait);
    assert_eq!((after(timed_out), after(cancelled)), (None, None));
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&'static str, &str)| {
        (
            http::HeaderName::from_static(name),
            HeaderValue::from_str(value).unwrap(),
        )
    };
    pairs.iter().map(pair).collect()
}

fn hint(value: &str) -> Option<Duration> {
    retry_after(&headers(&[("retry-after", value)]))
}

#[test]
fn a_hint_in_seconds() {
    assert_eq!(hint("0"), Some(Duration::ZERO));
    assert_eq!(hint("120"), Some(Duration::from_secs(120)));
    assert_eq!(hint(" 7 "), Some(Duration::from_secs(7)));
    assert_eq!(hint("007"), Some(Duration::from_secs(7)));
    assert_eq!(
        hint("99999999999999999999999"),
        Some(Duration::from_secs(u64::MAX))
    );
}

#[test]
fn a_hint_as_a_date_in_all_three_forms_is_counted_from_the_answers_own_date() {
    for date in [
        "Sun, 06 Nov 1994 08:50:07 GMT",
        "Sunday, 06-Nov-94 08:50:07 GMT",
        "Sun Nov  6 08:50:07 1994",
    ] {
        let answered = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        let hint = retry_after(&headers(&[answered, ("retry-after", date)]));
        assert_eq!(hint, Some(Duration::from_secs(30)), "{date}");
        let late = ("date", "Sun, 06 Nov 1994 08:50:08 GMT");
        let hint = retry_after(&headers(&[late, ("retry-after", date)]));
        assert_eq!(hint, Some(Duration::ZERO), "{date}");
    }
}

#[test]
fn without_a_date_of_its_own_or_with_a_broken_one_it_is_counted_from_now() {
    let in_an_hour = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(3600));
    for date in [&[] as &[_], &[("date", "today")]] {
        let mut headers = headers(date);
        headers.insert("retry-after", HeaderValue::from_str(&in_an_hour).unwrap());
        let hint = retry_after(&headers).unwrap();
        // The date has no fractions, and some time has passed: a minute is a busy machine's.
        let low = Duration::from_secs(3600 - 60);
        assert!(low < hint && hint <= Duration::from_secs(3600), "{hint:?}");
    }
    assert_eq!(hint("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
}

#[test]
fn garbage_is_no_hint() {
    for garbage in [
        "",
        " ",
        "soon",
        "-1",
        "+1",
        "1.5",
        "1s",
        "1e3",
        "0x10",
        "1994-11-06T08:49:37Z",
        "Sun, 06 Nov",
    ] {
        assert_eq!(hint(garbage), None, "{garbage:?}");
    }
    assert_eq!(retry_after(&HeaderMap::new()), None);
    let mut opaque = HeaderMap::new();
    opaque.insert("retry-after", HeaderValue::from_bytes(b"\xff").unwrap());
    assert_eq!(retry_after(&opaque), None);
}

#[test]
fn what_a_status_means() {
    let hint = headers(&[("retry-after", "3")]);
    let none = HeaderMap::new();
    let in_3s = Class::TransientAfter(Duration::from_secs(3));
    for code in 100..600 {
        let status = StatusCode::from_u16(code).unwrap();
        let expected = match code {
            408 | 425 | 429 | 500 | 502 | 503 | 504 => (Class::Transient, in_3s),
            413 => (Class::Permanent, in_3s),
            _ => (Class::Permanent, Class::Permanent),
        };
        assert_eq!((class(status, &none), class(status, &hint)), expected, "{status}");
    }
}
