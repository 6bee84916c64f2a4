//! `etiquette::http::TimeoutHeader`: how much time is left, written and read.

use std::time::Duration;

use etiquette::http::TimeoutHeader;
use http::{HeaderMap, HeaderName, HeaderValue};

const NAME: HeaderName = HeaderName::from_static("x-time-left-ms");

fn written(header: &TimeoutHeader, remaining: Duration) -> String {
    let mut headers = HeaderMap::new();
    headers.insert(header.name(), HeaderValue::from_static("before"));
    header.write(remaining, &mut headers);
    assert_eq!(headers.len(), 1);
    headers[header.name()].to_str().unwrap().to_owned()
}

fn read(header: &TimeoutHeader, text: &str) -> Option<Duration> {
    let mut headers = HeaderMap::new();
    headers.insert(header.name(), HeaderValue::from_str(text).unwrap());
    header.read(&headers)
}

#[test]
fn grpc_writes_the_finest_unit_that_fits_eight_digits_rounded_down() {
    let grpc = TimeoutHeader::grpc();
    assert_eq!(grpc.name(), "grpc-timeout");
    for (remaining, text) in [
        (Duration::ZERO, "0n"),
        (Duration::from_nanos(99_999_999), "99999999n"),
        (Duration::from_nanos(100_000_000), "100000u"),
        (Duration::from_nanos(100_000_999), "100000u"),
        (Duration::from_micros(99_999_999), "99999999u"),
        (Duration::from_secs(100), "100000m"),
        (Duration::from_millis(99_999_999), "99999999m"),
        (Duration::from_millis(100_000_000), "100000S"),
        (Duration::from_secs(99_999_999), "99999999S"),
        (Duration::from_secs(100_000_000), "1666666M"),
        (Duration::from_secs(99_999_999 * 60), "99999999M"),
        (Duration::from_secs(100_000_000 * 60), "1666666H"),
        (Duration::MAX, "99999999H"),
    ] {
        assert_eq!(written(&grpc, remaining), text);
        let back = read(&grpc, text).unwrap();
        assert!(back <= remaining, "{text}");
    }
}

#[test]
fn grpc_reads_every_unit() {
    let grpc = TimeoutHeader::grpc();
    for (text, left) in [
        ("1H", Duration::from_secs(3600)),
        ("2M", Duration::from_secs(120)),
        ("3S", Duration::from_secs(3)),
        ("4m", Duration::from_millis(4)),
        ("5u", Duration::from_micros(5)),
        ("6n", Duration::from_nanos(6)),
        ("0S", Duration::ZERO),
        ("00000001S", Duration::from_secs(1)),
        ("99999999m", Duration::from_millis(99_999_999)),
        ("99999999H", Duration::from_secs(99_999_999 * 3600)),
    ] {
        assert_eq!(read(&grpc, text), Some(left), "{text}");
    }
    for garbage in [
        "",
        "S",
        "1",
        "1s",
        "1h",
        "-1S",
        "+1S",
        "1.5S",
        " 1S",
        "1 S",
        "123456789S",
        "1SS",
        "infinite",
    ] {
        assert_eq!(read(&grpc, garbage), None, "{garbage:?}");
    }
    assert_eq!(grpc.read(&HeaderMap::new()), None);
}

#[test]
fn milliseconds_under_a_name_of_ones_own() {
    let millis = TimeoutHeader::millis(NAME);
    assert_eq!(written(&millis, Duration::from_micros(1999)), "1");
    assert_eq!(written(&millis, Duration::from_micros(999)), "1");
    assert_eq!(written(&millis, Duration::ZERO), "1");
    assert_eq!(written(&millis, Duration::from_secs(90)), "90000");
    assert_eq!(written(&millis, Duration::MAX), u64::MAX.to_string());
    assert_eq!(read(&millis, "1500"), Some(Duration::from_millis(1500)));
    for garbage in ["", "1m", "-1", "1.5", "99999999999999999999999"] {
        assert_eq!(read(&millis, garbage), None, "{garbage:?}");
    }
}
