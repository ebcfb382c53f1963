//! Deeds of news and study documents.

use super::Log;
use domain::{identity::Deed, library::ArticleForm};
use engine::library::ArticleEdit;

const PNG: &[u8] = &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

pub async fn walk(log: &mut Log<'_>) {
    let (engine, editor) = (&log.world.engine, log.world.editor().await);
    let form = ArticleForm {
        kind: "news".into(),
        title: "Phát động cuộc thi".into(),
        summary: "Một dòng tóm tắt.".into(),
        body: "Nội dung.".into(),
        ..ArticleForm::default()
    };
    let edit = ArticleEdit { form, ..ArticleEdit::default() };
    let article = log.once(Deed::EditArticle, engine.write_article(&editor, &edit)).await;
    log.once(Deed::PublishArticle, engine.publish_article(&editor, article)).await;
    log.once(Deed::PublishArticle, engine.unpublish_article(&editor, article)).await;
    log.once(Deed::AddPicture, engine.add_picture(&editor, ("a.png", PNG))).await;
    let place = ("https://quangngai.gov.vn", None);
    let document = log.once(Deed::EditLibrary, engine.add_study_document(&editor, "Cổng thông tin", place)).await;
    log.once(Deed::EditLibrary, engine.remove_study_document(&editor, document)).await;
}
