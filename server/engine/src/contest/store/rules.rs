//! Statements about the thể lệ of contests: its versions, and those that wait for a second person.

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    contest::ChangeState,
    id::{AccountId, ChangeId, ContestId},
};

/// A version of the thể lệ.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct RulesRow {
    pub version: i64,
    pub text: String,
    pub reason: String,
    pub decided_at: Timestamp,
    pub decided_by: String,
    pub proposed_by: Option<String>,
}

/// A thể lệ that was proposed while a round was frozen.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct RulesProposalRow {
    pub id: ChangeId,
    pub contest_id: ContestId,
    pub text: String,
    pub reason: String,
    pub proposed_by: AccountId,
    pub proposer: String,
    pub proposed_at: Timestamp,
    pub state: ChangeState,
    pub decider: Option<String>,
    pub decided_at: Option<Timestamp>,
    pub answer: String,
}

/// How a proposal was decided.
#[derive(Debug, Clone)]
pub(crate) struct RulesAnswer {
    pub state: ChangeState,
    pub answer: String,
    pub version: Option<i64>,
}

impl Work {
    /// Every version of the thể lệ, newest first.
    pub(crate) async fn rules_of(&mut self, contest: ContestId) -> Result<Vec<RulesRow>> {
        list!(
            self,
            "select r.version, r.text, r.reason, r.decided_at, coalesce(a.full_name, '') as decided_by,
                    w.full_name as proposed_by
             from contest_rules r
             left join account a on a.id = r.decided_by
             left join rules_proposal p on p.contest_id = r.contest_id and p.version = r.version
             left join account w on w.id = p.proposed_by
             where r.contest_id = $1
             order by r.version desc",
            contest,
        )
    }

    /// The number of the thể lệ in force; 0: none.
    pub(crate) async fn rules_version(&mut self, contest: ContestId) -> Result<i64> {
        let row: (i64,) = get!(self, "select coalesce(max(version), 0) from contest_rules where contest_id = $1", contest)?;
        Ok(row.0)
    }

    pub(crate) async fn add_rules(&mut self, contest: ContestId, rules: (i64, &str, &str), by: AccountId, now: Timestamp) -> Result<()> {
        let (version, text, reason) = rules;
        exec!(
            self,
            "insert into contest_rules (contest_id, version, text, reason, decided_by, decided_at)
             values ($1, $2, $3, $4, $5, $6)",
            contest,
            version,
            text,
            reason,
            by,
            now,
        )?;
        Ok(())
    }

    async fn rules_proposal_rows(&mut self, one: Option<ChangeId>, contest: Option<ContestId>) -> Result<Vec<RulesProposalRow>> {
        list!(
            self,
            "select p.id, p.contest_id, p.text, p.reason, p.proposed_by, w.full_name as proposer, p.proposed_at,
                    p.state, d.full_name as decider, p.decided_at, p.answer
             from rules_proposal p
             join account w on w.id = p.proposed_by
             left join account d on d.id = p.decided_by
             where ($1 is null or p.id = $1)
               and ($2 is null or p.contest_id = $2)
             order by p.proposed_at desc, p.id desc",
            one,
            contest,
        )
    }

    /// Every proposed thể lệ of the contest, newest first.
    pub(crate) async fn rules_proposals(&mut self, contest: ContestId) -> Result<Vec<RulesProposalRow>> {
        self.rules_proposal_rows(None, Some(contest)).await
    }

    pub(crate) async fn rules_proposal(&mut self, proposal: ChangeId) -> Result<Option<RulesProposalRow>> {
        Ok(self.rules_proposal_rows(Some(proposal), None).await?.pop())
    }

    /// Who proposed the thể lệ of the contest that waits for a second person.
    pub(crate) async fn rules_proposer(&mut self, contest: ContestId) -> Result<Option<AccountId>> {
        let row: Option<(AccountId,)> =
            find!(self, "select proposed_by from rules_proposal where contest_id = $1 and state = 'proposed'", contest)?;
        Ok(row.map(|(by,)| by))
    }

    pub(crate) async fn propose_rules(
        &mut self,
        id: ChangeId,
        contest: ContestId,
        rules: (&str, &str),
        proposed: (AccountId, Timestamp),
    ) -> Result<()> {
        let ((text, reason), (by, at)) = (rules, proposed);
        exec!(
            self,
            "insert into rules_proposal (id, contest_id, text, reason, proposed_by, proposed_at, state)
             values ($1, $2, $3, $4, $5, $6, 'proposed')",
            id,
            contest,
            text,
            reason,
            by,
            at,
        )?;
        Ok(())
    }

    /// Decides a proposal that still waits.
    pub(crate) async fn answer_rules(&mut self, proposal: ChangeId, answer: &RulesAnswer, by: AccountId, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update rules_proposal
             set state = $2, answer = $3, version = $4, decided_by = $5, decided_at = $6
             where id = $1
               and state = 'proposed'",
            proposal,
            answer.state,
            &answer.answer,
            answer.version,
            by,
            now,
        )
    }
}
