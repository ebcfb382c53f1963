//! When the time of a sheet is up: what the rules of its round give, and what organisers gave while it was sat.

use crate::Failure;
use domain::{
    Millis, Timestamp,
    attempt::GRACE,
    contest::RoundChange,
    id::{AccountId, RoundId},
};
use engine::store::Database;
use load::rows;

/// What the rules of a round say, as far as invariants rest on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruled {
    /// Attempts for each person.
    pub attempts: i64,
    /// Time to work on the paper.
    pub duration: Millis,
    /// When it closes, as it was opened.
    pub closes_at: Timestamp,
    /// What was given while people sat, in its order.
    pub given: Vec<Given>,
}

/// Time that organisers gave in the round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// The round was paused.
    Pause {
        /// From …
        since: Timestamp,
        /// … to.
        until: Timestamp,
    },
    /// It closes later.
    Close {
        /// Decided when.
        at: Timestamp,
        /// The new closing.
        closes_at: Timestamp,
    },
    /// Extra time.
    Extra {
        /// Decided when.
        at: Timestamp,
        /// For one; none: for the one unit of all.
        to: Option<AccountId>,
        /// How much.
        extra: Millis,
    },
}

impl Given {
    /// When it began to hold.
    pub const fn since(&self) -> Timestamp {
        match self {
            Self::Pause { since: at, .. } | Self::Close { at, .. } | Self::Extra { at, .. } => *at,
        }
    }

    /// The moments at which an organiser must have pressed.
    pub fn pressed(&self) -> Vec<Timestamp> {
        match self {
            Self::Pause { since, until } => vec![*since, *until],
            Self::Close { at, .. } | Self::Extra { at, .. } => vec![*at],
        }
    }
}

/// A sheet while time is given to it.
struct Running {
    due: Timestamp,
    /// How long pauses held it.
    held: Millis,
    /// Its extra time.
    extra: Millis,
}

impl Ruled {
    /// When the time of a sheet is up that this person began then, as it stands at this moment (of its ending at the latest).
    pub fn due(&self, (person, began): (AccountId, Timestamp), at: Timestamp) -> Timestamp {
        let (mut closes, mut extra) = (self.closes_at, Millis(0));
        let mut sheet: Option<Running> = None;
        let full = |held: Millis, closes: Timestamp, extra: Millis| (began + self.duration + held).min(closes) + extra;
        let fresh = |closes, extra| Running { due: full(Millis(0), closes, extra), held: Millis(0), extra };
        for given in &self.given {
            match *given {
                Given::Pause { since, until } => {
                    if began < until {
                        let sheet = sheet.get_or_insert_with(|| fresh(closes, extra));
                        let held = at.min(until) - since.max(began).min(at);
                        if sheet.due > since {
                            (sheet.due, sheet.held) = (sheet.due + held, sheet.held + held);
                        }
                    }
                    if closes > since {
                        closes = closes + (until - since);
                    }
                }
                Given::Close { at: decided, closes_at } => {
                    if began < decided {
                        let sheet = sheet.get_or_insert_with(|| fresh(closes, extra));
                        if decided <= at {
                            sheet.due = sheet.due.max(full(sheet.held, closes_at, sheet.extra));
                        }
                    }
                    closes = closes_at;
                }
                Given::Extra { at: decided, to, extra: more } if to.is_none_or(|to| to == person) => {
                    if began < decided {
                        let sheet = sheet.get_or_insert_with(|| fresh(closes, extra));
                        if decided <= at && sheet.due >= decided - GRACE {
                            (sheet.due, sheet.extra) = (sheet.due + more, sheet.extra + more);
                        }
                    }
                    extra = extra + more;
                }
                Given::Extra { .. } => {}
            }
        }
        sheet.unwrap_or_else(|| fresh(closes, extra)).due
    }

    /// Whether a pause had lasted longer than this by then, for a sheet whose time was up then without it.
    pub fn is_held(&self, due: Timestamp, (at, longer): (Timestamp, Millis)) -> bool {
        self.given.iter().any(|given| match *given {
            Given::Pause { since, until } => due > since && at > since + longer && at < until,
            Given::Close { .. } | Given::Extra { .. } => false,
        })
    }
}

/// What organisers gave in this round, read past the product; a pause that is still on has given nothing yet.
///
/// # Errors
/// When the database cannot be read.
pub async fn given_in(store: &Database, round: RoundId) -> Result<Vec<Given>, Failure> {
    let pauses: Vec<(Timestamp, Timestamp)> =
        rows!(store, "select began_at, ended_at from round_pause where round_id = $1 and ended_at is not null", round);
    let extra: Vec<(Timestamp, Option<AccountId>, Millis)> = rows!(
        store,
        "select c.decided_at, g.account_id, g.extra
         from round_grant g
         join round_change c on c.id = g.change_id
         where g.round_id = $1 and g.extra > 0",
        round,
    );
    let changes: Vec<(Timestamp, String)> =
        rows!(store, "select decided_at, what from round_change where round_id = $1 and state = 'done'", round);
    let mut given: Vec<Given> = pauses.into_iter().map(|(since, until)| Given::Pause { since, until }).collect();
    given.extend(extra.into_iter().map(|(at, to, extra)| Given::Extra { at, to, extra }));
    for (at, what) in changes {
        if let RoundChange::ExtendClose { closes } = serde_json::from_str(&what)? {
            given.push(Given::Close { at, closes_at: closes });
        }
    }
    given.sort_by_key(Given::since);
    Ok(given)
}

/// How many running sheets got time by the pauses and grants of the round, each as often as it did.
///
/// # Errors
/// When the database cannot be read.
pub async fn sheets_given(store: &Database, round: RoundId) -> Result<usize, Failure> {
    let given: Vec<(i64,)> = rows!(
        store,
        "select sheets from round_pause where round_id = $1 union all select sheets from round_grant where round_id = $1",
        round,
    );
    Ok(usize::try_from(given.iter().map(|row| row.0).sum::<i64>())?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const OPENED: Timestamp = Timestamp(1_795_395_600_000);
    const LAN: AccountId = AccountId(Uuid::from_u128(1));
    const NAM: AccountId = AccountId(Uuid::from_u128(2));

    fn after(minutes: i64) -> Timestamp {
        OPENED + Millis::minutes(minutes)
    }

    /// Twenty minutes for the paper, open for an hour.
    fn ruled(given: &[Given]) -> Ruled {
        Ruled { attempts: 1, duration: Millis::minutes(20), closes_at: after(60), given: given.to_vec() }
    }

    fn due(given: &[Given], began: i64, at: i64) -> Timestamp {
        ruled(given).due((LAN, after(began)), after(at))
    }

    #[test]
    fn without_anything_given_it_is_the_duration_or_the_close() {
        assert_eq!((due(&[], 10, 1_000), due(&[], 50, 1_000)), (after(30), after(60)));
    }

    #[test]
    fn a_pause_moves_by_as_much_as_it_held() {
        let pause = [Given::Pause { since: after(20), until: after(25) }];
        let moved = [(10, 19, 30), (10, 22, 32), (10, 25, 35), (10, 99, 35), (45, 99, 65), (50, 99, 65), (22, 24, 44), (22, 99, 45)];
        for (began, at, ends) in moved {
            assert_eq!(due(&pause, began, at), after(ends), "began at {began}, looked at {at}");
        }
        assert_eq!(due(&pause, 0, 99), after(20), "its time was up when the pause began");
        let two = [pause[0], Given::Pause { since: after(30), until: after(40) }];
        assert_eq!((due(&two, 10, 99), due(&two, 50, 99)), (after(45), after(70)));
        assert_eq!((due(&two, 24, 99), due(&two, 41, 99)), (after(55), after(61)));
    }

    #[test]
    fn a_later_close_and_extra_time_come_on_top() {
        let close = Given::Close { at: after(55), closes_at: after(65) };
        assert_eq!((due(&[close], 50, 54), due(&[close], 50, 55), due(&[close], 56, 99)), (after(60), after(65), after(65)));
        let extra = |to| Given::Extra { at: after(30), to, extra: Millis::minutes(10) };
        assert_eq!((due(&[extra(None)], 20, 29), due(&[extra(None)], 20, 30)), (after(40), after(50)));
        assert_eq!((due(&[extra(Some(LAN))], 45, 99), due(&[extra(Some(NAM))], 45, 99)), (after(70), after(60)));
        assert_eq!(due(&[extra(None)], 5, 99), after(25), "its time was up");
        let pause = Given::Pause { since: after(25), until: after(35) };
        assert_eq!(due(&[pause, extra(None)], 20, 99), after(60), "granted in the pause");
        assert_eq!(due(&[pause, extra(None), close], 45, 99), after(75));
    }

    #[test]
    fn a_pause_holds_what_had_not_ended() {
        let ruled = ruled(&[Given::Pause { since: after(20), until: after(25) }]);
        assert!(ruled.is_held(after(30), (after(22), GRACE)) && !ruled.is_held(after(30), (after(20), GRACE)));
        assert!(!ruled.is_held(after(20), (after(22), GRACE)) && !ruled.is_held(after(30), (after(26), GRACE)));
    }
}
