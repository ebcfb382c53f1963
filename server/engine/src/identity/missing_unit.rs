//! "Không thấy đơn vị của tôi": a report of closed choices and a number to call back, no free text.

use super::{Network, sign_up::keep};
use crate::{Caller, Engine, Result, fault::accept, random};
use domain::{
    Refusal, Refused,
    id::UnitId,
    identity::{ANSWER_DAYS, Audience, Block, Deed, RequestKind, due_after, read_phone},
};

/// Reports per network and quarter of an hour.
const REPORTS: i64 = 30;

/// The report, as the form sends it.
#[derive(Debug, Clone, Default)]
pub struct MissingUnit {
    /// The number to call back.
    pub phone: String,
    /// The audience's code.
    pub audience: String,
    /// The code of the block the unit should stand in.
    pub block: String,
    /// The id of the unit above it, or nothing.
    pub parent: String,
}

impl Engine {
    /// Reports that the own unit is missing; visitors may, before they sign up. The same report is kept once.
    ///
    /// # Errors
    /// Every wrong field at once; [`Refusal::TooMany`] when a network reports without end.
    pub async fn report_missing_unit(&self, caller: Option<&Caller>, form: &MissingUnit, network: &Network) -> Result<()> {
        let now = self.now();
        let tree = self.unit_tree().await?;
        let mut refused: Refused = Vec::new();
        let phone = keep(&mut refused, "phone", read_phone(&form.phone));
        let audience = keep(&mut refused, "audience", Audience::from_code(&form.audience).ok_or(Refusal::NotOffered));
        let block = keep(&mut refused, "block", Block::from_code(&form.block).ok_or(Refusal::NotOffered));
        let parent: Option<UnitId> = match form.parent.as_str() {
            "" => None,
            id => keep(&mut refused, "parent", id.parse().ok().filter(|id| tree.unit(*id).is_some()).ok_or(Refusal::UnitUnknown)),
        };
        accept(refused)?;
        let detail = serde_json::json!({ "phone": phone, "audience": audience, "block": block, "parent": parent }).to_string();
        let account = caller.map(|caller| caller.account);
        let mut work = self.store.begin().await?;
        if !self.within_network(&mut work, now, ("missing", network), REPORTS).await? {
            work.commit().await?;
            return Err(Refusal::TooMany.into());
        }
        if !work.request_waits(RequestKind::UnitMissing, &detail).await? {
            let id: domain::id::RequestId = random::id(now);
            work.add_request((id, RequestKind::UnitMissing), (account, None), &detail, (now, Some(due_after(now, ANSWER_DAYS)))).await?;
            work.note_by(now, account, Deed::ReportMissingUnit, &id.to_string(), "").await?;
        }
        work.commit().await?;
        Ok(())
    }
}
