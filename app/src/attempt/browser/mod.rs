//! The sheet in the browser: one half-second beat drives clock, saving, pulse and lock.
//!
//! What was answered is on the page, what was acknowledged is on the server; between the two stands a
//! draft in the browser's storage, so that a closed page loses nothing.

mod clock;
mod draft;
mod fields;
mod paper;
mod post;
mod tell;

use super::wire::Said;
use clock::ServerClock;
use leptos::{prelude::set_interval, task::spawn_local};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    rc::Rc,
    time::Duration,
};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Document, Element, Event, HtmlFormElement};

/// Milliseconds between beats.
const BEAT: u64 = 500;
/// A chosen option is saved so soon …
const AFTER_CHOICE: f64 = 400.0;
/// … typed words a little later.
const AFTER_TYPING: f64 = 1_200.0;
/// A pulse about so often, and as much earlier or later by chance.
const PULSE: f64 = 10_000.0;
const PULSE_SPREAD: f64 = 2_000.0;
/// After the deadline the server still takes what is on its way for so long.
const GRACE: f64 = 30_000.0;

/// Where this page stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Not yet told that this page has the sheet.
    Claiming,
    /// Taking answers.
    Running,
    /// The time is up: what is queued is sent, then the sheet is handed in.
    Locked,
    /// Another tab or device has the sheet.
    Taken,
    /// On the way to another page.
    Leaving,
}

struct Keeper {
    address: String,
    document: Document,
    form: HtmlFormElement,
    clock: ServerClock,
    state: Cell<State>,
    deadline: Cell<f64>,
    hold: Cell<i64>,
    /// Of the newest save that was sent, and of the newest that was acknowledged.
    seq: Cell<i64>,
    known: Cell<i64>,
    /// Fields that were changed since what the server acknowledged.
    unsaved: RefCell<BTreeSet<String>>,
    sending: Cell<bool>,
    failures: Cell<u32>,
    /// When the next save may leave, and when the next pulse is due, by the page's own clock.
    save_at: Cell<f64>,
    pulse_at: Cell<f64>,
    announced: Cell<f64>,
    handing_in: Cell<bool>,
    single: Cell<bool>,
    current: Cell<usize>,
}

/// Takes over the form on this page.
pub fn keep(attempt: String, deadline: i64, now: i64, hold: i64, seq: i64) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Some(form) = document.get_element_by_id("bai-thi").and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else { return };
    let clock = ServerClock::rendered(post::ms(now));
    let deadline = post::ms(deadline);
    let keeper = Rc::new(Keeper {
        address: format!("/thi/{attempt}"),
        announced: Cell::new(deadline - clock.now()),
        document,
        form,
        clock,
        state: Cell::new(State::Claiming),
        deadline: Cell::new(deadline),
        hold: Cell::new(hold),
        seq: Cell::new(seq),
        known: Cell::new(seq),
        unsaved: RefCell::default(),
        sending: Cell::new(false),
        failures: Cell::new(0),
        save_at: Cell::new(0.0),
        pulse_at: Cell::new(0.0),
        handing_in: Cell::new(false),
        single: Cell::new(false),
        current: Cell::new(1),
    });
    if hold > 0 && draft::hold(&keeper.address) == Some(hold) {
        keeper.state.set(State::Running);
        keeper.restore_draft();
    }
    keeper.listen();
    keeper.count();
    keeper.offer_single();
    keeper.beat();
    let beating = Rc::clone(&keeper);
    set_interval(move || beating.beat(), Duration::from_millis(BEAT));
}

impl Keeper {
    fn listen(self: &Rc<Self>) {
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
        if !matches!(self.state.get(), State::Running | State::Claiming | State::Taken) {
            return;
        }
        self.unsaved.borrow_mut().insert(name);
        if self.failures.get() == 0 {
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

    /// One beat: at most one request is under way at a time.
    fn beat(self: &Rc<Self>) {
        let now = clock::page();
        let left = self.deadline.get() - self.clock.now();
        match self.state.get() {
            State::Claiming => {
                self.show_clock(left);
                if self.may_send(now) {
                    self.claim();
                }
            }
            State::Running => {
                self.show_clock(left);
                if left <= 0.0 {
                    self.lock();
                } else if self.is_unsaved() {
                    if self.handing_in.get() {
                        self.say_waiting();
                    }
                    if self.may_send(now) {
                        self.send();
                    }
                } else if self.handing_in.get() && !self.sending.get() {
                    self.leave("/nop", false);
                } else if !self.sending.get() && now >= self.pulse_at.get() {
                    self.ask_pulse();
                }
            }
            State::Locked => {
                self.show_clock(0.0);
                if left < -GRACE && !self.sending.get() {
                    self.leave("/ket-qua", true);
                } else if self.may_send(now) {
                    if self.is_unsaved() { self.send() } else { self.finish() }
                }
            }
            State::Taken => self.show_clock(left),
            State::Leaving => {}
        }
    }

    fn may_send(&self, now: f64) -> bool {
        !self.sending.get() && now >= self.save_at.get()
    }

    fn is_unsaved(&self) -> bool {
        !self.unsaved.borrow().is_empty()
    }

    /// Takes the sheet into this page; the one that had it is told.
    fn claim(self: &Rc<Self>) {
        self.request("", Some("deed=take-over".to_owned()), |keeper, said| {
            keeper.hold.set(said.hold);
            keeper.seq.set(said.seq);
            keeper.known.set(said.seq);
            draft::remember_hold(&keeper.address, said.hold);
            keeper.hide_notice();
            keeper.form.set_attribute("data-state", "running").ok();
            keeper.state.set(State::Running);
            fields::apply(&keeper.form, &said.fields, &keeper.unsaved.borrow());
            keeper.restore_draft();
            keeper.count();
        });
    }

    /// A save that was sent without an answer may or may not have arrived: the draft outlives both.
    fn keep_draft(&self) {
        draft::keep(&self.address, (self.known.get(), self.seq.get()), &fields::encode(&self.form));
    }

    /// What was answered here before the page was closed, if nobody else saved since.
    fn restore_draft(&self) {
        let Some((ours, drafted)) = draft::read(&self.address) else { return };
        if !ours.contains(&self.seq.get()) {
            draft::drop(&self.address);
            return;
        }
        let changed = fields::apply(&self.form, &drafted, &self.unsaved.borrow());
        self.unsaved.borrow_mut().extend(changed);
    }

    /// Sends the whole sheet under the next number.
    fn send(self: &Rc<Self>) {
        let seq = self.seq.get() + 1;
        let sent = std::mem::take(&mut *self.unsaved.borrow_mut());
        let body = format!("{}&hold={}&seq={seq}", fields::encode(&self.form), self.hold.get());
        // A number is used once: a save whose answer was lost is sent anew under the next one.
        self.seq.set(seq);
        self.keep_draft();
        if self.failures.get() == 0 {
            self.say("saving", "Đang lưu…");
        }
        let keeper = Rc::clone(self);
        self.sending.set(true);
        spawn_local(async move {
            let heard = post::ask(&keeper.address, Some(body)).await;
            keeper.sending.set(false);
            if !matches!(&heard, Ok((200, _, _))) {
                keeper.unsaved.borrow_mut().extend(sent);
            }
            keeper.hear(heard, move |keeper, said| {
                if said.seq > seq {
                    return keeper.taken("");
                }
                if !keeper.is_unsaved() {
                    draft::drop(&keeper.address);
                }
                keeper.known.set(said.seq);
                keeper.acknowledged(&said);
            });
        });
    }

    fn acknowledged(&self, said: &Said) {
        self.say("saved", &format!("Đã lưu {}", clock::of_day(said.at)));
        self.show_unread(said);
    }

    fn ask_pulse(self: &Rc<Self>) {
        self.request("/nhip", None, |keeper, said| {
            if !said.running {
                keeper.leave("/ket-qua", true);
            } else if said.hold != keeper.hold.get() || said.seq > keeper.seq.get() {
                keeper.taken("");
            }
        });
    }

    /// Everything is acknowledged and the time is up: hand in.
    fn finish(self: &Rc<Self>) {
        self.request("/nop", Some(String::new()), |keeper, _| {
            draft::drop(&keeper.address);
            keeper.leave("/ket-qua", true);
        });
    }

    fn request(self: &Rc<Self>, door: &str, body: Option<String>, then: fn(&Rc<Self>, Said)) {
        let keeper = Rc::clone(self);
        let address = format!("{}{door}", self.address);
        self.sending.set(true);
        spawn_local(async move {
            let heard = post::ask(&address, body).await;
            keeper.sending.set(false);
            keeper.hear(heard, then);
        });
    }

    /// What came back, or that nothing did.
    fn hear(self: &Rc<Self>, heard: Result<post::Heard, post::Unheard>, then: impl FnOnce(&Rc<Self>, Said)) {
        let now = clock::page();
        self.pulse_at.set(now + PULSE + (js_sys::Math::random() * 2.0 - 1.0) * PULSE_SPREAD);
        match heard {
            Ok((200, said, round_trip)) => {
                self.failures.set(0);
                if said.now > 0 {
                    self.clock.hear(post::ms(said.now), round_trip);
                }
                if said.deadline > 0 {
                    self.deadline.set(post::ms(said.deadline));
                }
                then(self, said);
            }
            Ok((401, ..)) => self.signed_out(),
            Ok((409, said, _)) => match said.refusal.as_str() {
                "HandedIn" | "TooLate" => self.leave("/ket-qua", true),
                _ => self.taken(&said.words),
            },
            Ok((404, ..)) => self.leave("", true),
            Ok(_) | Err(post::Unheard) => self.unheard(),
        }
        self.beat();
    }

    /// Nobody answered: try again, a little later each time.
    fn unheard(&self) {
        let failures = self.failures.get() + 1;
        self.failures.set(failures);
        let wait = (1_000.0 * f64::from(1_u32 << failures.min(4))).min(15_000.0);
        let wait = if self.state.get() == State::Locked { wait.min(2_000.0) } else { wait };
        self.save_at.set(clock::page() + wait);
        self.pulse_at.set(clock::page() + wait);
        self.say_offline();
    }

    fn lock(self: &Rc<Self>) {
        self.state.set(State::Locked);
        self.save_at.set(0.0);
        self.form.set_attribute("data-state", "locked").ok();
        self.show_locked();
        self.beat();
    }

    /// Goes to another page of this attempt; `for_good`: Back does not return here.
    fn leave(&self, to: &str, for_good: bool) {
        self.state.set(State::Leaving);
        let Some(window) = web_sys::window() else { return };
        let address = format!("{}{to}", self.address);
        let gone = if for_good { window.location().replace(&address) } else { window.location().assign(&address) };
        let _ = gone;
    }
}
