//! `#[instrument_task]` alone.
