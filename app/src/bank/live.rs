//! The browser's half of the editor: previews, autosaves and keys.

use super::ask::{autosave, preview};
use crate::declined::Declined;
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local, wasm_bindgen::JsCast, web_sys};
use std::time::Duration;
use web_sys::{Element, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, KeyboardEvent, UrlSearchParams};

/// The preview follows typing after so long a pause …
const PREVIEW_AFTER: Duration = Duration::from_millis(500);
/// … and the draft is saved after so long.
const SAVE_AFTER: Duration = Duration::from_secs(2);
/// After a failure the next try waits so long.
const RETRY_AFTER: Duration = Duration::from_secs(10);

#[derive(Clone, Copy)]
struct Keeper {
    question: StoredValue<String>,
    preview_due: StoredValue<Option<TimeoutHandle>>,
    save_due: StoredValue<Option<TimeoutHandle>>,
    /// A save is under way: the next waits for its revision.
    saving: StoredValue<bool>,
    /// Something was typed while a save was under way.
    dirty: StoredValue<bool>,
    /// The button that was pressed while a save was under way: it waits for the new revision too.
    pressed: StoredValue<Option<String>>,
}

/// Listens to the editor once it stands in the page.
pub fn watch(editor: NodeRef<leptos::html::Div>, question: String) {
    let keeper = Keeper {
        question: StoredValue::new(question),
        preview_due: StoredValue::new(None),
        save_due: StoredValue::new(None),
        saving: StoredValue::new(false),
        dirty: StoredValue::new(false),
        pressed: StoredValue::new(None),
    };
    Effect::new(move |_| {
        let Some(editor) = editor.get() else { return };
        if let Some(hint) = by_id::<Element>("phim-tat") {
            // Only here the keys do something.
            let _ = hint.remove_attribute("hidden");
        }
        if by_id::<Element>("da-luu").and_then(|line| line.get_attribute("data-state")).as_deref() == Some("queued") {
            // The server showed the form changed, and kept nothing yet.
            keeper.changed();
        }
        let editor: &web_sys::EventTarget = editor.as_ref();
        listen(editor, "input", move |event| keeper.typed(&event));
        listen(editor, "change", move |event| keeper.typed(&event));
        listen(editor, "click", move |event| keeper.clicked(&event));
        listen(editor, "keydown", move |event| {
            if let Ok(key) = event.dyn_into::<KeyboardEvent>() {
                keeper.key(&key);
            }
        });
    });
}

fn listen(target: &web_sys::EventTarget, name: &str, act: impl Fn(web_sys::Event) + 'static) {
    let act = leptos::wasm_bindgen::closure::Closure::<dyn Fn(web_sys::Event)>::new(act);
    if target.add_event_listener_with_callback(name, act.as_ref().unchecked_ref()).is_ok() {
        // It lives as long as the page.
        act.forget();
    }
}

fn by_id<T: JsCast>(id: &str) -> Option<T> {
    find(&format!("#{id}"))
}

fn find<T: JsCast>(selector: &str) -> Option<T> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

fn form() -> Option<HtmlFormElement> {
    by_id("soan")
}

/// The form as it would be sent.
fn encoded() -> Option<String> {
    let data = FormData::new_with_form(&form()?).ok()?;
    UrlSearchParams::new_with_str_sequence_sequence(&data).ok().map(|pairs| String::from(pairs.to_string()))
}

fn say(state: &str, words: &str) {
    if let Some(line) = by_id::<Element>("da-luu") {
        let _ = line.set_attribute("data-state", state);
        line.set_text_content(Some(words));
    }
}

impl Keeper {
    fn typed(self, event: &web_sys::Event) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let name = target.and_then(|target| target.get_attribute("name")).unwrap_or_default();
        if name == "kind" && event.type_() == "change" {
            // Other kinds have other fields: the server shows them, with everything that was typed.
            if let Some(button) = by_id::<HtmlElement>("doi-dang") {
                button.click();
            }
            return;
        }
        if name.is_empty() {
            return;
        }
        self.changed();
    }

    fn changed(self) {
        self.dirty.set_value(true);
        say("saving", "Chưa lưu …");
        later(self.preview_due, PREVIEW_AFTER, move || self.show());
        later(self.save_due, SAVE_AFTER, move || self.save());
    }

    fn show(self) {
        let Some(form) = encoded() else { return };
        spawn_local(async move {
            if let (Ok(markup), Some(place)) = (preview(form).await, by_id::<Element>("xem-truoc")) {
                // The server made this markup from sanitised text.
                place.set_inner_html(&markup);
            }
        });
    }

    fn save(self) {
        if self.saving.get_value() {
            return;
        }
        let Some(form) = encoded() else { return };
        self.saving.set_value(true);
        self.dirty.set_value(false);
        say("saving", "Đang lưu …");
        spawn_local(async move {
            let outcome = autosave(self.question.get_value(), form).await;
            self.saving.set_value(false);
            let pressed = self.pressed.get_value().and_then(|deed| find::<HtmlElement>(&format!("button[name=deed][value='{deed}']")));
            self.pressed.set_value(None);
            match outcome {
                Ok(kept) => {
                    keep_revision(kept.revision);
                    say("saved", &format!("Đã lưu bản nháp {}", kept.at));
                    if pressed.is_none() && self.dirty.get_value() {
                        self.save();
                    }
                }
                Err(Declined::Refused(refusal)) => say("refused", &format!("Chưa lưu được: {}", refusal.words())),
                // The plain form works whatever the page's version is.
                Err(Declined::Unread) => say("refused", "Chưa tự lưu được vì trang này thuộc bản cũ. Xin bấm “Lưu nháp”."),
                Err(Declined::Unreachable) => {
                    self.dirty.set_value(true);
                    say("offline", "Chưa lưu được: mất kết nối, đang thử lại.");
                    later(self.save_due, RETRY_AFTER, move || self.save());
                    return;
                }
            }
            if let Some(button) = pressed {
                button.click();
            }
        });
    }

    fn key(self, key: &KeyboardEvent) {
        if key.key() == "Enter" && (key.ctrl_key() || key.meta_key()) {
            key.prevent_default();
            self.save();
        } else if key.alt_key() && (key.key() == "ArrowUp" || key.key() == "ArrowDown") {
            let target = key.target().and_then(|target| target.dyn_into::<Element>().ok());
            if let Some(row) = target.and_then(|target| target.closest(".options > li").ok().flatten()) {
                key.prevent_default();
                if let Some(other) = self.carry(&row, key.key() == "ArrowUp") {
                    focus(&other, "input:not([type=radio], [type=checkbox])");
                }
            }
        }
    }

    /// "Lên" and "Xuống" are done here, where the server would show the whole page again; other buttons go to the
    /// server, but never in the middle of a save, after which their revision would be an old one.
    fn clicked(self, event: &web_sys::Event) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(button) = target.and_then(|target| target.closest("button[name=deed]").ok().flatten()) else { return };
        let deed = button.get_attribute("value").unwrap_or_default();
        let up = deed.starts_with("up-");
        if up || deed.starts_with("down-") {
            event.prevent_default();
            let row = button.closest(".options > li").ok().flatten();
            if let Some(other) = row.and_then(|row| self.carry(&row, up)) {
                // On to the same button of the row where the option went, or to the only one that is left there.
                let (same, opposite) = if up { ("up-", "down-") } else { ("down-", "up-") };
                let _ = focus(&other, &format!("button[value^={same}]")) || focus(&other, &format!("button[value^={opposite}]"));
            }
        } else if self.saving.get_value() {
            event.prevent_default();
            self.pressed.set_value(Some(deed));
        } else if let Some(due) = self.save_due.get_value() {
            // The form goes as it stands.
            due.clear();
        }
    }

    /// Exchanges an option with the one above or below, words and marks alike; gives the row where it went.
    fn carry(self, row: &Element, up: bool) -> Option<Element> {
        let other = if up { row.previous_element_sibling() } else { row.next_element_sibling() }?;
        let (mine, theirs) = (controls(row), controls(&other));
        for (one, two) in mine.iter().zip(&theirs) {
            if matches!(one.type_().as_str(), "radio" | "checkbox") {
                // Radios of one group: the one to be marked is marked last.
                let (first, second) = (one.checked(), two.checked());
                one.set_checked(false);
                two.set_checked(first);
                if second {
                    one.set_checked(true);
                }
            } else {
                let words = one.value();
                one.set_value(&two.value());
                two.set_value(&words);
            }
        }
        self.changed();
        Some(other)
    }
}

/// Puts the focus on the first of these within; false, when there is none.
fn focus(within: &Element, selector: &str) -> bool {
    let found = within.query_selector(selector).ok().flatten().and_then(|found| found.dyn_into::<HtmlElement>().ok());
    found.is_some_and(|found| found.focus().is_ok())
}

/// The inputs of a row, in their order.
fn controls(row: &Element) -> Vec<HtmlInputElement> {
    let Ok(found) = row.query_selector_all("input") else { return vec![] };
    (0..found.length()).filter_map(|i| found.item(i)?.dyn_into().ok()).collect()
}

/// The next save, by hand too, names this revision.
fn keep_revision(revision: i64) {
    let field = form().and_then(|form| form.query_selector("input[name=revision]").ok().flatten());
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        field.set_value(&revision.to_string());
    }
}

/// Does it after a pause, counted anew from the last time it was asked for.
fn later(due: StoredValue<Option<TimeoutHandle>>, after: Duration, act: impl FnOnce() + 'static) {
    if let Some(handle) = due.get_value() {
        handle.clear();
    }
    due.set_value(set_timeout_with_handle(act, after).ok());
}
