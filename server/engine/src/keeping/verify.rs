//! Verifying everything that is stored: schema, pages, references, files, secret, every attempt, every board.

use super::{Check, Tell};
use crate::{
    Engine, Fault, Result, Stop,
    ranking::BoardProof,
    store::{Database, Work},
};
use domain::id::RoundId;
use sha2::{Digest, Sha256};

struct Report<'t> {
    tell: Tell<'t>,
    findings: usize,
}

impl Report<'_> {
    fn take(&mut self, check: &Check) {
        self.findings += check.found;
        (self.tell)(check);
    }
}

impl Engine {
    /// Verifies what is stored, while serving too; `tell` hears each check, and the number of findings is the answer.
    ///
    /// Nothing is changed. Attempts are read in portions, boards line by line, so that memory stays bounded however many
    /// there are. A schema that is not this program's ends it: nothing else could be read rightly.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn verify(&self, tell: Tell<'_>) -> Result<usize> {
        let mut report = Report { tell, findings: 0 };
        let mut work = self.store.read().await?;
        report.take(&schema(&self.store, &mut work).await?);
        if report.findings > 0 {
            return Ok(report.findings);
        }
        if !self.store.is_postgres() {
            report.take(&pages(&mut work).await?);
        }
        report.take(&references(&mut work).await?);
        let rounds = work.rounds_with_attempts().await?;
        drop(work);
        report.take(&self.secret().await?);
        report.take(&self.files().await?);
        for round in rounds {
            report.take(&self.attempts(round.id, format!("{}, {}", round.slug, round.label)).await?);
        }
        for proof in self.board_proofs().await? {
            report.take(&self.boards(&proof).await?);
        }
        Ok(report.findings)
    }

    /// Whether the secret beside the database is the one with which its numbers were sealed.
    async fn secret(&self) -> Result<Check> {
        let mut check = Check::at("secret");
        match self.secret_opens().await? {
            None => "no identity number is kept".clone_into(&mut check.looked_at),
            Some(opens) => {
                "the newest identity number".clone_into(&mut check.looked_at);
                if !opens {
                    check.find("the secret file is not the one with which identity numbers were sealed");
                }
            }
        }
        Ok(check)
    }

    async fn files(&self) -> Result<Check> {
        let mut check = Check::at("files");
        let addresses = self.store.glance().await?.file_addresses().await?;
        check.looked_at = format!("{} files against their SHA-256", addresses.len());
        for (hash,) in addresses {
            let file = self.file(&hash).await?;
            if Sha256::digest(&file.bytes).as_slice() != hash {
                check.find(format!("file {} holds other bytes", hex::encode(&hash)));
            }
        }
        Ok(check)
    }

    async fn attempts(&self, round: RoundId, name: String) -> Result<Check> {
        let mut check = Check::at(format!("attempts ({name})"));
        let proved = self.prove_each(round, |attempt, finding| check.find(format!("attempt {attempt}: {finding}"))).await;
        match proved {
            Ok(attempts) => check.looked_at = format!("{attempts} chains, papers and marks"),
            Err(Stop::Fault(fault @ Fault::Store(_))) => return Err(fault.into()),
            Err(stop) => check.find(format!("the round cannot be read: {stop}")),
        }
        Ok(check)
    }

    async fn boards(&self, proof: &BoardProof) -> Result<Check> {
        let mut check = Check::at(format!("boards ({}, {}, version {})", proof.slug, proof.label, proof.version));
        let lines = self.prove_boards(proof, |finding| check.find(finding)).await?;
        check.looked_at = format!("{lines} lines in the order of the rule");
        Ok(check)
    }
}

/// Compares what was applied with the migrations of this program.
async fn schema(store: &Database, work: &mut Work) -> Result<Check> {
    let mut check = Check::at("schema");
    let own = store.migrations();
    let applied = work.applied_migrations().await?;
    check.looked_at = format!("{} migrations", applied.len());
    for migration in &own {
        match applied.iter().find(|(version, ..)| *version == migration.version) {
            None => check.find(format!("migration {} is not applied: start this version of the program first", migration.version)),
            Some((version, _, false)) => check.find(format!("migration {version} was cut short")),
            Some((version, checksum, true)) if checksum[..] != migration.checksum[..] => {
                check.find(format!("migration {version} was another one when it was applied"));
            }
            Some(_) => {}
        }
    }
    for (version, ..) in applied {
        if !own.iter().any(|migration| migration.version == version) {
            check.find(format!("migration {version} is of another version of the program"));
        }
    }
    Ok(check)
}

async fn pages(work: &mut Work) -> Result<Check> {
    let mut check = Check { looked_at: "the whole file".to_owned(), ..Check::at("pages") };
    for words in work.damaged_pages().await? {
        check.find(words);
    }
    Ok(check)
}

async fn references(work: &mut Work) -> Result<Check> {
    let mut check = Check::at("references");
    check.looked_at = format!("{} kinds", work.count_references().await?);
    for (from, to, rows) in work.broken_references().await? {
        check.find(format!("{rows} of {from}: {to}"));
    }
    Ok(check)
}
