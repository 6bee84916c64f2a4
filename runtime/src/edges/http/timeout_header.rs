//! How much time is left, as a header.

use std::time::Duration;

use ::http::{HeaderMap, HeaderName, HeaderValue};

/// A header that says how much time the caller still has, and how it is written.
///
/// Time left crosses the wire, not an instant: the clocks of two machines do not agree. What the request takes on its
/// way is lost to the server's side of it, as in gRPC.
///
/// ```
/// use etiquette::http::TimeoutHeader;
/// use http::{HeaderMap, HeaderName};
/// use std::time::Duration;
///
/// let mut headers = HeaderMap::new();
/// let grpc = TimeoutHeader::grpc();
/// grpc.write(Duration::from_millis(1500), &mut headers);
/// assert_eq!(headers["grpc-timeout"], "1500000u");
/// assert_eq!(grpc.read(&headers), Some(Duration::from_millis(1500)));
///
/// let envoy = TimeoutHeader::millis(HeaderName::from_static("x-envoy-expected-rq-timeout-ms"));
/// envoy.write(Duration::from_micros(1_500_900), &mut headers);
/// assert_eq!(headers["x-envoy-expected-rq-timeout-ms"], "1500");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeoutHeader {
    name: HeaderName,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Grpc,
    Millis,
}

impl TimeoutHeader {
    /// `grpc-timeout`: at most eight digits and a unit, `H`, `M`, `S`, `m`, `u` or `n`. Between services that
    /// do not speak gRPC it does as well as any.
    #[must_use]
    pub const fn grpc() -> Self {
        Self {
            name: HeaderName::from_static("grpc-timeout"),
            form: Form::Grpc,
        }
    }

    /// A header of this name with a whole number of milliseconds.
    #[must_use]
    pub const fn millis(name: HeaderName) -> Self {
        Self {
            name,
            form: Form::Millis,
        }
    }

    /// The name of the header.
    #[must_use]
    pub const fn name(&self) -> &HeaderName {
        &self.name
    }

    /// How much time the sender had left. `None` without the header, and when it is not written as it should be.
    #[must_use]
    pub fn read(&self, headers: &HeaderMap) -> Option<Duration> {
        let text = headers.get(&self.name)?.to_str().ok()?;
        match self.form {
            Form::Grpc => from_grpc(text),
            Form::Millis => digits(text).map(Duration::from_millis),
        }
    }

    /// Says that this much time is left, in place of what was said before. Rounded down: in the finest of gRPC's units
    /// that needs no more than eight digits, or to a millisecond, of which at least one: for many a proxy, 0 is for ever.
    pub fn write(&self, remaining: Duration, headers: &mut HeaderMap) {
        let value = match self.form {
            Form::Grpc => HeaderValue::try_from(to_grpc(remaining)).ok(),
            Form::Millis => {
                let millis = u64::try_from(remaining.as_millis()).unwrap_or(u64::MAX);
                Some(HeaderValue::from(millis.max(1)))
            }
        };
        if let Some(value) = value {
            headers.insert(self.name.clone(), value);
        }
    }
}

const MOST: u128 = 99_999_999;

/// Nanoseconds in each unit, the finest first.
const UNITS: [(u64, char); 6] = [
    (1, 'n'),
    (1_000, 'u'),
    (1_000_000, 'm'),
    (1_000_000_000, 'S'),
    (60_000_000_000, 'M'),
    (3_600_000_000_000, 'H'),
];

/// 99999999 hours, 11 000 years, is the most that can be said.
pub(in crate::edges) fn to_grpc(remaining: Duration) -> String {
    let nanos = remaining.as_nanos();
    let fits = |(size, _): &&(u64, char)| nanos / u128::from(*size) <= MOST;
    match UNITS.iter().find(fits) {
        Some(&(size, unit)) => format!("{}{unit}", nanos / u128::from(size)),
        None => format!("{MOST}H"),
    }
}

pub(in crate::edges) fn from_grpc(text: &str) -> Option<Duration> {
    let (&(size, _), count) = UNITS
        .iter()
        .find_map(|unit| Some((unit, text.strip_suffix(unit.1)?)))?;
    if count.len() > 8 {
        return None;
    }
    let count = digits(count)?;
    // The rest of a second apart, so that hours do not overflow.
    let (seconds, nanos) = match size {
        1_000_000_000.. => (count * (size / 1_000_000_000), 0),
        _ => (0, count * size),
    };
    Some(Duration::from_secs(seconds) + Duration::from_nanos(nanos))
}

/// A number without a sign.
fn digits(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}
