//! Many short rounds in turn, so that whatever disturbs the machine disturbs all.

use std::time::Duration;

use super::{Job, Role};

/// How much to measure.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// How often each contender has its turn.
    pub rounds: usize,
    /// How long a turn takes, more or less.
    pub turn: Duration,
}

impl Effort {
    /// For numbers.
    pub const FULL: Self = Self {
        rounds: 61,
        turn: Duration::from_millis(3),
    };
    /// To see that it works.
    pub const QUICK: Self = Self {
        rounds: 3,
        turn: Duration::from_micros(200),
    };
}

/// What one contender's calls took.
#[derive(Clone, Debug)]
pub struct Times {
    /// Nanoseconds per call, one for each round.
    pub rounds: Vec<f64>,
    /// Which of the rounds counts, from the best (0) to the worst (1).
    pub at: f64,
}

impl Times {
    /// The round that counts.
    #[must_use]
    pub fn typical(&self) -> f64 {
        at(self.rounds.clone(), self.at)
    }

    /// The middle round.
    #[must_use]
    pub fn median(&self) -> f64 {
        at(self.rounds.clone(), 0.5)
    }

    /// How many times what `other` took.
    #[must_use]
    pub fn ratio(&self, other: &Self) -> f64 {
        self.typical() / other.typical()
    }
}

/// Where other work on the machine takes turns with ours, the middle round says how much of that
/// there was. The first decile is free of it, and, unlike the best round, not a matter of luck.
const QUIET: f64 = 0.1;
/// Threads that share something are to disturb each other: there the quiet rounds are the wrong ones.
const MIDDLE: f64 = 0.5;

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "an index of a short list"
)]
fn at(mut values: Vec<f64>, part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let index = (values.len() as f64 * part) as usize;
    values.get(index).copied().unwrap_or(f64::NAN)
}

/// Whether all contenders come to the same results, each from a fresh start.
///
/// # Errors
///
/// Who differs, and from whom.
pub fn check(job: &Job) -> Result<(), String> {
    const CALLS: u64 = 48;
    let mut known: Option<(&str, u64)> = None;
    for contender in &job.contenders {
        let sum = contender.run(CALLS).sum;
        match known {
            Some((name, expected)) if sum != expected => {
                return Err(format!(
                    "{}: `{}` and `{name}` disagree: {sum:x}, {expected:x}",
                    job.id, contender.name
                ));
            }
            Some(_) => {}
            None => known = Some((contender.name, sum)),
        }
    }
    match job.contenders.iter().filter(|c| c.role == Role::Ours).count() {
        1 => Ok(()),
        ours => Err(format!("{}: {ours} of the contenders are ours, not 1", job.id)),
    }
}

/// Measures all contenders of a job: A B C, B C A, C A B, and so on.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
pub fn measure(job: &Job, effort: Effort) -> Vec<Times> {
    let calls: Vec<u64> = job.contenders.iter().map(|c| calibrate(c, effort.turn)).collect();
    let count = job.contenders.len();
    let nothing = Times {
        rounds: Vec::new(),
        at: if job.countable { QUIET } else { MIDDLE },
    };
    let mut times = vec![nothing; count];
    for round in 0..effort.rounds {
        for turn in 0..count {
            let at = (round + turn) % count;
            let elapsed = job.contenders[at].run(calls[at]).elapsed;
            times[at]
                .rounds
                .push(elapsed.as_secs_f64() * 1e9 / calls[at] as f64);
        }
    }
    times
}

/// How many calls fill a turn. Also warms up.
fn calibrate(contender: &super::Contender, turn: Duration) -> u64 {
    let mut calls = 1_u64;
    loop {
        let elapsed = contender.run(calls).elapsed;
        if elapsed * 2 >= turn || calls > 1 << 30 {
            return calls;
        }
        calls *= 2;
    }
}
