//! The pages of identity, as a browser without scripts sees them.

use domain::Refusal;
use http::{StatusCode, header};
use tests::{Client, PASSWORD, Reply, World, login_of, story};

/// A browser in which somebody is signed in.
async fn signed_in(world: &World, name: &str, unit: &str) -> Client {
    let person = world.contestant(name, unit).await;
    let token = world.sign_in(&person).await;
    let mut client = world.client();
    client.carry(token.as_str());
    client
}

/// The form of sign-up; `unit` is an id.
fn form<'a>(unit: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("audience", "civil_servant"),
        ("unit", unit),
        ("tiep", "/cuoc-thi/cchc-2026"),
        ("full_name", "Nguyễn Thị Lan"),
        ("login", "0905 123 456"),
        ("password", PASSWORD),
        ("consent_process", "1"),
    ];
    for (name, value) in changes {
        form.retain(|(field, _)| field != name);
        form.push((name, value));
    }
    form
}

fn sees(reply: &Reply, words: &str) {
    assert!(reply.says(words), "“{words}” in {}", reply.body);
}

story!(a_newcomer_chooses_the_unit_and_then_signs_up, |world| {
    let (unit, mut browser) = (world.unit("so-noi-vu").await.to_string(), world.client());
    let first = browser.get("/dang-ky?tiep=%2Fcuoc-thi%2Fcchc-2026").await;
    sees(&first, "Anh/chị dự thi với tư cách");
    sees(&first, r#"name="tiep" value="/cuoc-thi/cchc-2026""#);

    let list = browser.get("/dang-ky?doi-tuong=civil_servant&tiep=%2Fcuoc-thi%2Fcchc-2026").await;
    sees(&list, "<optgroup label=\"Khối sở, ban, ngành\">");
    sees(&list, &unit);
    assert!(!list.says("UBND tỉnh Quảng Ngãi</option>"), "nobody enters for the province");

    let found = browser.get("/dang-ky?doi-tuong=civil_servant&tim=CHANH+LO").await;
    sees(&found, "Phường Chánh Lộ (cũ)");
    sees(&found, &format!("don-vi={}", world.unit("phuong-cam-thanh").await));
    sees(&browser.get("/dang-ky?doi-tuong=citizen&tim=noi+vu").await, "Không có đơn vị nào khớp");

    let last = browser.get(&format!("/dang-ky?doi-tuong=civil_servant&don-vi={unit}")).await;
    sees(&last, "Anh/chị dự thi cho đơn vị: ");
    sees(&last, "<b>Sở Nội vụ</b>");
    sees(&last, "đến hết ngày 31/12/2027");
    assert!(!last.says(" checked"), "no consent is ticked beforehand");

    let done = browser.post("/dang-ky", &form(&unit, &[])).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/cuoc-thi/cchc-2026"));
    sees(&browser.get("/tai-khoan").await, "0905123456");
});

story!(a_refused_sign_up_keeps_everything_but_the_password, |world| {
    let (unit, mut browser) = (world.unit("so-noi-vu").await.to_string(), world.client());
    let again = browser.post("/dang-ky", &form(&unit, &[("login", "0905"), ("password", "hoithi-cchc"), ("consent_publish", "1")])).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    sees(&again, Refusal::BadPhone.words());
    sees(&again, Refusal::PasswordCommon.words());
    sees(&again, "value=\"0905\"");
    sees(&again, "value=\"Nguyễn Thị Lan\"");
    sees(&again, "<b>Sở Nội vụ</b>");
    sees(&again, "checked");
    assert!(!again.says("hoithi-cchc"));
});

story!(a_unit_that_is_not_offered_leads_back_to_the_choice, |world| {
    let (unit, mut browser) = (world.unit("so-noi-vu").await.to_string(), world.client());
    let again = browser.post("/dang-ky", &form(&unit, &[("audience", "citizen")])).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    sees(&again, "Xin chọn đơn vị trong danh sách.");
    sees(&browser.get("/dang-ky?doi-tuong=civil_servant&don-vi=khong-co").await, "Xin chọn đơn vị trong danh sách.");
});

story!(a_name_without_marks_is_taken_and_gently_questioned, |world| {
    let (unit, mut browser) = (world.unit("so-noi-vu").await.to_string(), world.client());
    let done = browser.post("/dang-ky", &form(&unit, &[("full_name", "Nguyen Thi Lan")])).await;
    assert_eq!(done.location(), "/tai-khoan?tiep=%2Fcuoc-thi%2Fcchc-2026");
    let page = browser.get(done.location()).await;
    sees(&page, domain::identity::NAME_WARNING);
    sees(&page, "href=\"/cuoc-thi/cchc-2026\"");
});

story!(signing_in_returns_to_where_one_came_from_and_nowhere_else, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let login = login_of(&lan.full_name);
    for (back, to) in [("/luot-thi", "/luot-thi"), ("https://evil.test", "/"), ("//evil.test", "/")] {
        let reply = world.client().post("/dang-nhap", &[("login", &login), ("password", PASSWORD), ("tiep", back)]).await;
        assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, to));
    }
    let page = world.client().get("/dang-nhap?tiep=%2Fluot-thi").await;
    sees(&page, "/dang-ky?tiep=%2Fluot-thi");
    sees(&page, " mật khẩu</span>");
    sees(&page, "Đường dây hỗ trợ");
});

story!(every_way_to_an_account_carries_where_one_came_from, |world| {
    let mut browser = world.client();
    let sign_in = browser.get("/dang-nhap?tiep=%2Fcuoc-thi%2Fcchc-2026").await;
    for page in ["/dang-ky", "/kich-hoat", "/dat-lai-mat-khau"] {
        sees(&sign_in, &format!(r#"href="{page}?tiep=%2Fcuoc-thi%2Fcchc-2026""#));
    }
    let unit = world.unit("so-noi-vu").await;
    let choice = browser.get("/dang-ky?doi-tuong=civil_servant&tiep=%2Fcuoc-thi%2Fcchc-2026").await;
    sees(&choice, r#"href="/khong-thay-don-vi?tiep=%2Fcuoc-thi%2Fcchc-2026""#);
    let account = browser.get(&format!("/dang-ky?doi-tuong=civil_servant&don-vi={unit}&tiep=%2Fcuoc-thi%2Fcchc-2026")).await;
    for page in ["/dang-nhap", "/kich-hoat"] {
        sees(&account, &format!(r#"href="{page}?tiep=%2Fcuoc-thi%2Fcchc-2026""#));
    }
    for page in ["/kich-hoat", "/dat-lai-mat-khau", "/khong-thay-don-vi"] {
        let page = browser.get(&format!("{page}?tiep=%2Fcuoc-thi%2Fcchc-2026")).await;
        sees(&page, r#"name="tiep" value="/cuoc-thi/cchc-2026""#);
        sees(&page, "/dang-nhap?tiep=%2Fcuoc-thi%2Fcchc-2026");
    }
});

story!(the_list_of_units_is_narrowed_to_a_block, |world| {
    world.unit("so-noi-vu").await;
    let mut browser = world.client();
    let all = browser.get("/dang-ky?doi-tuong=civil_servant&tiep=%2Fluot-thi").await;
    sees(&all, r#"href="/dang-ky?doi-tuong=civil_servant&amp;tiep=%2Fluot-thi&amp;khoi=xa""#);
    sees(&all, "Sở Nội vụ</option>");
    let communes = browser.get("/dang-ky?doi-tuong=civil_servant&tiep=%2Fluot-thi&khoi=xa").await;
    sees(&communes, "<optgroup label=\"Khối xã\">");
    assert!(!communes.says("Sở Nội vụ</option>") && !communes.says("<optgroup label=\"Khối sở, ban, ngành\">"), "{}", communes.body);
    sees(&communes, r#"name="khoi" value="xa""#);
    for block in ["khong-co", "so-nganh", ""] {
        let citizens = browser.get(&format!("/dang-ky?doi-tuong=citizen&khoi={block}")).await;
        sees(&citizens, "<optgroup label=\"Khối xã\">");
        assert!(!citizens.says("Khối sở, ban, ngành"), "a block without units for citizens is not offered");
    }
});

story!(a_guesser_is_told_to_wait, |world| {
    let mut browser = world.client();
    for _ in 0..10 {
        browser.post("/dang-nhap", &[("login", "ai.do"), ("password", "đoán")]).await;
    }
    let reply = browser.post("/dang-nhap", &[("login", "ai.do"), ("password", "đoán")]).await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    sees(&reply, Refusal::TooManySignIns.words());
});

story!(own_pages_are_for_who_signed_in, |world| {
    for address in ["/tai-khoan", "/tai-khoan/don-vi", "/du-lieu-cua-toi"] {
        let reply = world.client().get(address).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{address}");
        assert!(reply.location().starts_with("/dang-nhap?tiep="), "{address}");
        let reply = world.client().post(address, &[("deed", "withdraw")]).await;
        assert!(reply.location().starts_with("/dang-nhap?tiep="), "{address}");
    }
    for address in ["/dang-nhap", "/dang-xuat", "/dang-ky", "/thong-bao-du-lieu", "/khong-thay-don-vi"] {
        assert_eq!(world.client().get(address).await.status, StatusCode::OK, "{address}");
    }
});

story!(a_password_is_changed_and_every_device_signed_out, |world| {
    let mut browser = signed_in(&world, "Nguyễn Thị Lan", "so-noi-vu").await;
    let again = browser.post("/tai-khoan", &[("deed", "password"), ("old_password", "sai"), ("password", "ngắn")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    sees(&again, Refusal::WrongPassword.words());
    sees(&again, Refusal::PasswordShort.words());
    let done = browser.post("/tai-khoan", &[("deed", "password"), ("old_password", PASSWORD), ("password", "chợ phiên Trà My 5h")]).await;
    sees(&browser.get(done.location()).await, "Đã đổi mật khẩu.");
    assert_eq!(browser.post("/tai-khoan", &[("deed", "xin chào")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(browser.post("/tai-khoan", &[("deed", "everywhere")]).await.location(), "/dang-nhap");
    assert_eq!(browser.get("/tai-khoan").await.status, StatusCode::SEE_OTHER);
});

story!(signing_out_drops_the_cookie, |world| {
    let mut browser = signed_in(&world, "Nguyễn Thị Lan", "so-noi-vu").await;
    assert_eq!(browser.get("/tai-khoan").await.status, StatusCode::OK);
    let reply = browser.post("/dang-xuat", &[]).await;
    assert!(reply.headers[http::header::SET_COOKIE].to_str().expect("text").contains("Max-Age=0"));
    assert_eq!(browser.get("/tai-khoan").await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.post("/dang-xuat", &[]).await.status, StatusCode::SEE_OTHER, "twice does no harm");
});

story!(the_own_unit_is_changed_after_a_confirmation, |world| {
    let mut browser = signed_in(&world, "Nguyễn Thị Lan", "so-noi-vu").await;
    let unit = world.unit("xa-an-phu").await.to_string();
    sees(&browser.get("/tai-khoan/don-vi").await, "<b>Sở Nội vụ</b>");
    sees(&browser.get(&format!("/tai-khoan/don-vi?doi-tuong=civil_servant&don-vi={unit}")).await, "Anh/chị dự thi cho đơn vị: ");
    assert_eq!(browser.post("/tai-khoan/don-vi", &[("audience", "civil_servant"), ("unit", &unit)]).await.location(), "/tai-khoan");
    sees(&browser.get("/tai-khoan").await, "Xã An Phú");
    let entry = "/cuoc-thi/cchc-2026/tham-gia";
    let named = format!("/tai-khoan/don-vi?doi-tuong=civil_servant&don-vi={unit}&tiep=%2Fcuoc-thi%2Fcchc-2026%2Ftham-gia");
    sees(&browser.get(&named).await, &format!(r#"name="tiep" value="{entry}""#));
    for (back, to) in [(entry, entry), ("//evil.test", "/tai-khoan")] {
        let form = [("audience", "civil_servant"), ("unit", unit.as_str()), ("tiep", back)];
        assert_eq!(browser.post("/tai-khoan/don-vi", &form).await.location(), to);
    }
});

story!(own_data_are_shown_corrected_and_withdrawn, |world| {
    let mut browser = signed_in(&world, "Nguyễn Thị Lan", "so-noi-vu").await;
    let page = browser.get("/du-lieu-cua-toi").await;
    sees(&page, "nguyen.thi.lan");
    sees(&page, "Phiên đăng nhập");
    let wrong =
        [("deed", "correct"), ("full_name", "Lan 90"), ("birth_date", "31/02/1985"), ("email", "lan@"), ("position", "Chuyên viên")];
    let again = browser.post("/du-lieu-cua-toi", &wrong).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in
        [Refusal::BadName.words(), Refusal::NotADate.words(), Refusal::BadEmail.words(), "value=\"31/02/1985\"", "value=\"Chuyên viên\""]
    {
        sees(&again, words);
    }
    let right = [
        ("deed", "correct"),
        ("full_name", "Nguyễn Thị Phương Lan"),
        ("birth_date", "5/6/1985"),
        ("email", ""),
        ("position", "Chuyên viên"),
    ];
    let done = browser.post("/du-lieu-cua-toi", &right).await;
    let page = browser.get(done.location()).await;
    sees(&page, "Đã sửa dữ liệu.");
    sees(&page, "05/06/1985");
    browser.post("/du-lieu-cua-toi", &[("deed", "publish")]).await;
    sees(&browser.get("/du-lieu-cua-toi").await, "Rút lại sự đồng ý công bố");
    let done = browser.post("/du-lieu-cua-toi", &[("deed", "withdraw")]).await;
    sees(&browser.get(done.location()).await, "23:59 ngày 25/11/2026");
});

story!(a_missing_unit_is_reported_from_the_page, |world| {
    let mut browser = world.client();
    let again = browser.post("/khong-thay-don-vi", &[("phone", "0905")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    sees(&again, Refusal::BadPhone.words());
    sees(&again, Refusal::NotOffered.words());
    let done =
        browser.post("/khong-thay-don-vi", &[("phone", "0905123456"), ("audience", "citizen"), ("block", "xa"), ("parent", "")]).await;
    sees(&browser.get(done.location()).await, "Đã gửi đến Ban Tổ chức.");
    let mut other = world.client();
    let form = [("phone", "0905123457"), ("audience", "citizen"), ("block", "xa"), ("parent", ""), ("tiep", "/cuoc-thi/cchc-2026")];
    let thanks = other.post("/khong-thay-don-vi", &form).await;
    let thanks = other.get(thanks.location()).await;
    sees(&thanks, r#"href="/cuoc-thi/cchc-2026""#);
    sees(&thanks, r#"href="/dang-ky?tiep=%2Fcuoc-thi%2Fcchc-2026""#);
    assert!(!other.get("/khong-thay-don-vi?xong=1&tiep=https%3A%2F%2Fevil.test").await.says(r#"href="https://evil.test"#));
});

story!(the_privacy_notice_names_the_host, |world| {
    let page = world.client().get("/thong-bao-du-lieu").await;
    sees(&page, "Trung tâm Phục vụ – Kiểm soát TTHC tỉnh");
    sees(&page, "02 ngày làm việc");
    assert!(!page.says("{{"));
});

story!(the_island_of_the_unit_search_gets_its_answer, |world| {
    world.unit("so-noi-vu").await;
    let mut browser = world.client();
    let reply = browser.post("/api/identity/units", &[("audience", "civil_servant"), ("query", "chanh lo")]).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    sees(&reply, "Phường Cẩm Thành");
    assert_ne!(browser.post("/api/identity/units", &[("audience", "ai đó"), ("query", "")]).await.status, StatusCode::OK);
});

story!(whoever_must_wait_is_told_how_long, |world| {
    world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let mut browser = world.client();
    for _ in 0..50 {
        let reply = browser.post("/dang-nhap", &[("login", &login_of("Nguyễn Thị Lan")), ("password", "sai mật khẩu")]).await;
        if reply.status == StatusCode::TOO_MANY_REQUESTS {
            assert_eq!(reply.headers.get(header::RETRY_AFTER).expect("how long"), "5");
            return;
        }
    }
    panic!("fifty wrong passwords are let through");
});
