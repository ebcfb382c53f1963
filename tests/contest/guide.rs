//! The guide, the questions and answers and the documents of a contest, by its editor.

use super::{at, refusal};
use domain::{Refusal, contest::GuideForm};
use http::StatusCode;
use tests::{SLUG, contest_form, story};

fn texts(guide: &str, faq: &str) -> GuideForm {
    GuideForm { guide: guide.to_owned(), faq: faq.to_owned() }
}

story!(an_editor_writes_the_guide_of_a_contest, |world| {
    let (bao, editor) = (world.organiser().await, world.editor().await);
    let contest = world.announced_contest(SLUG).await;
    let seen = world.engine.guide(&editor, SLUG).await.expect("seen");
    world.engine.edit_guide(&editor, contest, seen.revision, &texts("Ba **bước**.", "Quên mật khẩu?")).await.expect("written");
    let page = world.engine.contest_page(SLUG).await.expect("public");
    assert!(page.guide.as_str().contains("<strong>bước</strong>") && page.faq.as_str().contains("Quên mật khẩu?"));
    assert_eq!(page.help_line, "0255 3822 999", "nothing else of the contest changes");
    let outdated = world.engine.edit_guide(&editor, contest, seen.revision, &texts("Bốn bước.", "")).await;
    assert_eq!(refusal(outdated), Refusal::ChangedMeanwhile);
    let stale = world.engine.edit_contest(&bao, contest, seen.revision, &contest_form(SLUG)).await;
    assert_eq!(refusal(stale), Refusal::ChangedMeanwhile, "the organiser does not overwrite it unread");
    let revision = world.engine.guide(&editor, SLUG).await.expect("seen").revision;
    let long = texts(&"a".repeat(60_001), "");
    assert_eq!(at(world.engine.edit_guide(&editor, contest, revision, &long).await, "guide"), Refusal::TooLong);
    assert_eq!(refusal(world.engine.guide(&editor, "khong-co").await), Refusal::NotFound);
});

story!(guides_are_for_editors_and_organisers, |world| {
    let contest = world.announced_contest(SLUG).await;
    let link = ("https://quangngai.gov.vn/cchc", None);
    for person in [world.author().await, world.admin().await, world.contestant("Nguyễn Thị Lan", "so-noi-vu").await] {
        assert_eq!(refusal(world.engine.guides(&person).await), Refusal::NotAllowed);
        assert_eq!(refusal(world.engine.guide(&person, SLUG).await), Refusal::NotAllowed);
        assert_eq!(refusal(world.engine.edit_guide(&person, contest, 1, &GuideForm::default()).await), Refusal::NotAllowed);
        assert_eq!(refusal(world.engine.add_document(&person, contest, "Kế hoạch", link).await), Refusal::NotAllowed);
    }
    assert_eq!(world.engine.guides(&world.organiser().await).await.expect("listed").len(), 1);
});

story!(an_editor_works_on_the_guide_in_the_browser, |world| {
    let editor = world.editor().await;
    world.announced_contest(SLUG).await;
    let mut client = world.browser_of(&editor).await;
    let page = format!("/quan-tri/huong-dan/{SLUG}");
    assert!(client.get("/quan-tri/huong-dan").await.says(&page));
    let revision = world.engine.guide(&editor, SLUG).await.expect("seen").revision.to_string();
    let form = [("deed", "save"), ("revision", revision.as_str()), ("guide", "Ba **bước**."), ("faq", "")];
    assert_eq!(client.upload(&page, &form, &[]).await.location(), page);
    let again = client.upload(&page, &form, &[]).await;
    assert!(again.status == StatusCode::CONFLICT && again.says("Ba **bước**."), "what was typed is kept: {}", again.body);
    assert!(world.client().get(&format!("/cuoc-thi/{SLUG}/huong-dan")).await.says("<strong>bước</strong>"));
    let nameless = client.upload(&page, &[("deed", "add"), ("title", ""), ("address", "https://quangngai.gov.vn")], &[]).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    let added = [("deed", "add"), ("title", "Kế hoạch"), ("address", "https://quangngai.gov.vn")];
    assert_eq!(client.upload(&page, &added, &[]).await.status, StatusCode::SEE_OTHER);
    let seen = client.get(&page).await;
    assert!(seen.says("Kế hoạch"));
    let id = seen.body.split("name=\"document\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a document").to_owned();
    assert_eq!(client.upload(&page, &[("deed", "remove"), ("document", &id)], &[]).await.status, StatusCode::SEE_OTHER);
    assert!(!client.get(&page).await.says("Kế hoạch"));
    let settings = client.get(&format!("/quan-tri/cuoc-thi/{SLUG}/thong-tin")).await;
    assert_eq!(settings.status, StatusCode::FORBIDDEN, "the rest is the organisers'");
});
