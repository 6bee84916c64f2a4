//! Findings as text: one file for each format.

mod github;
mod human;
mod json;
mod sarif;
mod short;
mod source;

use clap::ColorChoice;

use super::Checked;
use crate::args::Format;
use crate::failure::Failure;
use crate::report::stdout_has_color;

pub(super) fn print(format: Format, checked: &Checked, color: ColorChoice) -> Result<String, Failure> {
    Ok(match format {
        Format::Human => human::print(checked, stdout_has_color(color)),
        Format::Json => json::print(checked)?,
        Format::Sarif => sarif::print(checked)?,
        Format::Github => github::print(checked),
        Format::Short => short::print(checked),
    })
}
