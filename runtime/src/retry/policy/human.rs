//! Durations as people write them: `100ms`, `1m 30s`, `0.5s`.

use std::{fmt, time::Duration};

/// The units, longest first, in nanoseconds.
const UNITS: [(&str, u128); 7] = [
    ("d", 86_400_000_000_000),
    ("h", 3_600_000_000_000),
    ("m", 60_000_000_000),
    ("s", 1_000_000_000),
    ("ms", 1_000_000),
    ("us", 1_000),
    ("ns", 1),
];

/// Reads `100ms`, `1m 30s`, `1m30s`, `0.5s`, `1_500ms`; what the attributes take as a literal.
pub(super) fn parse(text: &str) -> Result<Duration, String> {
    let wrong = |why: &str| format!("`{text}` is not a duration: {why}");
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(wrong("it is empty"));
    }
    let mut total = Some(0_u128);
    while !rest.is_empty() {
        let (number, after) = split(rest, |c| c.is_ascii_digit() || c == '.' || c == '_');
        if number.is_empty() {
            return Err(wrong("expected a number, like in `1m 30s`"));
        }
        let (unit, after) = split(after.trim_start(), char::is_alphabetic);
        let unit = match unit {
            "" => return Err(wrong("a number needs a unit: `s`, `ms`, `m`, …")),
            "µs" => "us",
            unit => unit,
        };
        let Some((_, nanos)) = UNITS.iter().find(|(name, _)| *name == unit) else {
            return Err(wrong("the units are `d`, `h`, `m`, `s`, `ms`, `us` and `ns`"));
        };
        let part = scaled(number, *nanos).ok_or_else(|| wrong("it has a malformed number"))?;
        total = total.and_then(|total| total.checked_add(part));
        rest = after.trim_start();
    }
    let total = total.ok_or_else(|| wrong("it is too long"))?;
    let secs = u64::try_from(total / 1_000_000_000).map_err(|_| wrong("it is too long"))?;
    let nanos = u32::try_from(total % 1_000_000_000).unwrap_or_default();
    Ok(Duration::new(secs, nanos))
}

fn split(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !belongs(c)).unwrap_or(text.len()))
}

/// `number · unit` without rounding, down to a nanosecond. `None` if it is no number or too large.
fn scaled(number: &str, unit: u128) -> Option<u128> {
    let number = number.replace('_', "");
    let (whole, part) = number.split_once('.').unwrap_or((&number, "0"));
    let scale = 10_u128.checked_pow(u32::try_from(part.len()).ok()?)?;
    let whole = whole.parse::<u128>().ok()?.checked_mul(unit)?;
    let part = part.parse::<u128>().ok()?.checked_mul(unit)? / scale;
    whole.checked_add(part)
}

/// Prints what [`parse`] reads back to the same duration.
pub(super) struct Human(pub(super) Duration);

impl fmt::Display for Human {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut left = self.0.as_nanos();
        if left == 0 {
            return f.write_str("0s");
        }
        let mut space = "";
        for (name, unit) in UNITS {
            if left >= unit {
                write!(f, "{space}{}{name}", left / unit)?;
                left %= unit;
                space = " ";
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        let ms = Duration::from_millis;
        for (text, duration) in [
            ("100ms", ms(100)),
            ("1m 30s", ms(90_000)),
            ("1m30s", ms(90_000)),
            (" 0.5s ", ms(500)),
            ("1_500 ms", ms(1_500)),
            ("2h", ms(7_200_000)),
            ("1d", ms(86_400_000)),
            ("0s", ms(0)),
            ("250us", Duration::from_micros(250)),
            ("7µs", Duration::from_micros(7)),
            ("1.5ns", Duration::from_nanos(1)),
        ] {
            assert_eq!(parse(text), Ok(duration), "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, why) in [
            ("", "it is empty"),
            ("5", "a number needs a unit"),
            ("5 fortnights", "the units are"),
            ("s", "expected a number"),
            ("-5s", "expected a number"),
            ("1.2.3s", "malformed number"),
            (".5s", "malformed number"),
            ("5.s", "malformed number"),
            ("999999999999999999999999d", "too long"),
            ("99999999999999999999s", "too long"),
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.contains(why), "{error}");
        }
    }

    #[test]
    fn prints_what_it_reads() {
        assert_eq!(Human(Duration::ZERO).to_string(), "0s");
        assert_eq!(Human(Duration::from_millis(90_500)).to_string(), "1m 30s 500ms");
        for _ in 0..1_000 {
            let duration = Duration::new(
                fastrand::u64(..) >> fastrand::u32(..64),
                fastrand::u32(..1_000_000_000),
            );
            assert_eq!(parse(&Human(duration).to_string()), Ok(duration));
        }
    }
}
