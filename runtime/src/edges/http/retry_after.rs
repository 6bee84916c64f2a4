//! `Retry-After`, as a server sends it.

use std::time::{Duration, SystemTime};

use ::http::{
    HeaderMap, HeaderName,
    header::{DATE, RETRY_AFTER},
};

/// How long the server asks to be left alone: `Retry-After` (RFC 9110, 10.2.3), in seconds or as a date in any of the
/// three forms of HTTP.
///
/// A date is counted from the answer's own `Date`, so that the two clocks need not agree, and from this machine's
/// clock where there is none; one in the past is [`Duration::ZERO`]. `None` without the header, and when it
/// is neither: a sign, a fraction or a word.
///
/// ```
/// use etiquette::http::retry_after;
/// use http::{HeaderMap, HeaderValue};
/// use std::time::Duration;
///
/// let mut headers = HeaderMap::new();
/// assert_eq!(retry_after(&headers), None);
///
/// headers.insert("retry-after", HeaderValue::from_static("120"));
/// assert_eq!(retry_after(&headers), Some(Duration::from_secs(120)));
///
/// headers.insert("date", HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 GMT"));
/// headers.insert("retry-after", HeaderValue::from_static("Sun, 06 Nov 1994 08:50:07 GMT"));
/// assert_eq!(retry_after(&headers), Some(Duration::from_secs(30)));
///
/// headers.insert("retry-after", HeaderValue::from_static("soon"));
/// assert_eq!(retry_after(&headers), None);
/// ```
///
/// # Limits
///
/// A number of seconds that no `u64` holds counts as the largest that one does: longer than any `max_hint`.
#[must_use]
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let at = httpdate::parse_http_date(text).ok()?;
    let now = date(headers, DATE).unwrap_or_else(SystemTime::now);
    Some(at.duration_since(now).unwrap_or(Duration::ZERO))
}

fn date(headers: &HeaderMap, name: HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok()
}
