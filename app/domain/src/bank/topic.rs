//! The tree of topics: the seven heads of the plan, and what lies below them.

use crate::{Refusal, Refused, id::TopicId};

/// The seven heads of the plan (II.1–II.7), with their codes.
pub const HEADS: [(&str, &str); 7] = [
    ("1", "Chủ trương của Đảng, chính sách của Nhà nước về cải cách hành chính"),
    ("2", "Các chỉ số: PAR INDEX, SIPAS, PAPI, PCI, DDCI, DTI"),
    ("3", "Cơ chế một cửa, một cửa liên thông"),
    ("4", "Công khai thủ tục hành chính, dịch vụ công trực tuyến, thanh toán trực tuyến, bưu chính công ích, ứng dụng di động"),
    ("5", "Tiếp nhận, xử lý phản ánh, kiến nghị về quy định hành chính"),
    ("6", "Đổi mới phương thức làm việc, chuyển đổi số"),
    ("7", "Sáng kiến, giải pháp hay, mô hình thí điểm"),
];

/// How deep the tree may grow: a head, its topics, their parts.
const DEEPEST: usize = 3;
/// How long a name may be, in signs.
const LONGEST: usize = 200;

/// A head or subtopic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Which.
    pub id: TopicId,
    /// "2" for a head of the plan, "2.1" below it.
    pub code: String,
    /// What it is about.
    pub name: String,
    /// The topic above it.
    pub parent: Option<TopicId>,
}

impl Topic {
    /// Whether it is one of the plan's heads, which nobody renames or removes.
    pub const fn is_head(&self) -> bool {
        self.parent.is_none()
    }

    /// How deep it lies; a head lies at 1.
    pub fn depth(&self) -> usize {
        self.code.split('.').count()
    }

    /// "2.1. Chỉ số hài lòng".
    pub fn label(&self) -> String {
        format!("{}. {}", self.code, self.name)
    }

    /// Whether it is `other` or lies below it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.code == other.code || self.code.strip_prefix(&other.code).is_some_and(|rest| rest.starts_with('.'))
    }

    /// Where it stands in the tree read from top to bottom: "2.10" after "2.9".
    pub fn place(&self) -> Vec<u32> {
        self.code.split('.').map(|number| number.parse().unwrap_or(u32::MAX)).collect()
    }
}

/// Puts topics in the order of the tree read from top to bottom.
pub fn in_order(mut topics: Vec<Topic>) -> Vec<Topic> {
    topics.sort_by_key(Topic::place);
    topics
}

/// The code of the next topic below `parent`.
///
/// # Errors
/// [`Refusal::OutOfRange`] when the tree would grow too deep.
pub fn next_code(parent: &Topic, topics: &[Topic]) -> Result<String, Refusal> {
    if parent.depth() >= DEEPEST {
        return Err(Refusal::OutOfRange);
    }
    let last = topics.iter().filter(|topic| topic.parent == Some(parent.id)).filter_map(|topic| topic.place().last().copied()).max();
    Ok(format!("{}.{}", parent.code, last.unwrap_or(0) + 1))
}

/// Checks the name of a subtopic among its siblings.
pub fn check_name(name: &str, siblings: &[&Topic]) -> Refused {
    let refusal = match name {
        "" => Some(Refusal::Required),
        name if name.chars().count() > LONGEST => Some(Refusal::TooLong),
        name if siblings.iter().any(|topic| topic.name.to_lowercase() == name.to_lowercase()) => Some(Refusal::Taken),
        _ => None,
    };
    refusal.map(|refusal| ("name".into(), refusal)).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn topic(id: u128, code: &str, parent: Option<u128>) -> Topic {
        Topic {
            id: TopicId(Uuid::from_u128(id)),
            code: code.into(),
            name: format!("Chủ đề {code}"),
            parent: parent.map(|id| TopicId(Uuid::from_u128(id))),
        }
    }

    #[test]
    fn the_plan_has_seven_heads() {
        assert_eq!(HEADS.map(|(code, _)| code), ["1", "2", "3", "4", "5", "6", "7"]);
    }

    #[test]
    fn a_topic_lies_within_itself_and_what_is_above_it() {
        let (two, below, twenty) = (topic(1, "2", None), topic(2, "2.1", Some(1)), topic(3, "20", None));
        assert!(below.is_within(&two) && two.is_within(&two));
        assert!(!two.is_within(&below) && !twenty.is_within(&two));
    }

    #[test]
    fn numbers_in_codes_are_counted_not_spelled() {
        let tree = in_order(vec![topic(1, "2.10", Some(9)), topic(2, "10", None), topic(3, "2.9", Some(9)), topic(9, "2", None)]);
        assert_eq!(tree.iter().map(|topic| topic.code.as_str()).collect::<Vec<_>>(), ["2", "2.9", "2.10", "10"]);
        assert_eq!(next_code(&tree[0], &tree), Ok("2.11".into()));
    }

    #[test]
    fn the_tree_grows_three_deep() {
        let deep = topic(3, "2.1.1", Some(2));
        assert_eq!(next_code(&deep, std::slice::from_ref(&deep)), Err(Refusal::OutOfRange));
    }

    #[test]
    fn a_name_is_needed_and_unlike_its_siblings() {
        let sibling = topic(2, "2.1", Some(1));
        assert_eq!(check_name("", &[]), [("name".into(), Refusal::Required)]);
        assert_eq!(check_name(&"x".repeat(201), &[]), [("name".into(), Refusal::TooLong)]);
        assert_eq!(check_name("CHỦ ĐỀ 2.1", &[&sibling]), [("name".into(), Refusal::Taken)]);
        assert_eq!(check_name("PAPI", &[&sibling]), []);
    }
}
