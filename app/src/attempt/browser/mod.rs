//! The sheet in the browser: one half-second beat drives clock, saving, pulse and lock.
//!
//! What was answered is on the page, what was acknowledged is on the server; between the two stands a
//! draft in the browser's storage, so that a closed page loses nothing.

mod clock;
mod draft;
mod exchange;
mod fields;
mod listen;
mod paper;
mod post;
mod tell;
pub mod trial;
mod words;

use clock::ServerClock;
use leptos::prelude::set_interval;
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    rc::Rc,
    time::Duration,
};
use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlFormElement};

/// Milliseconds between beats.
const BEAT: u64 = 500;
/// After the deadline the server still takes what is on its way for so long.
const GRACE: f64 = 30_000.0;

/// A locked sheet goes on when it was given more than so many milliseconds: less is only the clock being set right.
const MORE: f64 = 2_000.0;

/// Where this page stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Not yet told that this page has the sheet.
    Claiming,
    /// Taking answers.
    Running,
    /// A pause of the round holds the sheet: nothing is answered, and no time passes.
    Paused,
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
    /// Whether another browser had the sheet last, or another tab took it from this page.
    elsewhere: Cell<bool>,
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
    /// In a pause: the time that is left after it.
    left: Cell<f64>,
    handing_in: Cell<bool>,
    single: Cell<bool>,
    current: Cell<usize>,
}

/// Takes over the form on this page, whose sheet has this address.
pub fn keep(address: String, deadline: i64, now: i64, hold: i64, seq: i64) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Some(form) = document.get_element_by_id("bai-thi").and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else { return };
    let clock = ServerClock::rendered(post::ms(now));
    let deadline = post::ms(deadline);
    let elsewhere = hold > 0 && draft::hold_of_browser(&address) != Some(hold);
    let keeper = Rc::new(Keeper {
        address,
        announced: Cell::new(deadline - clock.now()),
        left: Cell::new(deadline - clock.now()),
        document,
        form,
        clock,
        state: Cell::new(State::Claiming),
        deadline: Cell::new(deadline),
        hold: Cell::new(hold),
        elsewhere: Cell::new(elsewhere),
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
            State::Paused => {
                self.show_clock(self.left.get());
                if self.is_unsaved() {
                    // What was on its way when the pause began still counts; after that it waits for the end of the pause.
                    if self.may_send(now) {
                        self.send();
                    } else if !self.sending.get() && now >= self.pulse_at.get() {
                        self.ask_pulse();
                    }
                } else if self.handing_in.get() && !self.sending.get() {
                    self.leave("/nop", false);
                } else if !self.sending.get() && now >= self.pulse_at.get() {
                    self.ask_pulse();
                }
            }
            State::Locked if left > MORE => self.unlock(),
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

    fn lock(self: &Rc<Self>) {
        self.state.set(State::Locked);
        self.save_at.set(0.0);
        self.form.set_attribute("data-state", "locked").ok();
        self.show_locked();
        self.beat();
    }

    /// More time was given while the sheet was locked.
    fn unlock(&self) {
        self.state.set(State::Running);
        self.form.set_attribute("data-state", "running").ok();
        self.show_unlocked();
    }

    /// A pause holds the sheet, which has so much time left.
    fn pause(&self, left: f64) {
        self.state.set(State::Paused);
        self.left.set(left);
        self.save_at.set(0.0);
        self.form.set_attribute("data-state", "paused").ok();
        self.show_paused();
    }

    /// The pause is over: what waits is sent.
    fn go_on(&self) {
        self.state.set(State::Running);
        self.save_at.set(0.0);
        self.form.set_attribute("data-state", "running").ok();
        self.show_going_on();
    }

    /// Goes to another page of this attempt; `for_good`: Back does not return here.
    fn leave(&self, to: &str, for_good: bool) {
        self.state.set(State::Leaving);
        if for_good {
            draft::forget_hold(&self.address);
        }
        let Some(window) = web_sys::window() else { return };
        let address = format!("{}{to}", self.address);
        let gone = if for_good { window.location().replace(&address) } else { window.location().assign(&address) };
        let _ = gone;
    }

    fn may_send(&self, now: f64) -> bool {
        !self.sending.get() && now >= self.save_at.get()
    }

    fn is_unsaved(&self) -> bool {
        !self.unsaved.borrow().is_empty()
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
}
