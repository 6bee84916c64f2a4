//! A policy in a configuration file.

use std::{fmt, time::Duration};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};

use super::{
    super::{Attempts, Jitter, schedule::Exponential},
    AnySchedule, List, MAX_DELAYS, RetryPolicy,
    human::{Human, parse},
};
use crate::nanos::Nanos;

/// The file, key by key. What is absent is as in [`RetryPolicy::new`].
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    #[serde(skip_serializing_if = "Option::is_none")]
    attempts: Option<Attempts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exponential: Option<FileExponential>,
    #[serde(skip_serializing_if = "Option::is_none")]
    constant: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delays: Option<Vec<Text>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jitter: Option<Jitter>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_elapsed: Option<TextOrNone>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_hint: Option<TextOrNone>,
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct FileExponential {
    first: Text,
    factor: f64,
    max: Text,
}

impl Default for FileExponential {
    fn default() -> Self {
        Self {
            first: Text(Duration::from_millis(100)),
            factor: 2.0,
            max: Text(Duration::from_secs(10)),
        }
    }
}

impl Serialize for RetryPolicy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut file = File {
            attempts: Some(self.attempts),
            jitter: self.jitter,
            max_elapsed: Some(TextOrNone(self.max_elapsed)),
            max_hint: Some(TextOrNone(self.max_hint)),
            ..File::default()
        };
        match &self.schedule {
            AnySchedule::Exponential(schedule) => {
                let (first, factor, max) = schedule.parts();
                file.exponential = Some(FileExponential {
                    first: Text(first),
                    factor,
                    max: Text(max),
                });
            }
            AnySchedule::Constant(schedule) => file.constant = Some(Text(schedule.get())),
            AnySchedule::Delays(list) => {
                file.delays = Some(list.as_slice().iter().copied().map(Text).collect());
            }
        }
        file.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RetryPolicy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let file = File::deserialize(deserializer)?;
        let mut policy = Self::new();
        match (file.exponential, file.constant, file.delays) {
            (None, None, None) => {}
            (Some(schedule), None, None) => {
                if schedule.factor.is_nan() || schedule.factor < 0.0 {
                    return Err(de::Error::custom("`factor` is not a number of 0 or more"));
                }
                let (first, max) = (schedule.first.0, schedule.max.0);
                policy.schedule = AnySchedule::Exponential(Exponential::of(first, schedule.factor, max));
            }
            (None, Some(Text(delay)), None) => policy = policy.constant(delay),
            (None, None, Some(delays)) => {
                policy.schedule = AnySchedule::Delays(list(&delays).map_err(de::Error::custom)?);
            }
            _ => {
                return Err(de::Error::custom(
                    "`exponential`, `constant` and `delays` exclude each other",
                ));
            }
        }
        if let Some(attempts) = file.attempts {
            policy.attempts = attempts;
        }
        policy.jitter = file.jitter;
        if let Some(TextOrNone(limit)) = file.max_elapsed {
            policy.max_elapsed = limit;
        }
        if let Some(TextOrNone(limit)) = file.max_hint {
            policy.max_hint = limit;
        }
        Ok(policy)
    }
}

fn list(texts: &[Text]) -> Result<List, String> {
    let mut delays = [Duration::ZERO; MAX_DELAYS];
    if texts.is_empty() || texts.len() > MAX_DELAYS {
        return Err(format!("`delays` lists one to {MAX_DELAYS} delays"));
    }
    for (delay, text) in delays.iter_mut().zip(texts) {
        *delay = text.0;
    }
    Ok(List {
        delays,
        len: texts.len(),
    })
}

/// A duration as people write it.
struct Text(Duration);

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&Human(self.0))
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Word("a duration, like \"1m 30s\"", |text: &str| {
            parse(text).map(Self)
        }))
    }
}

/// A duration, or `"none"`.
struct TextOrNone(Nanos);

impl Serialize for TextOrNone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Nanos::MAX => serializer.serialize_str("none"),
            limit => Text(limit.into()).serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for TextOrNone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Word("a duration or \"none\"", |text: &str| match text {
            "none" => Ok(Self(Nanos::MAX)),
            text => parse(text).map(|limit| Self(Nanos::new(limit))),
        }))
    }
}

impl Serialize for Attempts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.of() {
            Some(count) => serializer.serialize_u32(count),
            None => serializer.serialize_str("forever"),
        }
    }
}

impl<'de> Deserialize<'de> for Attempts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberOr(
            "a count or \"forever\"",
            |number: f64| match number {
                0.0..=4_294_967_295.0 if number.fract() == 0.0 =>
                {
                    #[allow(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "the pattern rules both out"
                    )]
                    Ok(Self::new(number as u32))
                }
                _ => Err(format!("{number} is not a count")),
            },
            |word: &str| match word {
                "forever" => Ok(Self::FOREVER),
                word => Err(format!("`{word}` is neither a count nor `forever`")),
            },
        ))
    }
}

/// `"full"`, `"equal"`, `"none"`, or a proportion.
impl Serialize for Jitter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Full => serializer.serialize_str("full"),
            Self::Equal => serializer.serialize_str("equal"),
            Self::None => serializer.serialize_str("none"),
            Self::Proportional(part) => serializer.serialize_f64(*part),
        }
    }
}

/// `"full"`, `"equal"`, `"none"`, or a proportion between 0 and 1.
impl<'de> Deserialize<'de> for Jitter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberOr(
            "\"full\", \"equal\", \"none\" or a proportion between 0 and 1",
            |part: f64| match part {
                0.0..=1.0 => Ok(Self::Proportional(part)),
                _ => Err(format!("{part} is not a proportion between 0 and 1")),
            },
            |word: &str| match word {
                "full" => Ok(Self::Full),
                "equal" => Ok(Self::Equal),
                "none" => Ok(Self::None),
                word => Err(format!("`{word}` is none of `full`, `equal`, `none`")),
            },
        ))
    }
}

/// Reads a word.
struct Word<T>(&'static str, fn(&str) -> Result<T, String>);

impl<T> Visitor<'_> for Word<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<T, E> {
        (self.1)(word).map_err(E::custom)
    }
}

/// Reads a number or a word.
struct NumberOr<T>(
    &'static str,
    fn(f64) -> Result<T, String>,
    fn(&str) -> Result<T, String>,
);

impl<T> Visitor<'_> for NumberOr<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<T, E> {
        (self.2)(word).map_err(E::custom)
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<T, E> {
        (self.1)(number).map_err(E::custom)
    }

    #[allow(clippy::cast_precision_loss, reason = "counts are far smaller")]
    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        self.visit_f64(number as f64)
    }

    #[allow(clippy::cast_precision_loss, reason = "counts are far smaller")]
    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        self.visit_f64(number as f64)
    }
}
