//! What can be asked on the command line, and the plan of orders that follows from it.

use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use tracing_subscriber::filter::LevelFilter;

/// Places the same orders at two shops, one with plain handlers and one with etiquette's attributes, while the two
/// services behind them are slow, refuse, reset connections, hang and brown out.
#[derive(Debug, Parser)]
#[command(name = "storefront")]
pub(crate) struct Args {
    /// Take about 5 seconds instead of 20.
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

/// The orders that both shops are given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) orders: usize,
    /// From one order to the next.
    pub(crate) pace: Duration,
    /// Customers who wait at the same time; an order that finds none free starts late.
    pub(crate) customers: usize,
    /// How long a customer looks at a spinner before leaving.
    pub(crate) patience: Duration,
    /// `payments` browns out at this order …
    pub(crate) brown_out_at: usize,
    /// … for this long.
    pub(crate) brown_out: Duration,
}

impl Plan {
    pub(crate) fn new(args: &Args) -> Self {
        let (orders, pace, brown_out) = if args.quick {
            (200, Duration::from_millis(12), Duration::from_millis(300))
        } else {
            (1_000, Duration::from_millis(17), Duration::from_millis(900))
        };
        Self {
            seed: args.seed,
            orders,
            pace,
            customers: 96,
            patience: Duration::from_secs(3),
            brown_out_at: orders * 2 / 5,
            brown_out,
        }
    }

    /// The key of an order; in the order of time when sorted.
    pub(crate) fn key(number: usize) -> String {
        format!("order-{number:05}")
    }
}
