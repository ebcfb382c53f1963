//! The library: an editor writes, publishes and takes back; everybody reads what is published.

use domain::{
    Field, Millis, Refusal,
    library::{ArticleForm, ArticleKind},
};
use engine::{
    Stop,
    library::{ArticleEdit, Column},
};
use http::StatusCode;
use tests::{PASSWORD, story};

/// The first bytes of a PNG, enough to be recognised.
const PNG: &[u8] = &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

fn news(title: &str) -> ArticleForm {
    ArticleForm {
        kind: "news".to_owned(),
        title: title.to_owned(),
        summary: "Một dòng tóm tắt.".to_owned(),
        body: "Nội dung **tin** <script>alert(1)</script>".to_owned(),
        ..ArticleForm::default()
    }
}

fn draft(title: &str) -> ArticleEdit<'static> {
    ArticleEdit { form: news(title), ..ArticleEdit::default() }
}

fn refusal<T: std::fmt::Debug>(outcome: engine::Result<T>) -> Refusal {
    outcome.expect_err("refused").refusal()
}

fn at<T: std::fmt::Debug>(outcome: engine::Result<T>, field: &'static str) -> Option<Refusal> {
    match outcome {
        Err(Stop::AtFields(fields)) => fields.into_iter().find(|(name, _)| *name == Field::named(field)).map(|(_, refusal)| refusal),
        _ => None,
    }
}

story!(an_article_is_written_published_and_taken_back, |world| {
    let editor = world.editor().await;
    let id = world.engine.write_article(&editor, &draft("Phát động cuộc thi")).await.expect("written");
    assert_eq!(refusal(world.engine.published_article("phat-dong-cuoc-thi").await), Refusal::NotFound, "a draft is not public");
    assert_eq!(world.engine.published_articles(Column::News, 1).await.expect("a list").lines, []);

    world.engine.publish_article(&editor, id).await.expect("published");
    assert_eq!(refusal(world.engine.publish_article(&editor, id).await), Refusal::AlreadyDone);
    let read = world.engine.published_article("phat-dong-cuoc-thi").await.expect("public");
    assert_eq!(read.body.as_str().trim(), "<p>Nội dung <strong>tin</strong> </p>", "what could run is taken out");
    assert_eq!(read.line.published_at, world.now());

    world.engine.unpublish_article(&editor, id).await.expect("taken back");
    assert_eq!(refusal(world.engine.unpublish_article(&editor, id).await), Refusal::AlreadyDone);
    assert_eq!(refusal(world.engine.published_article("phat-dong-cuoc-thi").await), Refusal::NotFound);
});

story!(only_editors_and_organisers_write, |world| {
    let contestant = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let organiser = world.organiser().await;
    let id = world.engine.write_article(&organiser, &draft("Tin của Ban Tổ chức")).await.expect("written");
    assert_eq!(refusal(world.engine.write_article(&contestant, &draft("Tin khác")).await), Refusal::NotAllowed);
    assert_eq!(refusal(world.engine.publish_article(&contestant, id).await), Refusal::NotAllowed);
    assert_eq!(refusal(world.engine.unpublish_article(&contestant, id).await), Refusal::NotAllowed);
    assert_eq!(refusal(world.engine.article(&contestant, id).await), Refusal::NotAllowed);
    assert_eq!(refusal(world.engine.articles(&contestant).await), Refusal::NotAllowed);
    assert_eq!(refusal(world.engine.add_picture(&contestant, ("a.png", PNG)).await), Refusal::NotAllowed);
    assert_eq!(refusal(world.engine.add_study_document(&contestant, "x", ("", None)).await), Refusal::NotAllowed);
});

story!(every_wrong_field_is_refused_and_nothing_is_written, |world| {
    let editor = world.editor().await;
    let empty = ArticleEdit { form: ArticleForm { kind: "news".to_owned(), ..ArticleForm::default() }, ..ArticleEdit::default() };
    let Err(Stop::AtFields(refused)) = world.engine.write_article(&editor, &empty).await else { panic!("refused at fields") };
    assert_eq!(refused.iter().map(|(field, _)| field.0.as_ref()).collect::<Vec<_>>(), ["title", "summary", "body"]);
    let foreign = ArticleEdit { contest: "khong-co", ..draft("Tin một") };
    assert_eq!(at(world.engine.write_article(&editor, &foreign).await, "contest"), Some(Refusal::NotOffered));
    let not_a_picture = ArticleEdit { picture: Some(("a.png", b"GIF89a")), ..draft("Tin một") };
    assert_eq!(at(world.engine.write_article(&editor, &not_a_picture).await, "picture"), Some(Refusal::BadFile));
    assert_eq!(world.engine.articles(&editor).await.expect("a list"), []);
});

story!(two_articles_never_share_an_address, |world| {
    let editor = world.editor().await;
    world.engine.write_article(&editor, &draft("Tin một")).await.expect("written");
    assert_eq!(at(world.engine.write_article(&editor, &draft("Tin  MỘT")).await, "slug"), Some(Refusal::Taken));
});

story!(two_editors_do_not_overwrite_each_other, |world| {
    let editor = world.editor().await;
    let id = world.engine.write_article(&editor, &draft("Tin một")).await.expect("written");
    let seen = world.engine.article(&editor, id).await.expect("there").revision;
    let change = |title: &str| ArticleEdit { of: Some((id, seen)), ..draft(title) };
    world.engine.write_article(&editor, &change("Tin hai")).await.expect("the first is quicker");
    assert_eq!(refusal(world.engine.write_article(&editor, &change("Tin ba")).await), Refusal::ChangedMeanwhile);
    assert_eq!(world.engine.article(&editor, id).await.expect("there").text.title, "Tin hai");
});

story!(a_published_article_keeps_its_address, |world| {
    let editor = world.editor().await;
    let id = world.engine.write_article(&editor, &draft("Tin một")).await.expect("written");
    world.engine.publish_article(&editor, id).await.expect("published");
    let revision = world.engine.article(&editor, id).await.expect("there").revision;
    let moved = ArticleEdit { of: Some((id, revision)), ..draft("Tin hai") };
    assert_eq!(at(world.engine.write_article(&editor, &moved).await, "slug"), Some(Refusal::AddressFixed));
    let renamed = ArticleForm { slug: "tin-mot".to_owned(), ..news("Tin hai") };
    let renamed = ArticleEdit { of: Some((id, revision)), form: renamed, ..ArticleEdit::default() };
    world.engine.write_article(&editor, &renamed).await.expect("a new title under the old address");
    assert_eq!(world.engine.published_article("tin-mot").await.expect("public").line.title, "Tin hai");
});

story!(a_leading_picture_stays_until_it_is_replaced_or_taken_away, |world| {
    let editor = world.editor().await;
    let with_picture = ArticleEdit { picture: Some(("a.png", PNG)), ..draft("Tin có ảnh") };
    let id = world.engine.write_article(&editor, &with_picture).await.expect("written");
    let stored = world.engine.article(&editor, id).await.expect("there");
    let hash = stored.picture.clone().expect("a picture");
    assert_eq!(world.engine.file(&hash).await.expect("kept").media_type, "image/png");

    let again = ArticleEdit { of: Some((id, stored.revision)), ..draft("Tin có ảnh") };
    world.engine.write_article(&editor, &again).await.expect("changed");
    assert_eq!(world.engine.article(&editor, id).await.expect("there").picture, Some(hash));

    let without = ArticleEdit { of: Some((id, stored.revision + 1)), without_picture: true, ..draft("Tin có ảnh") };
    world.engine.write_article(&editor, &without).await.expect("changed");
    assert_eq!(world.engine.article(&editor, id).await.expect("there").picture, None);
});

story!(a_picture_is_kept_at_its_address, |world| {
    let editor = world.editor().await;
    let address = world.engine.add_picture(&editor, ("so-do.png", PNG)).await.expect("kept");
    assert!(address.starts_with("/tep/") && address.len() == 69, "{address}");
    assert_eq!(at(world.engine.add_picture(&editor, ("a.pdf", b"%PDF-1.7")).await, "image"), Some(Refusal::BadFile));
    let big = [PNG, &vec![0; engine::files::LARGEST]].concat();
    assert_eq!(at(world.engine.add_picture(&editor, ("a.png", &big)).await, "image"), Some(Refusal::TooLarge));
});

story!(articles_stand_in_their_columns_newest_first, |world| {
    let editor = world.editor().await;
    let columns =
        [("news", "Tin cũ"), ("news", "Tin mới"), ("initiative", "Sáng kiến"), ("good_model", "Điển hình"), ("study", "Tài liệu")];
    for (kind, title) in columns {
        let form = ArticleForm { kind: kind.to_owned(), unit: "Sở Nội vụ".to_owned(), ..news(title) };
        let id = world.engine.write_article(&editor, &ArticleEdit { form, ..ArticleEdit::default() }).await.expect("written");
        world.engine.publish_article(&editor, id).await.expect("published");
        world.wind(Millis::minutes(1));
    }
    let titles = |page: engine::library::ArticlePage| page.lines.into_iter().map(|line| line.title).collect::<Vec<_>>();
    let column = async |column| titles(world.engine.published_articles(column, 1).await.expect("a list"));
    assert_eq!(column(Column::News).await, ["Sáng kiến", "Tin mới", "Tin cũ"]);
    assert_eq!(column(Column::Of(ArticleKind::Initiative)).await, ["Sáng kiến"]);
    assert_eq!(column(Column::Of(ArticleKind::GoodModel)).await, ["Điển hình"]);
    assert_eq!(column(Column::Of(ArticleKind::Study)).await, ["Tài liệu"]);
});

story!(long_lists_come_in_pages, |world| {
    let editor = world.editor().await;
    for n in 1..=13 {
        let id = world.engine.write_article(&editor, &draft(&format!("Tin số {n}"))).await.expect("written");
        world.engine.publish_article(&editor, id).await.expect("published");
    }
    let first = world.engine.published_articles(Column::News, 1).await.expect("a list");
    assert_eq!((first.lines.len(), first.page, first.last), (12, 1, 2));
    let second = world.engine.published_articles(Column::News, 2).await.expect("a list");
    assert_eq!(second.lines.len(), 1);
});

story!(study_documents_are_links_or_files, |world| {
    let editor = world.editor().await;
    let link = world.engine.add_study_document(&editor, "Cổng thông tin", ("https://quangngai.gov.vn", None)).await.expect("added");
    world.engine.add_study_document(&editor, "Nghị quyết", ("", Some(("nq.pdf", b"%PDF-1.7 ...")))).await.expect("added");
    let documents = world.engine.study_documents().await.expect("a list");
    assert_eq!(documents.iter().map(|document| document.title.as_str()).collect::<Vec<_>>(), ["Cổng thông tin", "Nghị quyết"]);
    assert_eq!(documents[1].media_type.as_deref(), Some("application/pdf"));

    assert_eq!(
        at(world.engine.add_study_document(&editor, "x", ("javascript:alert(1)", None)).await, "address"),
        Some(Refusal::BadAddress)
    );
    assert_eq!(at(world.engine.add_study_document(&editor, "", ("", None)).await, "document_title"), Some(Refusal::Required));
    assert_eq!(at(world.engine.add_study_document(&editor, "x", ("", Some(("a.exe", b"MZ")))).await, "file"), Some(Refusal::BadFile));

    world.engine.remove_study_document(&editor, link).await.expect("removed");
    assert_eq!(refusal(world.engine.remove_study_document(&editor, link).await), Refusal::NotFound);
    assert_eq!(world.engine.study_documents().await.expect("a list").len(), 1);
});

story!(an_editor_writes_previews_and_publishes_through_the_pages, |world| {
    world.editor().await;
    let mut editor = world.client();
    editor.sign_in("dang.ngoc.anh", PASSWORD).await;
    let empty = editor.upload("/quan-tri/tin-bai/moi", &[("kind", "news"), ("title", "Tin <một>"), ("deed", "save")], &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.says("Tóm tắt: ") && empty.says("Nội dung: "), "{}", empty.body);
    assert!(empty.says("Tin &lt;một>") || empty.says("Tin &lt;một&gt;") || empty.says("Tin <một>"), "what was typed is kept");

    let text = [("kind", "news"), ("title", "Tin một"), ("summary", "Tóm tắt"), ("body", "Chữ **đậm** <script>alert(1)</script>")];
    let preview = editor.upload("/quan-tri/tin-bai/moi", &[&text[..], &[("deed", "preview")]].concat(), &[]).await;
    assert!(preview.says("<strong>đậm</strong>") && !preview.says("<script>alert"), "{}", preview.body);

    let saved = editor.upload("/quan-tri/tin-bai/moi", &[&text[..], &[("deed", "save")]].concat(), &[("picture", "a.png", PNG)]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let desk = saved.location().to_owned();
    assert!(editor.get(&desk).await.says("Bản nháp"));
    assert_eq!(world.client().get("/tin-tuc/tin-mot").await.status, StatusCode::NOT_FOUND);

    let added = editor.upload(&desk, &[("deed", "picture")], &[("image", "b.png", PNG)]).await;
    assert!(added.says("![mô tả ảnh](/tep/"), "{}", added.body);
    let no_picture = editor.upload(&desk, &[("deed", "picture")], &[]).await;
    assert_eq!(no_picture.status, StatusCode::UNPROCESSABLE_ENTITY);

    assert_eq!(editor.upload(&desk, &[("deed", "publish")], &[]).await.status, StatusCode::SEE_OTHER);
    let twice = editor.upload(&desk, &[("deed", "publish")], &[]).await;
    assert_eq!(twice.status, StatusCode::CONFLICT, "a second click does no harm");
    let read = world.client().get("/tin-tuc/tin-mot").await;
    assert!(read.says("<strong>đậm</strong>") && read.says("/tep/"), "{}", read.body);
    assert!(read.says(r#"property="og:title" content="Tin một""#), "{}", read.body);
    assert!(world.client().get("/tin-tuc").await.says("/tin-tuc/tin-mot"));
    assert!(world.client().get("/tin-tuc.atom").await.says("<title>Tin một</title>"));
    let card = world.client().get("/the/tin-tuc/tin-mot").await;
    assert_eq!(card.headers[http::header::CONTENT_TYPE], "image/png");

    assert_eq!(editor.upload(&desk, &[("deed", "unpublish")], &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.client().get("/tin-tuc/tin-mot").await.status, StatusCode::NOT_FOUND);
});

story!(an_editor_keeps_study_documents_through_the_page, |world| {
    world.editor().await;
    let mut editor = world.client();
    editor.sign_in("dang.ngoc.anh", PASSWORD).await;
    let link = [("deed", "add"), ("document_title", "Cổng thông tin"), ("address", "https://quangngai.gov.vn")];
    assert_eq!(editor.upload("/quan-tri/tai-lieu", &link, &[]).await.status, StatusCode::SEE_OTHER);
    let pdf = [("deed", "add"), ("document_title", "Nghị quyết")];
    assert_eq!(editor.upload("/quan-tri/tai-lieu", &pdf, &[("file", "nq.pdf", b"%PDF-1.7 ...")]).await.status, StatusCode::SEE_OTHER);
    let shown = world.client().get("/tai-lieu").await;
    assert!(shown.says("Cổng thông tin") && shown.says("PDF, 1 kB"), "{}", shown.body);
    let wrong = editor.upload("/quan-tri/tai-lieu", &[("deed", "add"), ("document_title", "x"), ("address", "ftp://x")], &[]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
});

story!(the_library_of_the_administration_is_for_editors, |world| {
    world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let mut contestant = world.client();
    contestant.sign_in("nguyen.thi.lan", PASSWORD).await;
    for page in ["/quan-tri/tin-bai", "/quan-tri/tin-bai/moi", "/quan-tri/tai-lieu"] {
        assert_eq!(contestant.get(page).await.status, StatusCode::FORBIDDEN, "{page}");
        let stranger = world.client().get(page).await;
        assert!(stranger.location().starts_with("/dang-nhap?tiep="), "{page}");
    }
    assert_eq!(contestant.upload("/quan-tri/tai-lieu", &[("deed", "add")], &[]).await.status, StatusCode::FORBIDDEN);
});
