//! What can be asked on the command line, and the plan of orders that follows from it.

use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use tracing_subscriber::filter::LevelFilter;

/// Sends the same customers to two shops, one with plain handlers and one with etiquette's attributes, while the three
/// services behind them are slow, refuse, reset connections, hang, are overrun by a crowd and go down.
#[derive(Debug, Parser)]
#[command(name = "storefront")]
pub(crate) struct Args {
    /// Take about 10 seconds instead of 20.
    #[arg(long)]
    pub(crate) quick: bool,

    /// Draw the latencies into this SVG file.
    #[arg(long, value_name = "FILE.svg")]
    pub(crate) plot: Option<PathBuf>,

    /// Decides which call meets which fault.
    #[arg(long, default_value_t = 7, value_name = "N")]
    pub(crate) seed: u64,

    /// Show what the attributes record (error, warn, info, debug) instead of the progress bars.
    #[arg(long, value_name = "LEVEL")]
    pub(crate) log: Option<LevelFilter>,
}

/// From one order to the next in the crowd.
const IN_CROWD: Duration = Duration::from_millis(2);

/// The customers that both shops are given: some order, as many others look at a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    /// The orders that come in one after the other, and the pages that are looked at in between.
    pub(crate) paced: usize,
    /// From one order to the next, and from one page to the next.
    pub(crate) pace: Duration,
    /// How many more order at once …
    pub(crate) crowd: usize,
    /// … after so many others.
    pub(crate) crowd_after: usize,
    /// How far into the plan `payments` goes down …
    pub(crate) outage_at: Duration,
    /// … and for how long.
    pub(crate) outage: Duration,
    /// Customers who wait at the same time; whoever finds none free starts late.
    pub(crate) customers: usize,
    /// How long a customer stays in all, whether looking at a spinner or told to come back.
    pub(crate) patience: Duration,
}

impl Plan {
    pub(crate) fn new(args: &Args) -> Self {
        let millis = Duration::from_millis;
        let (paced, pace, crowd, outage) = if args.quick {
            (240, millis(33), 100, millis(1_500))
        } else {
            (500, millis(35), 140, millis(3_000))
        };
        Self {
            seed: args.seed,
            paced,
            pace,
            crowd,
            crowd_after: paced / 10,
            outage_at: pace.mul_f64(paced as f64 * 0.4),
            outage,
            // Each is up to four sockets of this process, of which many systems allow 1024.
            customers: 220,
            patience: Duration::from_secs(3),
        }
    }

    pub(crate) fn orders(&self) -> usize {
        self.paced + self.crowd
    }

    /// The key of an order; in the order of time when sorted.
    pub(crate) fn order(number: usize) -> String {
        format!("order-{number:05}")
    }

    /// The key of a visit to a page.
    pub(crate) fn visit(number: usize) -> String {
        format!("visit-{number:05}")
    }

    /// When an order is placed, from the start of the load.
    pub(crate) fn order_due(&self, number: usize) -> Duration {
        let in_crowd = number.saturating_sub(self.crowd_after).min(self.crowd);
        self.pace.mul_f64((number - in_crowd) as f64) + IN_CROWD.mul_f64(in_crowd as f64)
    }

    /// Whether this order is one of those that come at once.
    pub(crate) fn is_crowd(&self, number: usize) -> bool {
        (self.crowd_after..self.crowd_after + self.crowd).contains(&number)
    }

    /// When a page is looked at: between two orders.
    pub(crate) fn visit_due(&self, number: usize) -> Duration {
        self.pace.mul_f64(number as f64 + 0.5)
    }

    /// When the last customer has come.
    pub(crate) fn ends(&self) -> Duration {
        self.order_due(self.orders())
    }

    /// Whether `payments` is down at this time.
    pub(crate) fn is_outage(&self, at: Duration) -> bool {
        (self.outage_at..self.outage_at + self.outage).contains(&at)
    }
}
