//! The pages of the bank, as a browser without scripts sees them, and what its island asks.

use super::{PNG, approved, submitted};
use domain::{Refusal, identity::Role};
use engine::Caller;
use http::StatusCode;
use tests::{Client, Reply, World, story};

/// A browser in which somebody is signed in.
async fn browser(world: &World, person: &Caller) -> Client {
    let token = world.sign_in(person).await;
    let mut client = world.client();
    client.carry(token.as_str());
    client
}

fn sees(reply: &Reply, words: &str) {
    assert!(reply.says(words), "“{words}” in {}", reply.body);
}

/// What the editor sends of a complete single choice.
fn form<'a>(topic: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("revision", "1"),
        ("topic", topic),
        ("difficulty", "apply"),
        ("kind", "single"),
        ("text", "Cơ quan nào công bố **SIPAS**?"),
        ("option1", "Bộ Nội vụ"),
        ("option2", "VCCI"),
        ("option3", ""),
        ("right", "1"),
        ("explanation", "Bộ Nội vụ công bố."),
        ("legal_document", "Kế hoạch tuyên truyền CCHC năm 2023"),
    ];
    for (name, value) in changes {
        form.retain(|(field, _)| field != name);
        form.push((name, value));
    }
    form
}

story!(an_author_writes_a_question_without_scripts, |world| {
    let topic = world.writing("2").await.topic.to_string();
    let mut author = browser(&world, &world.author().await).await;
    sees(&author.get("/quan-tri/cau-hoi/moi").await, "Tạo bản nháp");
    let begun = author
        .post("/quan-tri/cau-hoi/moi", &[("topic", &topic), ("difficulty", "apply"), ("kind", "single"), ("text", "Cơ quan nào?")])
        .await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let address = begun.location().to_owned();
    let editor = author.get(&address).await;
    sees(&editor, "Thí sinh sẽ thấy");
    sees(&editor, r#"name="option4""#);

    let more = author.post(&address, &form(&topic, &[("deed", "more"), ("rows", "4")])).await;
    assert_eq!(more.status, StatusCode::OK);
    sees(&more, r#"name="option5""#);
    sees(&more, r#"value="VCCI""#);

    let other = author.post(&address, &form(&topic, &[("deed", "again"), ("kind", "number")])).await;
    sees(&other, r#"name="answer""#);
    sees(&other, r#"<input type="hidden" name="option2" value="VCCI">"#);

    let preview = author.post(&address, &form(&topic, &[("deed", "preview")])).await;
    sees(&preview, "<strong>SIPAS</strong>");

    let saved = author.post(&address, &form(&topic, &[("deed", "save")])).await;
    assert_eq!((saved.status, saved.location()), (StatusCode::SEE_OTHER, address.as_str()), "{}", saved.body);
    sees(&author.get(&address).await, r#"name="revision" value="2""#);

    let refused =
        author.post(&address, &form(&topic, &[("deed", "submit"), ("revision", "2"), ("option2", "bộ nội vụ"), ("explanation", "")])).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    sees(&refused, "Phương án 2: Có hai phương án giống nhau.");
    sees(&refused, r##"<a href="#explanation">"##);
    sees(&refused, r#"value="bộ nội vụ""#);

    let stale = author.post(&address, &form(&topic, &[("deed", "save"), ("text", "Từ thẻ khác")])).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    sees(&stale, Refusal::ChangedMeanwhile.words());
    sees(&stale, "Từ thẻ khác");
    sees(&stale, r#"name="revision" value="1""#);

    let done = author.post(&address, &form(&topic, &[("deed", "submit"), ("revision", "2")])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let reading = author.get(&address).await;
    sees(&reading, "Chờ thẩm định");
    sees(&reading, "Rút lại để sửa");
    assert!(!reading.says("value=\"approve\""), "an author does not approve");
});

story!(options_are_moved_and_removed_without_scripts, |world| {
    let author = world.author().await;
    let writing = world.writing("2").await;
    let question = world.engine.draft_question(&author, &writing).await.expect("drafted");
    let (address, topic) = (format!("/quan-tri/cau-hoi/{question}"), writing.topic.to_string());
    let mut writer = browser(&world, &author).await;
    let page = writer.get(&address).await;
    sees(&page, r#"value="down-1""#);
    assert!(!page.says(r#"value="up-1""#) && !page.says(r#"value="down-4""#), "the first does not go up, the last not down");

    let moved = writer.post(&address, &form(&topic, &[("deed", "down-1"), ("rows", "4"), ("pin", "2")])).await;
    assert_eq!(moved.status, StatusCode::OK);
    sees(&moved, r#"name="option1" type="text" value="VCCI""#);
    sees(&moved, r#"name="option2" type="text" value="Bộ Nội vụ""#);
    sees(&moved, r#"name="right" value="2" checked"#);
    sees(&moved, r#"name="pin" value="1" checked"#);
    sees(&moved, "Chưa lưu …");

    let fewer = writer.post(&address, &form(&topic, &[("deed", "remove-1"), ("rows", "5")])).await;
    sees(&fewer, r#"name="option1" type="text" value="VCCI""#);
    assert!(!fewer.says(r#"name="option5""#) && !fewer.says("Bộ Nội vụ\""), "{}", fewer.body);
    let stored = world.engine.question_page(&author, question).await.expect("the question");
    assert_eq!(stored.newest.writing.content.choices.len(), 4, "nothing is kept before it is saved");
});

story!(a_right_is_asked_before_what_was_typed, |world| {
    let (author, reviewer) = (world.author().await, world.reviewer().await);
    let question = submitted(&world, &author, &world.writing("2").await).await;
    let address = format!("/quan-tri/cau-hoi/{question}");
    let mut reader = browser(&world, &reviewer).await;
    for deed in ["", "save", "submit", "take-back", "renew"] {
        assert_eq!(reader.post(&address, &[("deed", deed), ("kind", "essay")]).await.status, StatusCode::FORBIDDEN, "{deed}");
    }
    let mut writer = browser(&world, &author).await;
    for deed in ["approve", "return"] {
        assert_eq!(writer.post(&address, &[("deed", deed)]).await.status, StatusCode::FORBIDDEN, "{deed}");
    }
    let mut organiser = browser(&world, &world.organiser().await).await;
    assert_eq!(organiser.post("/quan-tri/chu-de", &[("parent", "x")]).await.status, StatusCode::FORBIDDEN);
});

story!(a_reviewer_returns_and_approves_on_the_page, |world| {
    let (author, reviewer) = (world.author().await, world.reviewer().await);
    let question = submitted(&world, &author, &world.writing("2").await).await;
    let address = format!("/quan-tri/cau-hoi/{question}");
    let mut reader = browser(&world, &reviewer).await;
    sees(&reader.get("/quan-tri/tham-dinh").await, &address);
    sees(&reader.get(&address).await, "Trả lại để sửa");
    let refused = reader.post(&address, &[("deed", "return"), ("revision", "2"), ("comment", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    sees(&refused, "Góp ý: Xin ghi rõ lý do.");
    let returned = reader.post(&address, &[("deed", "return"), ("revision", "2"), ("comment", "Nêu rõ năm.")]).await;
    assert_eq!(returned.status, StatusCode::SEE_OTHER);

    let mut writer = browser(&world, &author).await;
    sees(&writer.get(&address).await, "Nêu rõ năm.");
    world.engine.submit(&author, question, 3).await.expect("submitted again");
    let approved = reader.post(&address, &[("deed", "approve"), ("revision", "4")]).await;
    assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", approved.body);
    sees(&reader.get("/quan-tri/tham-dinh").await, "Không có câu hỏi nào chờ thẩm định");
    let renewed = writer.post(&address, &[("deed", "renew")]).await;
    assert_eq!(renewed.status, StatusCode::SEE_OTHER);
    let taken = writer.post(&address, &[("deed", "take-back")]).await;
    assert_eq!(taken.status, StatusCode::CONFLICT);
    let retired = writer.post(&address, &[("deed", "retire")]).await;
    assert_eq!(retired.status, StatusCode::SEE_OTHER);
    let history = reader.get(&format!("{address}/lich-su")).await;
    sees(&history, "<b>Võ Thị Mai</b>");
    sees(&history, "ngừng dùng");
    sees(&history, "Bản 2");
});

story!(history_shows_what_changed_word_by_word, |world| {
    let author = world.author().await;
    let mut writing = world.writing("2").await;
    let question = approved(&world, &writing).await;
    world.engine.renew(&author, question).await.expect("renewed");
    writing.content.text = "Bộ nào công bố **PAR INDEX**?".into();
    world.engine.save_draft(&author, question, 1, &writing).await.expect("saved");
    let page = browser(&world, &author).await.get(&format!("/quan-tri/cau-hoi/{question}/lich-su")).await;
    sees(&page, "<del>Cơ quan</del>");
    sees(&page, "<ins>Bộ</ins>");
});

story!(the_list_is_filtered_by_its_address, |world| {
    world.sample_bank().await;
    let mut reader = browser(&world, &world.organiser().await).await;
    let all = reader.get("/quan-tri/cau-hoi").await;
    sees(&all, "98 câu hỏi");
    sees(&all, "trang=4");
    assert!(!all.says("Soạn câu hỏi"), "an organiser writes no questions");
    let found = reader.get("/quan-tri/cau-hoi?dang=matching&tim=GHEP+MOI&trang-thai=approved").await;
    sees(&found, "<b>98</b>");
    sees(&found, "Ghép mỗi");
    assert!(!found.says("CCHC-001<"), "only what was asked for");
    sees(&reader.get("/quan-tri/cau-hoi?tim=kh%C3%B4ng+c%C3%B3+c%C3%A2u+n%C3%A0o").await, "Không có câu hỏi nào như vậy");
});

story!(an_image_is_added_on_its_page, |world| {
    let author = world.author().await;
    let question = world.engine.draft_question(&author, &world.writing("2").await).await.expect("drafted");
    let (address, mut writer) = (format!("/quan-tri/cau-hoi/{question}"), browser(&world, &author).await);
    let upload = format!("{address}/hinh");
    sees(&writer.get(&upload).await, "PNG, JPEG hoặc WebP");
    let none = writer.upload(&upload, &[("revision", "1"), ("words", "Sơ đồ")], &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let bad = writer.upload(&upload, &[("revision", "1"), ("words", "Sơ đồ")], &[("image", "a.svg", b"<svg/>")]).await;
    sees(&bad, "Tệp hình: Loại tệp này không được nhận.");
    let done = writer.upload(&upload, &[("revision", "1"), ("words", "Sơ đồ")], &[("image", "a.png", PNG)]).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, address.as_str()), "{}", done.body);
    sees(&writer.get(&address).await, r#"alt="Sơ đồ""#);
    let mut other = browser(&world, &world.reviewer().await).await;
    assert_eq!(other.get(&upload).await.status, StatusCode::CONFLICT);
});

story!(topics_are_edited_on_their_pages, |world| {
    let topics = world.engine.topics().await.expect("topics");
    let mut writer = browser(&world, &world.author().await).await;
    let added = writer.post("/quan-tri/chu-de", &[("parent", &topics[1].id.to_string()), ("name", "PAPI")]).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    sees(&writer.get("/quan-tri/chu-de").await, "2.1. PAPI");
    let refused = writer.post("/quan-tri/chu-de", &[("parent", "x"), ("name", "PAPI")]).await;
    sees(&refused, "Thuộc chủ đề: Xin chọn một trong các mục có sẵn.");
    let papi = world.engine.topics().await.expect("topics").into_iter().find(|topic| topic.code == "2.1").expect("PAPI");
    let address = format!("/quan-tri/chu-de/{}", papi.id);
    sees(&writer.get(&address).await, r#"value="PAPI""#);
    assert_eq!(writer.post(&address, &[("name", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(writer.post(&address, &[("name", "Chỉ số PAPI")]).await.status, StatusCode::SEE_OTHER);
    sees(&writer.get("/quan-tri/chu-de").await, "2.1. Chỉ số PAPI");
    assert_eq!(writer.post(&address, &[("deed", "remove")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(writer.get(&address).await.status, StatusCode::NOT_FOUND);
    let mut reader = browser(&world, &world.organiser().await).await;
    assert!(!reader.get("/quan-tri/chu-de").await.says("Thêm chủ đề con"));
});

story!(the_island_previews_and_saves, |world| {
    let author = world.author().await;
    let writing = world.writing("2").await;
    let question = world.engine.draft_question(&author, &writing).await.expect("drafted");
    let (id, topic) = (question.to_string(), writing.topic.to_string());
    let mut writer = browser(&world, &author).await;
    let typed = |text: &str, revision: &str| {
        let pairs = form(&topic, &[("revision", revision), ("text", text)]);
        pairs.iter().map(|(name, value)| format!("{name}={}", value.replace('&', "%26").replace(' ', "+"))).collect::<Vec<_>>().join("&")
    };
    let shown = writer.post("/api/bank/preview", &[("form", &typed("**Ai** <script>x</script>", "1"))]).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    sees(&shown, "<strong>Ai</strong>");
    assert!(!shown.says("<script>"));
    let kept = writer.post("/api/bank/autosave", &[("question", &id), ("form", &typed("Mới", "1"))]).await;
    assert_eq!((kept.status, kept.body.as_str()), (StatusCode::OK, r#"{"revision":2,"at":"08:00:00"}"#));
    let stale = writer.post("/api/bank/autosave", &[("question", &id), ("form", &typed("Cũ", "1"))]).await;
    assert_eq!((stale.status, stale.body.as_str()), (StatusCode::CONFLICT, r#"{"Refused":"ChangedMeanwhile"}"#));
    let nowhere = writer.post("/api/bank/autosave", &[("question", "x"), ("form", &typed("Cũ", "1"))]).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let mut stranger = browser(&world, &lan).await;
    assert_eq!(stranger.post("/api/bank/preview", &[("form", "text=a")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(world.client().post("/api/bank/preview", &[("form", "text=a")]).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(world.client().post("/api/bank/autosave", &[("question", &id), ("form", "text=a")]).await.status, StatusCode::UNAUTHORIZED);
});

story!(pages_of_the_bank_are_closed_to_others, |world| {
    let question = submitted(&world, &world.author().await, &world.writing("2").await).await;
    let topic = world.engine.topics().await.expect("topics")[0].id;
    let addresses = [
        "/quan-tri/cau-hoi".to_owned(),
        "/quan-tri/cau-hoi/moi".to_owned(),
        format!("/quan-tri/cau-hoi/{question}"),
        format!("/quan-tri/cau-hoi/{question}/lich-su"),
        format!("/quan-tri/cau-hoi/{question}/hinh"),
        "/quan-tri/tham-dinh".to_owned(),
        "/quan-tri/chu-de".to_owned(),
        format!("/quan-tri/chu-de/{topic}"),
    ];
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let editor = world.member("Tạ Thị Ngân", "so-noi-vu", &[Role::Editor, Role::Admin, Role::Auditor]).await;
    for person in [lan, editor] {
        let mut client = browser(&world, &person).await;
        for address in &addresses {
            let reply = client.get(address).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{address}");
            assert!(!reply.says("PAR INDEX"), "{address}");
        }
    }
    for address in &addresses {
        let reply = world.client().get(address).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{address}");
        assert!(reply.location().starts_with("/dang-nhap?tiep="), "{address}");
    }
});
