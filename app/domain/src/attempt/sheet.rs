//! The sheet: every answer of one attempt, in displayed numbers, and its canonical bytes.

/// One answer, as the contestant sees it: displayed numbers from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Answer {
    /// Nothing yet.
    #[default]
    Blank,
    /// The chosen options, ascending.
    Options(Vec<u8>),
    /// For each displayed item the place it is given; 0: none yet.
    Order(Vec<u8>),
    /// For each displayed left-hand term the displayed right-hand term; 0: none yet.
    Pairs(Vec<u8>),
    /// A number in units of `10^-decimals`.
    Number {
        /// The value, scaled.
        scaled: i64,
        /// How many decimals were typed.
        decimals: u8,
    },
    /// Words: a short text, or what was typed as a number and cannot be read as one.
    Typed(String),
}

/// The answer to the prediction question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Guess {
    /// Nothing yet.
    #[default]
    Blank,
    /// A number in units of the rule's decimals.
    Value(i64),
    /// What was typed and cannot be read; it counts as blank.
    Typed(String),
}

/// A whole sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// One answer for each place of the paper.
    pub answers: Vec<Answer>,
    /// Which places the contestant wants to look at again, ascending, from 0.
    pub flagged: Vec<u16>,
    /// The prediction.
    pub guess: Guess,
}

/// Stored bytes are not what they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are not canonical")]
pub struct Unreadable;

/// Typed words are cut after so many bytes.
pub(super) const TYPED_BYTES: usize = 200;
const VERSION: u8 = 1;

impl Answer {
    /// Whether anything was answered.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::Options(numbers) | Self::Order(numbers) | Self::Pairs(numbers) => numbers.iter().all(|number| *number == 0),
            Self::Number { .. } => false,
            Self::Typed(words) => words.is_empty(),
        }
    }

    /// Whether nothing of it is missing: a half-filled order is not yet an answer.
    pub fn is_complete(&self) -> bool {
        match self {
            Self::Order(numbers) | Self::Pairs(numbers) => !numbers.is_empty() && !numbers.contains(&0),
            other => !other.is_blank(),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Blank => out.push(0),
            Self::Options(numbers) => write_short(out, 1, numbers),
            Self::Order(numbers) => write_short(out, 2, numbers),
            Self::Pairs(numbers) => write_short(out, 3, numbers),
            Self::Number { scaled, decimals } => {
                out.push(4);
                out.extend(scaled.to_be_bytes());
                out.push(*decimals);
            }
            Self::Typed(words) => write_short(out, 5, words.as_bytes()),
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Unreadable> {
        Ok(match reader.u8()? {
            0 => Self::Blank,
            1 => Self::Options(reader.short()?.to_vec()),
            2 => Self::Order(reader.short()?.to_vec()),
            3 => Self::Pairs(reader.short()?.to_vec()),
            4 => Self::Number { scaled: i64::from_be_bytes(reader.array()?), decimals: reader.u8()? },
            5 => Self::Typed(reader.words()?),
            _ => return Err(Unreadable),
        })
    }
}

impl Guess {
    /// The number, if there is one.
    pub fn value(&self) -> Option<i64> {
        match self {
            Self::Value(value) => Some(*value),
            Self::Blank | Self::Typed(_) => None,
        }
    }

    /// What the field showed: the typed words, or the number with so many decimals.
    pub fn typed(&self, decimals: u32) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Value(value) => crate::vietnamese::decimal(*value, decimals),
            Self::Typed(words) => words.clone(),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Blank => out.push(0),
            Self::Value(value) => {
                out.push(1);
                out.extend(value.to_be_bytes());
            }
            Self::Typed(words) => write_short(out, 2, words.as_bytes()),
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Unreadable> {
        Ok(match reader.u8()? {
            0 => Self::Blank,
            1 => Self::Value(i64::from_be_bytes(reader.array()?)),
            2 => Self::Typed(reader.words()?),
            _ => return Err(Unreadable),
        })
    }
}

impl Sheet {
    /// A sheet of so many questions on which nothing is answered.
    pub fn blank(questions: usize) -> Self {
        Self { answers: vec![Answer::Blank; questions], flagged: Vec::new(), guess: Guess::Blank }
    }

    /// How many questions are answered; the prediction is not one of them.
    pub fn answered(&self) -> usize {
        self.answers.iter().filter(|answer| answer.is_complete()).count()
    }

    /// The displayed numbers of the questions that are not answered, from 1.
    pub fn unanswered(&self) -> Vec<usize> {
        (1..).zip(&self.answers).filter(|(_, answer)| !answer.is_complete()).map(|(number, _)| number).collect()
    }

    /// The fields of a form that says the same, as [`super::read_form`] reads them.
    pub fn fields(&self, typed_guess: &str) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        for (number, answer) in (1..).zip(&self.answers) {
            match answer {
                Answer::Blank => {}
                Answer::Options(chosen) => fields.extend(chosen.iter().map(|one| (format!("q{number}"), one.to_string()))),
                Answer::Order(given) | Answer::Pairs(given) => {
                    let given = (1..).zip(given).filter(|(_, one)| **one > 0);
                    fields.extend(given.map(|(item, one): (usize, &u8)| (format!("q{number}_{item}"), one.to_string())));
                }
                Answer::Number { scaled, decimals } => {
                    fields.push((format!("q{number}"), crate::vietnamese::decimal(*scaled, (*decimals).into())));
                }
                Answer::Typed(words) => fields.push((format!("q{number}"), words.clone())),
            }
        }
        fields.extend(self.flagged.iter().map(|place| (format!("f{}", place + 1), "1".to_owned())));
        if !typed_guess.is_empty() {
            fields.push(("prediction".to_owned(), typed_guess.to_owned()));
        }
        fields
    }

    /// The canonical bytes: version, count, each answer with its tag, flagged places, the prediction.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(8 + self.answers.len() * 3 + self.flagged.len() * 2);
        out.push(VERSION);
        write_count(&mut out, self.answers.len());
        for answer in &self.answers {
            answer.write(&mut out);
        }
        write_count(&mut out, self.flagged.len());
        for place in &self.flagged {
            out.extend(place.to_be_bytes());
        }
        self.guess.write(&mut out);
        out
    }

    /// Reads canonical bytes back.
    ///
    /// # Errors
    /// When the bytes are not the canonical bytes of a sheet.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut reader = Reader::new(bytes);
        if reader.u8()? != VERSION {
            return Err(Unreadable);
        }
        let answers = (0..reader.u16()?).map(|_| Answer::read(&mut reader)).collect::<Result<_, _>>()?;
        let flagged = (0..reader.u16()?).map(|_| reader.u16()).collect::<Result<_, _>>()?;
        let guess = Guess::read(&mut reader)?;
        reader.end()?;
        Ok(Self { answers, flagged, guess })
    }
}

fn write_count(out: &mut Vec<u8>, count: usize) {
    out.extend(u16::try_from(count).unwrap_or(u16::MAX).to_be_bytes());
}

/// A tag, a length of one byte, the bytes.
fn write_short(out: &mut Vec<u8>, tag: u8, bytes: &[u8]) {
    let length = u8::try_from(bytes.len()).unwrap_or(u8::MAX);
    out.push(tag);
    out.push(length);
    out.extend(&bytes[..usize::from(length)]);
}

/// Reads fixed-width big-endian values off a slice.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Unreadable> {
        let (head, rest) = self.rest.split_first_chunk::<N>().ok_or(Unreadable)?;
        self.rest = rest;
        Ok(*head)
    }

    pub(super) fn u8(&mut self) -> Result<u8, Unreadable> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(super) fn u16(&mut self) -> Result<u16, Unreadable> {
        self.array().map(u16::from_be_bytes)
    }

    /// Bytes after their length of one byte.
    pub(super) fn short(&mut self) -> Result<&'a [u8], Unreadable> {
        let length = usize::from(self.u8()?);
        let (head, rest) = self.rest.split_at_checked(length).ok_or(Unreadable)?;
        self.rest = rest;
        Ok(head)
    }

    fn words(&mut self) -> Result<String, Unreadable> {
        std::str::from_utf8(self.short()?).map(str::to_owned).map_err(|_| Unreadable)
    }

    pub(super) fn end(self) -> Result<(), Unreadable> {
        if self.rest.is_empty() { Ok(()) } else { Err(Unreadable) }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Any sheet.
    pub(in crate::attempt) fn any_sheet() -> impl Strategy<Value = Sheet> {
        let numbers = || proptest::collection::vec(any::<u8>(), 0..9);
        let answer = prop_oneof![
            Just(Answer::Blank),
            numbers().prop_map(Answer::Options),
            numbers().prop_map(Answer::Order),
            numbers().prop_map(Answer::Pairs),
            (any::<i64>(), 0_u8..7).prop_map(|(scaled, decimals)| Answer::Number { scaled, decimals }),
            "\\PC{0,40}".prop_map(Answer::Typed),
        ];
        let guess = prop_oneof![Just(Guess::Blank), any::<i64>().prop_map(Guess::Value), "\\PC{0,40}".prop_map(Guess::Typed)];
        (proptest::collection::vec(answer, 0..30), proptest::collection::vec(any::<u16>(), 0..5), guess)
            .prop_map(|(answers, flagged, guess)| Sheet { answers, flagged, guess })
    }

    #[test]
    fn the_bytes_are_those_of_the_test_vectors() {
        let sheet = Sheet {
            answers: vec![
                Answer::Blank,
                Answer::Options(vec![2]),
                Answer::Order(vec![3, 1, 0]),
                Answer::Pairs(vec![2, 1]),
                Answer::Number { scaled: -8_837, decimals: 2 },
                Answer::Typed("một".to_owned()),
            ],
            flagged: vec![1, 4],
            guess: Guess::Value(14_492),
        };
        let expected = [
            &[1, 0, 6, 0, 1, 1, 2, 2, 3, 3, 1, 0, 3, 2, 2, 1, 4][..],
            &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xdd, 0x7b, 2],
            &[5, 5, b'm', 0xe1, 0xbb, 0x99, b't'],
            &[0, 2, 0, 1, 0, 4, 1, 0, 0, 0, 0, 0, 0, 0x38, 0x9c],
        ]
        .concat();
        assert_eq!(sheet.to_bytes(), expected);
    }

    #[test]
    fn a_half_filled_order_is_not_answered_yet() {
        let sheet = Sheet { answers: vec![Answer::Order(vec![1, 0]), Answer::Order(vec![2, 1]), Answer::Blank], ..Sheet::default() };
        assert_eq!(sheet.answered(), 1);
        assert_eq!(sheet.unanswered(), [1, 3]);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(sheet in any_sheet()) {
            prop_assert_eq!(Sheet::from_bytes(&sheet.to_bytes()), Ok(sheet));
        }

        #[test]
        fn other_bytes_never_panic_and_have_one_form(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            if let Ok(sheet) = Sheet::from_bytes(&bytes) {
                prop_assert_eq!(sheet.to_bytes(), bytes);
            }
        }
    }
}
