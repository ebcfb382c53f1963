//! Statements about study documents.

use crate::{
    library::StudyDocument,
    store::{Result, Work},
};
use domain::id::DocumentId;

impl Work {
    pub(in crate::library) async fn study_documents(&mut self) -> Result<Vec<StudyDocument>> {
        list!(
            self,
            "select d.id, d.title, d.address, d.file, f.media_type, f.size
             from contest_document d
             left join file_about f on f.hash = d.file
             where d.contest_id is null
             order by d.position, d.id"
        )
    }

    pub(in crate::library) async fn add_study_document(
        &mut self,
        id: DocumentId,
        title: &str,
        (address, file): (&str, Option<&[u8]>),
    ) -> Result<()> {
        exec!(
            self,
            "insert into contest_document (id, contest_id, title, address, file, position)
             select $1, null, $2, $3, $4, coalesce(max(position), 0) + 1
             from contest_document
             where contest_id is null",
            id,
            title,
            address,
            file,
        )?;
        Ok(())
    }

    pub(in crate::library) async fn remove_study_document(&mut self, id: DocumentId) -> Result<u64> {
        exec!(self, "delete from contest_document where id = $1 and contest_id is null", id)
    }
}
