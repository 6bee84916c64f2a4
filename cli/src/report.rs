//! What a command has to say: its result for stdout, remarks for stderr, and the exit status.

use std::io::{ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use clap::ColorChoice;

/// The outcome of a command.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// The result; styled, the colors are taken out where nobody sees them.
    pub(crate) stdout: String,
    /// What is no part of the result.
    pub(crate) stderr: String,
    /// Whether something is not as it should be: exit status 1.
    pub(crate) found: bool,
}

impl Report {
    /// Prints it. A reader that has seen enough (`| head`) changes nothing about the exit status.
    pub(crate) fn print(&self, color: ColorChoice) -> ExitCode {
        let mut stdout = anstream::AutoStream::new(std::io::stdout(), stream_choice(color));
        let written = stdout
            .write_all(self.stdout.as_bytes())
            .and_then(|()| stdout.flush());
        let mut stderr = anstream::AutoStream::new(std::io::stderr(), stream_choice(color));
        let _closed = stderr.write_all(self.stderr.as_bytes());
        match written {
            Err(cause) if cause.kind() != ErrorKind::BrokenPipe => {
                let _closed = writeln!(stderr, "error: the result cannot be written: {cause}");
                ExitCode::from(2)
            }
            _ => ExitCode::from(u8::from(self.found)),
        }
    }
}

/// Clap's words for it in those of the stream.
pub(crate) fn stream_choice(color: ColorChoice) -> anstream::ColorChoice {
    match color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
}

/// Whether stdout will show colors.
pub(crate) fn stdout_has_color(color: ColorChoice) -> bool {
    match color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            std::io::stdout().is_terminal()
                && anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
        }
    }
}
