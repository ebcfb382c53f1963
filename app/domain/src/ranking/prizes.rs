//! Who is given which prize: from the highest prize down, until the prizes or the people run out.

use crate::id::PrizeId;

words! {
    /// How the organiser settled a tie that crosses the end of a prize.
    pub enum TieRuling {
        /// Everybody in the tie shares what is left of the prize.
        Divide = "divide", "Chia đều giải";
        /// Lots were drawn, with minutes.
        Lots = "lots", "Bốc thăm";
    }
}

words! {
    /// Where a prize stands on its way to the winner.
    pub enum AwardState {
        /// Given by the order, not looked at yet.
        Proposed = "proposed", "Chờ xác minh";
        /// The winner was checked.
        Verified = "verified", "Đã xác minh";
        /// Taken back; the place passed to the next.
        Withdrawn = "withdrawn", "Đã rút";
    }
}

/// A prize on offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// The prize.
    pub prize: PrizeId,
    /// How many there are.
    pub quantity: i64,
}

/// Somebody who may be given a prize, with the place reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate<I> {
    /// The person or unit.
    pub id: I,
    /// The place; shared by equals.
    pub place: i64,
}

/// What the organiser decided about the tie at the end of a prize.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieDecision<I> {
    /// The prize.
    pub prize: PrizeId,
    /// How it was settled.
    pub ruling: TieRuling,
    /// Lots: the drawn ones in the order drawn, reserves behind. Divide: everybody who shares.
    pub chosen: Vec<I>,
}

/// A prize that is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given<I> {
    /// The prize.
    pub prize: PrizeId,
    /// To whom.
    pub id: I,
    /// The place reached.
    pub place: i64,
}

/// A tie that waits for the organiser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenTie<I> {
    /// The prize whose end it crosses.
    pub prize: PrizeId,
    /// How many of it are left.
    pub seats: i64,
    /// The shared place.
    pub place: i64,
    /// Everybody in the tie.
    pub among: Vec<I>,
}

/// The outcome of giving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation<I> {
    /// What is given, the highest prize first.
    pub given: Vec<Given<I>>,
    /// The tie at which it stopped: nothing below it can be given before it is decided.
    pub open: Option<OpenTie<I>>,
}

/// Gives the prizes, the highest first, to the candidates in the order of their places.
///
/// Candidates are those who may receive one: whoever withdrew or already holds a prize is left out before.
pub fn allocate<I: Copy + Eq>(offers: &[Offer], candidates: &[Candidate<I>], decisions: &[TieDecision<I>]) -> Allocation<I> {
    let mut rest = candidates.to_vec();
    let mut given = Vec::new();
    for offer in offers {
        let mut seats = usize::try_from(offer.quantity).unwrap_or(0);
        while let (true, Some(place)) = (seats > 0, rest.first().map(|first| first.place)) {
            let group: Vec<I> = rest.iter().take_while(|candidate| candidate.place == place).map(|candidate| candidate.id).collect();
            let receivers = if group.len() <= seats { Some(group.clone()) } else { settle(offer.prize, seats, &group, decisions) };
            let Some(receivers) = receivers else {
                let open = OpenTie { prize: offer.prize, seats: i64::try_from(seats).unwrap_or(i64::MAX), place, among: group };
                return Allocation { given, open: Some(open) };
            };
            given.extend(receivers.iter().map(|id| Given { prize: offer.prize, id: *id, place }));
            rest.retain(|candidate| !receivers.contains(&candidate.id));
            seats = seats.saturating_sub(receivers.len());
        }
    }
    Allocation { given, open: None }
}

/// Who receives the prize's last seats by the organiser's decision, if it still fits the tie.
fn settle<I: Copy + Eq>(prize: PrizeId, seats: usize, group: &[I], decisions: &[TieDecision<I>]) -> Option<Vec<I>> {
    let decision = decisions.iter().find(|decision| decision.prize == prize)?;
    match decision.ruling {
        TieRuling::Divide => group.iter().all(|id| decision.chosen.contains(id)).then(|| group.to_vec()),
        TieRuling::Lots => {
            let drawn: Vec<I> = decision.chosen.iter().filter(|id| group.contains(id)).take(seats).copied().collect();
            (drawn.len() == seats).then_some(drawn)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn offers(quantities: &[i64]) -> Vec<Offer> {
        (1_u128..).zip(quantities).map(|(i, quantity)| Offer { prize: PrizeId(Uuid::from_u128(i)), quantity: *quantity }).collect()
    }

    fn people(places: &[i64]) -> Vec<Candidate<usize>> {
        places.iter().enumerate().map(|(id, place)| Candidate { id, place: *place }).collect()
    }

    fn table(allocation: &Allocation<usize>) -> Vec<(u128, usize)> {
        allocation.given.iter().map(|given| (given.prize.0.as_u128(), given.id)).collect()
    }

    #[test]
    fn prizes_go_down_the_places() {
        let allocation = allocate(&offers(&[1, 2]), &people(&[1, 2, 3, 4]), &[]);
        assert_eq!(table(&allocation), [(1, 0), (2, 1), (2, 2)]);
        assert_eq!(allocation.open, None);
    }

    #[test]
    fn a_tie_inside_one_prize_needs_no_decision() {
        let allocation = allocate(&offers(&[2]), &people(&[1, 1, 3]), &[]);
        assert_eq!((table(&allocation), allocation.open), (vec![(1, 0), (1, 1)], None));
    }

    #[test]
    fn a_tie_across_the_last_prize_is_reported() {
        let allocation = allocate(&offers(&[1, 2]), &people(&[1, 2, 3, 3, 3]), &[]);
        assert_eq!(table(&allocation), [(1, 0), (2, 1)]);
        let open = allocation.open.expect("a tie");
        assert_eq!((open.prize.0.as_u128(), open.seats, open.place, open.among), (2, 1, 3, vec![2, 3, 4]));
    }

    #[test]
    fn a_divided_prize_goes_to_everybody_in_the_tie() {
        let decision = TieDecision { prize: offers(&[1])[0].prize, ruling: TieRuling::Divide, chosen: vec![0, 1] };
        let allocation = allocate(&offers(&[1, 1]), &people(&[1, 1, 3]), &[decision]);
        assert_eq!(table(&allocation), [(1, 0), (1, 1), (2, 2)]);
    }

    #[test]
    fn drawn_lots_give_the_seat_and_the_others_stay_in_line() {
        let decision = TieDecision { prize: offers(&[1])[0].prize, ruling: TieRuling::Lots, chosen: vec![1] };
        let allocation = allocate(&offers(&[1, 1]), &people(&[1, 1, 3]), &[decision]);
        assert_eq!(table(&allocation), [(1, 1), (2, 0)]);
    }

    #[test]
    fn a_decision_that_no_longer_fits_opens_the_tie_again() {
        let lots = TieDecision { prize: offers(&[1])[0].prize, ruling: TieRuling::Lots, chosen: vec![9] };
        assert!(allocate(&offers(&[1]), &people(&[1, 1]), std::slice::from_ref(&lots)).open.is_some());
        let divide = TieDecision { ruling: TieRuling::Divide, chosen: vec![0], ..lots.clone() };
        assert!(allocate(&offers(&[1]), &people(&[1, 1]), &[divide]).open.is_some());
        let with_reserve = TieDecision { chosen: vec![9, 1], ..lots };
        assert_eq!(table(&allocate(&offers(&[1]), &people(&[1, 1]), &[with_reserve])), [(1, 1)]);
    }

    proptest! {
        #[test]
        fn nobody_gets_two_and_nobody_is_passed_over(
            quantities in proptest::collection::vec(0_i64..4, 0..5),
            steps in proptest::collection::vec(any::<bool>(), 0..20),
        ) {
            let mut places = Vec::new();
            for (line, fresh) in (1_i64..).zip(&steps) {
                let place = if *fresh { line } else { places.last().copied().unwrap_or(1) };
                places.push(place);
            }
            let allocation = allocate(&offers(&quantities), &people(&places), &[]);
            let mut receivers: Vec<usize> = allocation.given.iter().map(|given| given.id).collect();
            // Without decisions the receivers are a head of the table, each once.
            prop_assert_eq!(&receivers, &(0..receivers.len()).collect::<Vec<_>>());
            receivers.dedup();
            for (i, offer) in offers(&quantities).iter().enumerate() {
                let count = allocation.given.iter().filter(|given| given.prize == offer.prize).count();
                prop_assert!(i64::try_from(count).unwrap_or(i64::MAX) <= quantities[i]);
            }
            if allocation.open.is_none() {
                let seats = usize::try_from(quantities.iter().sum::<i64>()).unwrap_or(0);
                prop_assert_eq!(receivers.len(), seats.min(places.len()));
            }
        }
    }
}
