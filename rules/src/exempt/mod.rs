//! Exemptions: `#[etiquette::exempt(rule, reason = "…")]` and `// etiquette: exempt(rule) reason`. Those that cover
//! nothing, give no reason or cannot be read are findings themselves.

mod collect;
mod said;
mod spelling;

pub(crate) use collect::{Exemptions, leading_attrs};
pub(crate) use said::drop_explained;

use proc_macro2::LineColumn;

use crate::context::{FileContext, Raw, RawPlace, Report};
use crate::rules::{exempt_without_reason, stale_exempt};
use crate::suggest::closest;
use crate::{Level, Needs, Probe, ProbeKind, Rule};

/// One exemption as it stands in the code.
pub(crate) struct Exemption {
    /// The rules' names as written.
    rules: Vec<String>,
    reason: bool,
    place: RawPlace,
    from: LineColumn,
    to: LineColumn,
    in_test_code: bool,
    /// Why it cannot be read.
    broken: Option<String>,
}

impl Exemption {
    fn covers(&self, raw: &Raw) -> bool {
        let at = raw.place.start();
        self.from <= at && at <= self.to
    }
}

impl Exemptions {
    /// Takes the exempted findings and probes out, adds findings about the exemptions, and says how many findings
    /// were taken.
    pub(crate) fn apply(&self, file: &FileContext<'_>, raw: &mut Vec<Raw>, probes: &mut Vec<Probe>) -> usize {
        let before = raw.len();
        let mut used: Vec<Vec<bool>> = self.list.iter().map(|one| vec![false; one.rules.len()]).collect();
        probes.retain(|probe| {
            // An exemption may stand on the `let`, or where the compiler will point: at the `.await`.
            let awaited = match &probe.kind {
                ProbeKind::Guard { awaited, .. } => *awaited,
                ProbeKind::Discarded | ProbeKind::Send => probe.start,
            };
            let places = [probe.start.start(), awaited.start()];
            let mut keep = true;
            for (exemption, used) in self.list.iter().zip(&mut used) {
                if !places
                    .iter()
                    .any(|at| exemption.from <= *at && *at <= exemption.to)
                {
                    continue;
                }
                for (name, used) in exemption.rules.iter().zip(used) {
                    if Rule::find(name) == Some(probe.rule) {
                        *used = true;
                        keep &= file.policy.locked[probe.rule.index()].is_some();
                    }
                }
            }
            keep
        });
        raw.retain_mut(|raw| {
            let mut keep = true;
            for (exemption, used) in self.list.iter().zip(&mut used) {
                if !exemption.covers(raw) {
                    continue;
                }
                for (name, used) in exemption.rules.iter().zip(used) {
                    if Rule::find(name) != Some(raw.rule) {
                        continue;
                    }
                    *used = true;
                    match &file.policy.locked[raw.rule.index()] {
                        Some(place) => raw.report.notes.push(format!(
                            "no exemption applies: locked by {}:{}",
                            place.path.display(),
                            place.start.line
                        )),
                        None => keep = false,
                    }
                }
            }
            keep
        });
        let exempted = before - raw.len();
        for (exemption, used) in self.list.iter().zip(&used) {
            exemption.judge(file, used, raw);
        }
        exempted
    }
}

impl Exemption {
    /// What is wrong with the exemption itself.
    fn judge(&self, file: &FileContext<'_>, used: &[bool], raw: &mut Vec<Raw>) {
        let levels = if self.in_test_code {
            &file.levels.tests
        } else {
            &file.levels.code
        };
        let mut add = |rule: &'static Rule, report: Report| {
            let level = levels[rule.index()];
            if level > Level::Off {
                let place = self.place.clone();
                raw.push(Raw {
                    rule,
                    level,
                    place,
                    report,
                    item: String::new(),
                    annotated: false,
                });
            }
        };
        if let Some(broken) = &self.broken {
            let help = "write `exempt(blocking_fs)` and a reason after it";
            return add(
                &stale_exempt::RULE,
                Report::new(format!("this exemption cannot be read: {broken}")).help(help),
            );
        }
        if !self.reason && file.policy.reason_required {
            let report = Report::new("this exemption does not say why");
            add(&exempt_without_reason::RULE, report);
        }
        for (name, used) in self.rules.iter().zip(used) {
            let Some(rule) = Rule::find(name) else {
                let near = closest(name, crate::rules::ALL.iter().map(|rule| rule.name));
                let help = near.map_or_else(
                    || "`cargo etiquette explain` lists the rules".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                add(
                    &stale_exempt::RULE,
                    Report::new(format!("no rule is called `{name}`")).help(help),
                );
                continue;
            };
            // A rule that is off, or that types decide, may be the reason all the same.
            let silent = rule.needs == Needs::Types || levels[rule.index()] == Level::Off;
            if !used && !silent {
                let message = format!("nothing here breaks `{}`", rule.name);
                add(&stale_exempt::RULE, Report::new(message));
            }
        }
    }
}
