//! Why the command could not run: one line with the rule that is broken, then the way out. Exit status 2.

use std::fmt::{Display, Write as _};
use std::io::Write as _;
use std::process::ExitCode;

use clap::ColorChoice;
use etiquette_rules::{PolicyError, PolicyErrors};

use crate::report::stream_choice;

/// What kept the command from running; several lines where a policy has several mistakes.
#[derive(Debug)]
pub(crate) struct Failure {
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    message: String,
    help: Option<String>,
}

impl Failure {
    pub(crate) fn new(message: impl Display) -> Self {
        let message = message.to_string();
        Self {
            parts: vec![Part { message, help: None }],
        }
    }

    /// What to do about it.
    pub(crate) fn help(mut self, help: impl Display) -> Self {
        if let Some(part) = self.parts.last_mut() {
            part.help = Some(help.to_string());
        }
        self
    }

    pub(crate) fn policy(errors: &[PolicyError]) -> Self {
        let part = |error: &PolicyError| {
            let place = if error.line > 0 {
                format!("{}:{}:{}", error.path.display(), error.line, error.column)
            } else {
                error.path.display().to_string()
            };
            Part {
                message: format!("{place}: {}", error.message),
                help: error.help.clone(),
            }
        };
        Self {
            parts: errors.iter().map(part).collect(),
        }
    }

    pub(crate) fn print(&self, color: ColorChoice) -> ExitCode {
        let mut text = String::new();
        for part in &self.parts {
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "\x1b[1m\x1b[91merror\x1b[0m: {}",
                crate::text::visible(&part.message)
            );
            if let Some(help) = &part.help {
                let _ = writeln!(
                    text,
                    "  \x1b[1m\x1b[96mhelp\x1b[0m: {}",
                    crate::text::visible(help)
                );
            }
        }
        let mut stderr = anstream::AutoStream::new(std::io::stderr(), stream_choice(color));
        // Nobody left to tell.
        let _ = stderr.write_all(text.as_bytes());
        ExitCode::from(2)
    }
}

impl From<PolicyErrors> for Failure {
    fn from(errors: PolicyErrors) -> Self {
        Self::policy(&errors.0)
    }
}
