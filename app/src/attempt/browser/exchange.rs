//! Talking to the server: claiming the sheet, saving, the pulse, handing in; what was heard, and silence.

use super::{super::wire::Said, Keeper, State, clock, draft, fields, post};
use leptos::task::spawn_local;
use std::rc::Rc;

/// A deadline that moves by less is not told.
const TOLD: f64 = 30_000.0;

/// A pulse about so often, and as much earlier or later by chance.
const PULSE: f64 = 10_000.0;
const PULSE_SPREAD: f64 = 2_000.0;

impl Keeper {
    /// Takes the sheet into this page; the one that had it is told, and this one says so.
    pub fn claim(self: &Rc<Self>) {
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
            if keeper.elsewhere.replace(false) {
                keeper.show_taken_over();
            }
        });
    }

    /// Sends the whole sheet under the next number.
    pub fn send(self: &Rc<Self>) {
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

    /// Asks who has the sheet and until when.
    pub fn ask_pulse(self: &Rc<Self>) {
        self.request("/nhip", None, |keeper, said| {
            if !said.running {
                keeper.leave("/ket-qua", true);
            } else if said.hold != keeper.hold.get() || said.seq > keeper.seq.get() {
                keeper.taken("");
            }
        });
    }

    /// Everything is acknowledged and the time is up: hand in, unless the server knows of more time.
    pub fn finish(self: &Rc<Self>) {
        self.request("/nop", Some("deed=time-up".to_owned()), |keeper, said| {
            if said.running {
                keeper.save_at.set(clock::page() + 1_000.0);
                return;
            }
            draft::drop(&keeper.address);
            keeper.leave("/ket-qua", true);
        });
    }

    /// Nobody answered: try again, a little later each time.
    pub fn unheard(&self) {
        let failures = self.failures.get() + 1;
        self.failures.set(failures);
        let wait = (1_000.0 * f64::from(1_u32 << failures.min(4))).min(15_000.0);
        let wait = if self.state.get() == State::Locked { wait.min(2_000.0) } else { wait };
        self.save_at.set(clock::page() + wait);
        self.pulse_at.set(clock::page() + wait);
        self.say_offline();
    }

    fn acknowledged(&self, said: &Said) {
        self.say("saved", &format!("Đã lưu {}", clock::of_day(said.at)));
        self.show_unread(said);
    }

    /// Takes over the deadline; tells when there is more time than the page knew of.
    fn move_deadline(&self, deadline: f64, left: f64, paused: bool) {
        let was_paused = self.state.get() == State::Paused;
        let gained = if was_paused { left - self.left.get() } else { deadline - self.deadline.get() };
        self.deadline.set(deadline);
        // The first word of a pause moves the deadline on with the clock: that is no gain.
        if gained >= TOLD && (was_paused || !paused) {
            self.show_more_time(gained);
        }
    }

    fn follow_pause(&self, paused: bool, left: f64) {
        match (self.state.get(), paused) {
            (State::Running | State::Locked, true) => self.pause(left),
            (State::Paused, true) => self.left.set(left),
            (State::Paused, false) => self.go_on(),
            _ => {}
        }
    }

    /// The round is paused, and what was sent came too late for it: it stays here and is sent again when the round goes on.
    fn kept_for_later(&self) {
        self.failures.set(0);
        if matches!(self.state.get(), State::Running | State::Locked) {
            self.pause((self.deadline.get() - self.clock.now()).max(0.0));
            // How much is left, the next pulse knows exactly.
            self.pulse_at.set(0.0);
        }
        self.save_at.set(f64::INFINITY);
        self.say_kept();
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
                let (running, paused, deadline, left) =
                    (said.running, said.paused, post::ms(said.deadline), post::ms(said.deadline - said.now));
                if said.deadline > 0 {
                    self.move_deadline(deadline, left, paused);
                }
                self.show_messages(&said.messages);
                then(self, said);
                if running {
                    self.follow_pause(paused, left);
                }
            }
            Ok((401, ..)) => self.signed_out(),
            Ok((409, said, _)) => match said.refusal.as_str() {
                "HandedIn" | "TooLate" => self.leave("/ket-qua", true),
                _ => self.taken(&said.words),
            },
            Ok((423, ..)) => self.kept_for_later(),
            Ok((404, ..)) => self.leave("", true),
            Ok(_) | Err(post::Unheard) => self.unheard(),
        }
        self.beat();
    }
}
