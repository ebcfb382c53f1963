//! Statements about contests and their documents.

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    contest::{ContestSettings, ContestStage, GuideForm, IdNumberRule},
    id::{AccountId, ContestId, DocumentId},
};

/// A contest as the table has it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct ContestRow {
    pub id: ContestId,
    pub slug: String,
    pub title: String,
    pub host: String,
    pub stage: ContestStage,
    pub introduction: String,
    pub guide: String,
    pub help_line: String,
    pub contact: String,
    pub faq: String,
    pub press_contact: String,
    pub banner: Option<Vec<u8>>,
    pub one_prize_each: bool,
    pub id_number: IdNumberRule,
    pub id_number_until: Option<Timestamp>,
    pub extra_fields: String,
    pub simulated: bool,
    pub revision: i64,
}

/// A document of a contest.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct DocumentRow {
    pub id: DocumentId,
    pub title: String,
    pub address: String,
    pub file: Option<Vec<u8>>,
    pub media_type: Option<String>,
    pub size: Option<i64>,
}

impl Work {
    pub(super) async fn contest_rows(&mut self, one: Option<ContestId>) -> Result<Vec<ContestRow>> {
        list!(
            self,
            "select id, slug, title, host, stage, introduction, guide, help_line, contact, faq, press_contact,
                    banner, one_prize_each, id_number, id_number_until, extra_fields, simulated, revision
             from contest
             where $1 is null or id = $1
             order by created_at desc, id desc",
            one,
        )
    }

    pub(crate) async fn all_contests(&mut self) -> Result<Vec<ContestRow>> {
        self.contest_rows(None).await
    }

    pub(crate) async fn contest_row(&mut self, contest: ContestId) -> Result<Option<ContestRow>> {
        Ok(self.contest_rows(Some(contest)).await?.pop())
    }

    pub(crate) async fn contest_called(&mut self, slug: &str) -> Result<Option<ContestId>> {
        let row: Option<(ContestId,)> = find!(self, "select id from contest where slug = $1", slug)?;
        Ok(row.map(|(id,)| id))
    }

    pub(crate) async fn add_contest(
        &mut self,
        id: ContestId,
        settings: (&ContestSettings, &str),
        by: AccountId,
        now: Timestamp,
    ) -> Result<()> {
        let (settings, extra_fields) = settings;
        exec!(
            self,
            "insert into contest (id, slug, title, host, stage, introduction, guide, help_line, contact, faq,
                                  press_contact, one_prize_each, id_number, id_number_until, extra_fields,
                                  created_by, created_at, revision)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)",
            id,
            &settings.slug,
            &settings.title,
            &settings.host,
            ContestStage::Draft,
            &settings.introduction,
            &settings.guide,
            &settings.help_line,
            &settings.contact,
            &settings.faq,
            &settings.press_contact,
            settings.one_prize_each,
            settings.id_number,
            settings.id_number_until,
            extra_fields,
            by,
            now,
        )?;
        Ok(())
    }

    pub(crate) async fn change_contest(&mut self, id: ContestId, revision: i64, settings: (&ContestSettings, &str)) -> Result<u64> {
        let (settings, extra_fields) = settings;
        exec!(
            self,
            "update contest
             set slug = $3, title = $4, host = $5, introduction = $6, guide = $7, help_line = $8, contact = $9,
                 faq = $10, press_contact = $11, one_prize_each = $12, id_number = $13, id_number_until = $14,
                 extra_fields = $15, revision = revision + 1
             where id = $1
               and revision = $2",
            id,
            revision,
            &settings.slug,
            &settings.title,
            &settings.host,
            &settings.introduction,
            &settings.guide,
            &settings.help_line,
            &settings.contact,
            &settings.faq,
            &settings.press_contact,
            settings.one_prize_each,
            settings.id_number,
            settings.id_number_until,
            extra_fields,
        )
    }

    /// Changes the guide of a contest of this revision.
    pub(crate) async fn change_guide(&mut self, id: ContestId, revision: i64, texts: &GuideForm) -> Result<u64> {
        exec!(
            self,
            "update contest
             set guide = $3, faq = $4, revision = revision + 1
             where id = $1
               and revision = $2",
            id,
            revision,
            &texts.guide,
            &texts.faq,
        )
    }

    pub(crate) async fn hang_banner(&mut self, id: ContestId, banner: Option<&[u8]>) -> Result<u64> {
        exec!(self, "update contest set banner = $2, revision = revision + 1 where id = $1", id, banner)
    }

    pub(crate) async fn mark_simulated(&mut self, id: ContestId) -> Result<u64> {
        exec!(self, "update contest set simulated = true where id = $1", id)
    }

    pub(crate) async fn move_contest(&mut self, id: ContestId, from: ContestStage, to: ContestStage) -> Result<u64> {
        exec!(self, "update contest set stage = $3, revision = revision + 1 where id = $1 and stage = $2", id, from, to)
    }

    pub(crate) async fn documents_of(&mut self, contest: ContestId) -> Result<Vec<DocumentRow>> {
        list!(
            self,
            "select d.id, d.title, d.address, d.file, f.media_type, f.size
             from contest_document d
             left join file_about f on f.hash = d.file
             where d.contest_id = $1
             order by d.position, d.id",
            contest,
        )
    }

    pub(crate) async fn add_document(
        &mut self,
        id: DocumentId,
        contest: ContestId,
        title: &str,
        place: (&str, Option<&[u8]>),
    ) -> Result<()> {
        let (address, file) = place;
        exec!(
            self,
            "insert into contest_document (id, contest_id, title, address, file, position)
             select $1, $2, $3, $4, $5, coalesce(max(position), 0) + 1
             from contest_document
             where contest_id = $2",
            id,
            contest,
            title,
            address,
            file,
        )?;
        Ok(())
    }

    pub(crate) async fn remove_document(&mut self, contest: ContestId, id: DocumentId) -> Result<u64> {
        exec!(self, "delete from contest_document where contest_id = $1 and id = $2", contest, id)
    }
}
