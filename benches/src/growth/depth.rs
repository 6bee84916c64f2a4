//! Calls within calls, each with a layer of its own.

use etiquette::with_timeout;
use tokio::time::timeout;

use super::{Growth, Series};
use crate::{
    harness::{Contender, Effort, Job, Role, contender, measure},
    subject::{Error, Outcome, TOTAL, ready},
};

/// Functions that call the next one.
macro_rules! nested {
    ($($module:ident: $($name:ident)*;)*) => {
        $(mod $module {
            use super::*;
            nested!(@ours $($name)* ready);
            pub(super) mod hand {
                use super::*;
                nested!(@hand $($name)* ready);
            }
        })*
    };
    (@ours $outer:ident $inner:ident $($rest:ident)*) => {
        #[with_timeout(30s)]
        pub(super) async fn $outer(x: u64) -> Outcome {
            $inner(x).await
        }
        nested!(@ours $inner $($rest)*);
    };
    (@ours $last:ident) => {};
    (@hand $outer:ident $inner:ident $($rest:ident)*) => {
        pub(in super::super) async fn $outer(x: u64) -> Outcome {
            match timeout(TOTAL, $inner(x)).await {
                Ok(out) => out,
                Err(_) => Err(Error::TimedOut),
            }
        }
        nested!(@hand $inner $($rest)*);
    };
    (@hand $last:ident) => {};
}

nested! {
    calls: f8 f7 f6 f5 f4 f3 f2 f1;
}

fn pair(
    ours: impl AsyncFnMut(u64) -> Outcome + 'static,
    hand: impl AsyncFnMut(u64) -> Outcome + 'static,
) -> Vec<Contender> {
    vec![
        contender(Role::Ours, "etiquette", ours),
        contender(Role::Hand, "hand", hand),
    ]
}

/// Nanoseconds of a ready call under 1 to 8 timeouts.
#[must_use]
pub fn depths(effort: Effort) -> Growth {
    use calls::{f1, f2, f4, f8, hand};
    let steps = [
        (1.0, pair(async |x| f1(x).await, async |x| hand::f1(x).await)),
        (2.0, pair(async |x| f2(x).await, async |x| hand::f2(x).await)),
        (4.0, pair(async |x| f4(x).await, async |x| hand::f4(x).await)),
        (8.0, pair(async |x| f8(x).await, async |x| hand::f8(x).await)),
    ];
    let mut series = ["etiquette", "hand"].map(|name| Series {
        name,
        points: Vec::new(),
    });
    for (depth, contenders) in steps {
        let job = Job::new("depth", "timeouts within timeouts", contenders);
        for (series, times) in series.iter_mut().zip(measure(&job, effort)) {
            series.points.push((depth, times.typical()));
        }
    }
    Growth {
        title: "Calls within calls, each with a timeout, ready at once",
        along: "depth",
        unit: "ns for all",
        series: series.to_vec(),
    }
}
