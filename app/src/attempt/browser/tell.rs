//! What the page says: time left, what is saved, takeover, lock.

use super::{super::wire::Said, Keeper, State, clock};
use std::collections::BTreeSet;

const MINUTE: f64 = 60_000.0;
/// What a pause means.
const PAUSED: &str = "Ban Tổ chức tạm dừng đợt thi. Thời gian làm bài của anh/chị được giữ nguyên.";
/// Minutes left that are announced, the fewest first.
const ANNOUNCED: [u32; 3] = [1, 5, 10];

impl Keeper {
    /// The time left; announced at 10, 5 and 1 minutes, never each second.
    pub fn show_clock(&self, left: f64) {
        self.set_text(".clock span", if self.state.get() == State::Paused { "Tạm dừng, còn" } else { "Còn lại" });
        self.set_text(".clock b", &clock::span(left));
        let level = if left <= MINUTE {
            "last"
        } else if left <= 5.0 * MINUTE {
            "soon"
        } else {
            "calm"
        };
        if let Ok(Some(shown)) = self.document.query_selector(".clock")
            && shown.get_attribute("data-level").as_deref() != Some(level)
        {
            let _ = shown.set_attribute("data-level", level);
        }
        let due = ANNOUNCED.into_iter().find(|minutes| left > 0.0 && left <= f64::from(*minutes) * MINUTE);
        if let Some(minutes) = due
            && self.announced.get() > f64::from(minutes) * MINUTE
        {
            self.announced.set(left);
            self.announce(&format!("Còn {minutes} phút."));
        }
    }

    fn announce(&self, words: &str) {
        self.set_text("#loi-nhac", words);
    }

    /// The line of the bar: saved, saving, queued, offline, refused.
    pub fn say(&self, state: &str, words: &str) {
        if let Ok(Some(line)) = self.document.query_selector(".sheet-bar .saved") {
            let _ = line.set_attribute("data-state", state);
        }
        self.set_text(".sheet-bar .saved", words);
    }

    /// How many questions are not yet on the server.
    fn waiting(&self) -> usize {
        let unsaved = self.unsaved.borrow();
        let questions: BTreeSet<&str> =
            unsaved.iter().map(|name| name.split('_').next().unwrap_or(name).trim_start_matches(['q', 'f'])).collect();
        questions.len()
    }

    pub fn say_waiting(&self) {
        let words = format!("Còn {} câu chưa lưu lên máy chủ, đang thử lại. Đừng đóng trang này.", self.waiting());
        self.say(if self.failures.get() > 0 { "offline" } else { "saving" }, &words);
    }

    pub fn say_offline(&self) {
        match self.waiting() {
            0 => self.say("offline", "Chưa kết nối được máy chủ, đang thử lại"),
            _ => self.say_waiting(),
        }
    }

    /// The prediction as the server read it, and what it could not read.
    pub fn show_unread(&self, said: &Said) {
        if let Ok(errors) = self.form.query_selector_all(".field p.error") {
            for i in 0..errors.length() {
                let Some(error) = errors.get(i).and_then(|error| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(error).ok()) else {
                    continue;
                };
                let name = error.id().trim_end_matches("-error").to_owned();
                let refused = said.unread.iter().find(|(field, _)| *field == name);
                error.set_text_content(refused.map(|(_, words)| words.as_str()));
                let _ = error.toggle_attribute_with_force("hidden", refused.is_none());
                if let Some(field) = self.document.get_element_by_id(&name) {
                    let _ = if refused.is_some() {
                        field.set_attribute("aria-invalid", "true")
                    } else {
                        field.remove_attribute("aria-invalid")
                    };
                }
            }
        }
        self.set_text(".prediction .echo", &said.echo);
        self.count();
    }

    /// Another tab or device has the sheet; what is unsaved here stays here.
    pub fn taken(&self, words: &str) {
        self.state.set(State::Taken);
        self.elsewhere.set(true);
        let _ = self.form.set_attribute("data-state", "taken");
        let words = if words.is_empty() { "Bài thi đang được làm ở thẻ hoặc thiết bị khác." } else { words };
        let kept = match self.waiting() {
            0 => String::new(),
            waiting => format!(" {waiting} câu chưa lưu ở đây vẫn còn."),
        };
        self.say("refused", "Chưa lưu ở thiết bị này");
        self.notice("warning", &format!("{words}{kept}"), Some(("tiep-tuc-o-day", "Tiếp tục trên thiết bị này")));
        self.scroll_to_notice();
    }

    /// This page took the sheet from another tab or device.
    pub fn show_taken_over(&self) {
        self.notice("info", "Bài thi đã chuyển sang thiết bị này.", None);
    }

    pub fn show_locked(&self) {
        if let Ok(Some(questions)) = self.document.query_selector(".questions") {
            let _ = questions.set_attribute("inert", "");
        }
        self.announce("Đã hết giờ làm bài.");
        self.say("saving", "Đã hết giờ, đang nộp các câu trả lời đã lưu. Đừng đóng trang này.");
    }

    /// More time was given after the sheet had locked.
    pub fn show_unlocked(&self) {
        if let Ok(Some(questions)) = self.document.query_selector(".questions") {
            let _ = questions.remove_attribute("inert");
        }
        self.say("saved", "Anh/chị làm tiếp được.");
    }

    /// The cards are locked, and it is said why; the notice stands among them and stays readable.
    pub fn show_paused(&self) {
        if let Ok(Some(questions)) = self.document.query_selector(".questions") {
            let _ = questions.remove_attribute("inert");
        }
        self.hold_cards(true);
        self.notice("warning", PAUSED, None);
        self.scroll_to_notice();
        if self.waiting() > 0 {
            self.say_kept();
        }
    }

    pub fn show_going_on(&self) {
        self.hold_cards(false);
        self.hide_notice();
        self.announce("Đợt thi tiếp tục.");
    }

    /// "Anh/chị được thêm 10 phút": said where the page stands, without moving it.
    pub fn show_more_time(&self, gained: f64) {
        let minutes = (gained / MINUTE).round().max(1.0);
        self.notice("info", &format!("Anh/chị được thêm {minutes} phút."), None);
    }

    /// In a pause: what was not saved in time.
    pub fn say_kept(&self) {
        match self.waiting() {
            0 => {}
            waiting => self.say("queued", &format!("Còn {waiting} câu chưa lưu, sẽ tự lưu khi đợt thi tiếp tục. Đừng đóng trang này.")),
        }
    }

    /// The session is over: signing in again brings back the sheet as it was saved.
    pub fn signed_out(&self) {
        self.unheard();
        self.say("offline", "Phiên đăng nhập đã hết: hãy đăng nhập lại ở thẻ khác, bài vẫn còn");
    }

    pub fn hide_notice(&self) {
        if let Some(shown) = self.document.get_element_by_id("bao-bai-thi") {
            shown.remove();
        }
    }

    fn scroll_to_notice(&self) {
        if let Some(shown) = self.document.get_element_by_id("bao-bai-thi") {
            shown.scroll_into_view();
        }
    }

    /// A message over the cards, with a button if there is something to do.
    fn notice(&self, kind: &str, words: &str, button: Option<(&str, &str)>) {
        self.hide_notice();
        let made = || -> Result<(), wasm_bindgen::JsValue> {
            let notice = self.document.create_element("div")?;
            notice.set_id("bao-bai-thi");
            notice.set_class_name("notice");
            notice.set_attribute("data-kind", kind)?;
            notice.set_attribute("role", "alert")?;
            let line = self.document.create_element("p")?;
            line.set_text_content(Some(words));
            notice.append_child(&line)?;
            if let Some((id, label)) = button {
                let act = self.document.create_element("button")?;
                act.set_id(id);
                act.set_attribute("type", "button")?;
                act.set_text_content(Some(label));
                notice.append_child(&act)?;
            }
            if let Some(cards) = self.document.query_selector(".questions")? {
                cards.insert_before(&notice, cards.first_child().as_ref())?;
            }
            Ok(())
        };
        // Without the notice the bar still says it.
        let _ = made();
    }
}
