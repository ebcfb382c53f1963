//! One line of a verification's report: what was looked at and what does not agree.

use std::fmt::{Display, Formatter};

/// Findings that are told one by one; the others are counted.
const TOLD: usize = 20;

/// Hears each check as soon as it is done.
pub type Tell<'t> = &'t mut (dyn FnMut(&Check) + Send);

/// What one look at the stored data found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Check {
    /// What was looked at.
    pub what: String,
    /// How much of it there was.
    pub looked_at: String,
    /// The first findings.
    pub findings: Vec<String>,
    /// How many findings there are in all.
    pub found: usize,
}

impl Check {
    /// A look at this, with nothing found yet.
    pub(super) fn at(what: impl Into<String>) -> Self {
        Self { what: what.into(), ..Self::default() }
    }

    /// Something does not agree.
    pub(super) fn find(&mut self, finding: impl Display) {
        self.found += 1;
        if self.findings.len() < TOLD {
            self.findings.push(finding.to_string());
        }
    }
}

impl Display for Check {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let verdict = if self.found == 0 { "ok" } else { "WRONG" };
        write!(f, "{verdict:<6} {}: {}", self.what, self.looked_at)?;
        for finding in &self.findings {
            write!(f, "\n         {finding}")?;
        }
        if self.found > self.findings.len() {
            write!(f, "\n         and {} more", self.found - self.findings.len())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_tells_its_first_findings_and_counts_the_others() {
        let mut check = Check { looked_at: "3 attempts".to_owned(), ..Check::at("round a/1") };
        assert_eq!(check.to_string(), "ok     round a/1: 3 attempts");
        for n in 0..=TOLD {
            check.find(n);
        }
        let told = check.to_string();
        assert!(told.starts_with("WRONG  round a/1") && told.ends_with("\n         and 1 more"), "{told}");
    }
}
