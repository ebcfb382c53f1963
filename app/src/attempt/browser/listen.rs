//! What happens on the page: answers that change, buttons and links, keys, waking up.

use super::{Keeper, State, clock, fields};
use std::rc::Rc;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event};

/// A chosen option is saved so soon …
const AFTER_CHOICE: f64 = 400.0;
/// … typed words a little later.
const AFTER_TYPING: f64 = 1_200.0;

impl Keeper {
    /// Listens to the form, the window and the document.
    pub fn listen(self: &Rc<Self>) {
        for name in ["input", "change"] {
            self.on(self.form.as_ref(), name, Self::changed);
        }
        self.on(self.form.as_ref(), "click", Self::clicked);
        self.on(self.form.as_ref(), "keydown", Self::pressed);
        self.on(self.form.as_ref(), "submit", |keeper, event| {
            event.prevent_default();
            keeper.save_at.set(0.0);
            keeper.beat();
        });
        let Some(window) = web_sys::window() else { return };
        for name in ["online", "pageshow", "focus"] {
            self.on(window.as_ref(), name, Self::awakened);
        }
        self.on(self.document.as_ref(), "visibilitychange", Self::awakened);
    }

    fn on(self: &Rc<Self>, target: &web_sys::EventTarget, name: &str, act: fn(&Rc<Self>, &Event)) {
        let keeper = Rc::clone(self);
        let heard = Closure::<dyn FnMut(Event)>::new(move |event: Event| act(&keeper, &event));
        // The page lives as long as its listeners.
        let _ = target.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
        heard.forget();
    }

    /// Back from sleep, from the network's absence or from another page: ask and send at once.
    fn awakened(self: &Rc<Self>, _event: &Event) {
        self.pulse_at.set(0.0);
        self.save_at.set(0.0);
        self.beat();
    }

    fn changed(self: &Rc<Self>, event: &Event) {
        let Some((name, typed)) = event.target().and_then(|target| fields::named(&target)) else { return };
        if !matches!(self.state.get(), State::Running | State::Claiming | State::Taken | State::Paused) {
            return;
        }
        self.unsaved.borrow_mut().insert(name);
        if self.failures.get() == 0 && self.state.get() != State::Paused {
            self.save_at.set(clock::page() + if typed { AFTER_TYPING } else { AFTER_CHOICE });
        }
        self.keep_draft();
        self.count();
        if self.state.get() == State::Running {
            self.say("queued", "Đang chờ lưu…");
        }
    }

    fn clicked(self: &Rc<Self>, event: &Event) {
        if self.state.get() == State::Locked {
            event.prevent_default();
            return;
        }
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        if let Ok(Some(button)) = target.closest("button[name=deed]") {
            event.prevent_default();
            if button.get_attribute("value").as_deref() == Some("hand-in") {
                self.handing_in.set(true);
            }
            self.save_at.set(0.0);
            self.beat();
        } else if let Ok(Some(seen)) = target.closest("#co-loi-nhan") {
            let _ = seen.set_attribute("hidden", "");
        } else if let Ok(Some(link)) = target.closest("a[href^='#']") {
            self.follow(event, &link.get_attribute("href").unwrap_or_default());
        } else if let Ok(Some(_)) = target.closest("#kieu-xem button") {
            self.toggle_single();
        } else if let Ok(Some(_)) = target.closest("#tiep-tuc-o-day") {
            self.state.set(State::Claiming);
            self.save_at.set(0.0);
            self.beat();
        }
    }

    /// A locked sheet takes no keys but those that move.
    fn pressed(self: &Rc<Self>, event: &Event) {
        let key = event.dyn_ref::<web_sys::KeyboardEvent>().map(web_sys::KeyboardEvent::key).unwrap_or_default();
        if self.state.get() == State::Locked && !matches!(key.as_str(), "Tab" | "PageUp" | "PageDown" | "Home" | "End") {
            event.prevent_default();
        }
    }
}
