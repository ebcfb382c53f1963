//! The pages around the trial sheet: what it is, handing in, and what has happened.

use super::{kept::Trial, questions::COUNT, sheet::carried};
use crate::{
    attempt::sheet::go_on,
    page::{crumb, engine, page},
    parts::{Crumbs, Head, Notice},
    problem::HelpLine,
};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;

/// What the trial is, and the button that begins it.
pub fn begin() -> AnyView {
    view! {
        <Crumbs way=vec![crumb("Trang chủ", "/")] here="Thử máy"/>
        <section class="narrow">
            <Head title="Thử máy 60 giây" lede="Làm thử ba câu trên đúng trang làm bài, để biết máy và mạng của anh/chị đã sẵn sàng."/>
            <ol class="steps">
                <li><h3>"Trả lời ba câu"</h3><p>"Mỗi câu trả lời được lưu ngay, dòng ở đầu trang báo giờ lưu gần nhất."</p></li>
                <li><h3>"Ngắt mạng thử"</h3><p>"Bấm nút “Ngắt mạng thử”, cứ trả lời tiếp: trang báo đang thử lại, rồi tự gửi khi có mạng."</p></li>
                <li><h3>"Nộp hoặc để hết giờ"</h3><p>"Hết 60 giây, trang tự nộp các câu đã lưu, như trong cuộc thi."</p></li>
            </ol>
            <form method="post"><p class="actions"><button>"Bắt đầu làm thử"</button></p></form>
            <Notice kind="info"><p>"Không cần đăng nhập. Bài làm thử không tính lượt dự thi, không chấm điểm và không được lưu lại."</p></Notice>
            <p><small>"Cần hỗ trợ: " <HelpLine/></small></p>
        </section>
    }
    .into_any()
}

/// "Nộp bài?" of the trial.
pub fn hand_in() -> AnyView {
    let (engine, (name, headers)) = (engine(), carried());
    let response = expect_context::<ResponseOptions>();
    page(async move {
        let now = engine.now();
        let trial = Trial::named(&name, now)?;
        let kept = trial.kept(&headers);
        if kept.ended || now >= trial.deadline() {
            go_on(&response, &format!("{}/ket-qua", trial.address()));
            return Ok(().into_any());
        }
        Ok(view! {
            <Title text="Nộp bài làm thử"/>
            <section class="narrow summary-card">
                <h1>"Nộp bài làm thử?"</h1>
                <dl class="facts" data-layout="row">
                    <div><dt>"Đã trả lời"</dt><dd>{format!("{}/{COUNT} câu", kept.sheet.answered())}</dd></div>
                    <div><dt>"Hết giờ lúc"</dt><dd>{trial.deadline().second()}</dd></div>
                </dl>
                <form method="post">
                    <p class="actions"><button>"Nộp bài"</button> " " <a class="button secondary" href=trial.address()>"Quay lại làm tiếp"</a></p>
                </form>
            </section>
        }
        .into_any())
    })
}

/// What has happened.
pub fn ended() -> AnyView {
    let (engine, (name, headers)) = (engine(), carried());
    page(async move {
        let trial = Trial::named(&name, engine.now())?;
        let kept = trial.kept(&headers);
        let saved = if kept.seq > 0 { kept.at.second() } else { "chưa lần nào".to_owned() };
        let all = kept.sheet.answered() == COUNT;
        let result = if all {
            view! { <Notice kind="success"><p>"Máy chủ đã nhận đủ các câu trả lời. Máy và mạng của anh/chị đã sẵn sàng."</p></Notice> }
                .into_any()
        } else {
            view! { <Notice kind="info"><p>"Các câu còn lại chưa trả lời hoặc chưa đến máy chủ trước khi bài kết thúc. Anh/chị có thể làm thử lại."</p></Notice> }
                .into_any()
        };
        Ok(view! {
            <Title text="Kết thúc bài làm thử"/>
            <section class="narrow summary-card">
                <h1>"Bài làm thử đã kết thúc"</h1>
                <dl class="facts" data-layout="row">
                    <div><dt>"Máy chủ nhận được"</dt><dd>{format!("{}/{COUNT} câu", kept.sheet.answered())}</dd></div>
                    <div><dt>"Lưu lần cuối"</dt><dd>{saved}</dd></div>
                </dl>
                {result}
                <h2>"Điều đã diễn ra"</h2>
                <ul>
                    <li>"Mỗi câu trả lời được gửi ngay; “Đã lưu” chỉ hiện khi máy chủ đã nhận."</li>
                    <li>"Khi mất mạng, câu trả lời nằm lại trên máy của anh/chị, trang báo còn bao nhiêu câu chưa lưu và tự gửi khi có mạng."</li>
                    <li>"Trong cuộc thi cũng vậy: đừng đóng trang, cứ làm tiếp; đổi máy thì đăng nhập lại, bài vẫn còn."</li>
                    <li>"Hết giờ, bài tự khóa; các câu đã trả lời trước đó còn 30 giây để đến máy chủ."</li>
                </ul>
                <form method="post" action="/thu-may">
                    <p class="actions"><button class="secondary">"Làm thử lại"</button> " " <a class="button quiet" href="/">"Về trang chủ"</a></p>
                </form>
            </section>
        }
        .into_any())
    })
}
