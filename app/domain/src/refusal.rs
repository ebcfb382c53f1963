//! Why a person is refused: one closed set of reasons, each with its words and its status.
//!
//! No reason carries free text: some travel in URLs and any page may show them.

use serde::{Deserialize, Serialize};

/// The name of a form field, as it stands in `name="…"`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Field(pub std::borrow::Cow<'static, str>);

impl Field {
    /// A field whose name is known when the program is written.
    pub const fn named(name: &'static str) -> Self {
        Self(std::borrow::Cow::Borrowed(name))
    }

    /// The `i`-th field of a repeated group: `option` and 2 give `option2`.
    pub fn nth(name: &str, i: usize) -> Self {
        Self(std::borrow::Cow::Owned(format!("{name}{i}")))
    }
}

impl From<&'static str> for Field {
    fn from(name: &'static str) -> Self {
        Self::named(name)
    }
}

/// The refusals of one form, each at its field.
pub type Refused = Vec<(Field, Refusal)>;

macro_rules! refusals {
    ($($(#[$meta:meta])* $variant:ident = $status:literal, $words:literal;)+) => {
        /// Why a request was refused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Refusal { $($(#[$meta])* $variant,)+ }

        impl Refusal {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The HTTP status of a page that shows this reason (RFC 9110).
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)+ }
            }

            /// What the person reads: what happened and what to do.
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)+ }
            }
        }
    };
}

refusals! {
    // Everywhere
    /// Nothing of this name exists, or it is none of the caller's business.
    NotFound = 404, "Không tìm thấy trang hoặc nội dung này.";
    /// The caller has not signed in.
    SignInFirst = 401, "Anh/chị cần đăng nhập để tiếp tục.";
    /// The caller's role does not allow it.
    NotAllowed = 403, "Tài khoản của anh/chị chưa được cấp quyền dùng trang này.";
    /// The request did not come from one of our own pages.
    ForeignOrigin = 403, "Yêu cầu không đến từ trang của Hội thi. Xin mở lại trang và thử lại.";
    /// The body exceeds its limit.
    TooLarge = 413, "Nội dung gửi lên quá lớn.";
    /// Too many requests of this account or address.
    TooMany = 429, "Anh/chị thao tác quá nhanh. Xin chờ một phút rồi thử lại.";
    /// What was sent did not arrive in time.
    TooSlow = 408, "Kết nối quá chậm nên máy chủ chưa nhận đủ nội dung. Xin kiểm tra mạng rồi gửi lại.";
    /// What was asked cannot be understood: an address or a method that nothing here answers.
    NotUnderstood = 400, "Máy chủ không hiểu yêu cầu này. Xin mở lại trang và thử lại.";
    /// The server has more work than it can queue.
    Busy = 503, "Máy chủ đang bận. Xin thử lại sau ít giây.";
    /// Something broke on our side; the log has the details.
    Broken = 500, "Có lỗi xảy ra ở máy chủ. Dữ liệu đã lưu vẫn còn nguyên, xin thử lại.";
    /// A required field is empty.
    Required = 422, "Xin nhập mục này.";
    /// A choice is not one of those offered.
    NotOffered = 422, "Xin chọn một trong các mục có sẵn.";
    /// A text exceeds its length.
    TooLong = 422, "Nội dung quá dài.";
    /// A text is too short to mean anything.
    TooShort = 422, "Nội dung quá ngắn.";
    /// A number cannot be read.
    NotANumber = 422, "Xin nhập một số.";
    /// A number lies outside its bounds.
    OutOfRange = 422, "Số nằm ngoài khoảng cho phép.";
    /// A date or time cannot be read.
    NotAMoment = 422, "Xin nhập ngày, giờ theo mẫu 23/11/2026 08:00.";
    /// A date cannot be read.
    NotADate = 422, "Xin nhập ngày theo mẫu 23/11/2026.";
    /// Somebody else changed it in the meantime.
    ChangedMeanwhile = 409, "Nội dung này vừa được người khác thay đổi. Xin mở lại trang để xem bản mới.";
    /// The steps were taken in the wrong order.
    WrongOrder = 409, "Chưa thể làm bước này. Xin làm các bước trước đó.";
    /// It has been done already.
    AlreadyDone = 409, "Việc này đã được thực hiện.";
    /// The same person may not do both steps.
    SecondPerson = 403, "Bước này phải do người thứ hai thực hiện.";
    /// A reason must be given.
    ReasonNeeded = 422, "Xin ghi rõ lý do.";
    /// A slug has other signs than a–z, 0–9 and hyphens.
    BadSlug = 422, "Đường dẫn chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối.";
    /// A name or slug is taken.
    Taken = 409, "Tên này đã được dùng.";

    // identity
    /// The login and password do not match, whichever of the two is wrong.
    WrongSignIn = 422, "Tên đăng nhập hoặc mật khẩu chưa đúng.";
    /// Too many wrong sign-ins; see `identity::throttle`.
    TooManySignIns = 429, "Đã nhập sai nhiều lần. Xin chờ 15 phút rồi thử lại, hoặc xin đầu mối đơn vị cấp mã đặt lại mật khẩu.";
    /// Too many wrong one-time codes from this network; see `identity::throttle`.
    TooManyCodes = 429, "Mạng này đã nhập sai mã nhiều lần. Xin chờ 15 phút, hoặc dùng mạng khác (ví dụ 4G) rồi nhập lại mã.";
    /// Too many sign-ups from this network; see `identity::throttle`.
    TooManySignUps = 429, "Mạng này vừa đăng ký quá nhiều tài khoản. Xin thử lại sau một giờ, hoặc dùng mạng khác (ví dụ 4G).";
    /// A login has a form we do not accept.
    BadLogin = 422, "Tên đăng nhập là số điện thoại 10 chữ số, hoặc tên gồm chữ không dấu, chữ số, dấu chấm (từ 4 ký tự).";
    /// Not a phone number of ten digits.
    BadPhone = 422, "Số điện thoại gồm 10 chữ số, bắt đầu bằng số 0.";
    /// A name holds signs that no name has.
    BadName = 422, "Xin ghi họ và tên bằng chữ, không có chữ số hay ký hiệu.";
    /// A day on which nobody who enters was born.
    BadBirthDate = 422, "Ngày sinh này chưa hợp lý. Xin kiểm tra lại năm sinh.";
    /// The present password is wrong.
    WrongPassword = 422, "Mật khẩu hiện tại chưa đúng.";
    /// The password contains the login.
    PasswordIsLogin = 422, "Mật khẩu không được chứa tên đăng nhập.";
    /// A login is in use.
    LoginTaken = 409, "Tên đăng nhập này đã có người dùng.";
    /// A password is shorter than eight characters.
    PasswordShort = 422, "Mật khẩu cần ít nhất 8 ký tự.";
    /// A password is common or names the place.
    PasswordCommon = 422, "Mật khẩu này quá phổ biến, dễ bị đoán. Xin chọn mật khẩu khác.";
    /// The consent to processing was not given.
    ConsentNeeded = 422, "Cần đồng ý cho xử lý dữ liệu thì mới tạo được tài khoản dự thi.";
    /// The consent to processing has ended, and nothing new is begun on it.
    ConsentEnded = 409, "Thời hạn anh/chị đồng ý cho xử lý dữ liệu đã hết. Xin gia hạn ở trang “Dữ liệu của tôi” rồi dự thi tiếp.";
    /// The one-time code is unknown, used or expired.
    CodeInvalid = 422, "Mã không đúng, đã dùng hoặc đã hết hạn. Xin hỏi đầu mối đơn vị để nhận mã mới.";
    /// No such unit, or it is not open for this audience.
    UnitUnknown = 422, "Xin chọn đơn vị trong danh sách.";
    /// The unit can no longer be changed by oneself.
    UnitFixed = 409, "Anh/chị đã có lượt dự thi nên không tự đổi đơn vị được. Xin liên hệ đầu mối đơn vị.";
    /// A coordinator does not choose another unit: what the role shows is given for one.
    UnitCoordinated = 409, "Anh/chị là đầu mối của đơn vị nên không tự đổi đơn vị được. Xin gửi đề nghị đổi đơn vị; khi được chuyển, vai trò đầu mối ở đơn vị cũ kết thúc.";
    /// Nine digits: the old identity card.
    OldIdNumber = 422, "Đây là số CMND cũ (9 chữ số). Xin nhập số định danh cá nhân 12 chữ số trên căn cước.";
    /// Not twelve digits.
    BadIdNumber = 422, "Số định danh cá nhân gồm 12 chữ số.";
    /// The number is in use; whose account it is stays unsaid.
    IdNumberHeld = 409, "Chưa ghi nhận được số này. Xin gọi đường dây hỗ trợ, Ban Tổ chức sẽ kiểm tra giúp anh/chị.";
    /// A file cannot be read as the table it should be.
    UnreadableSheet = 422, "Không đọc được tệp này. Xin dùng tệp .xlsx hoặc .csv theo mẫu.";
    /// A roster still has faults.
    RosterFaulty = 422, "Danh sách còn lỗi nên chưa nhận được. Xin sửa tệp rồi tải lên lại.";
    /// A roster says nothing new.
    RosterUnchanged = 409, "Danh sách này không có gì mới so với dữ liệu hiện có.";
    /// No account has this login; only said to those who manage people.
    LoginUnknown = 422, "Không có tài khoản với tên đăng nhập này.";
    /// The last administrator would lose the role.
    LastAdmin = 409, "Đây là quản trị viên cuối cùng nên chưa thu hồi được quyền. Xin phân quyền cho người khác trước.";
    /// A unit would stand above itself.
    UnitCircle = 422, "Đơn vị cấp trên không thể là chính đơn vị này hoặc đơn vị trực thuộc của nó.";
    /// A unit would end before it begins.
    UnitEndsTooEarly = 422, "Ngày hết hiệu lực phải sau ngày có hiệu lực.";
    /// A coordinator needs a unit.
    UnitNeeded = 409, "Tài khoản này chưa có đơn vị nên chưa giao làm đầu mối được.";
    /// A file's type is not accepted.
    BadFile = 422, "Loại tệp này không được nhận.";

    // bank
    /// An option is empty.
    OptionEmpty = 422, "Phương án này đang trống.";
    /// Two options read the same.
    OptionTwice = 422, "Có hai phương án giống nhau.";
    /// Too few or too many options.
    OptionCount = 422, "Số phương án chưa phù hợp với dạng câu hỏi.";
    /// No right answer is marked, or too many.
    KeyMissing = 422, "Xin đánh dấu đáp án đúng.";
    /// The question has no legal basis.
    LegalBasisMissing = 422, "Xin ghi căn cứ pháp lý.";
    /// The author may not review the own question.
    OwnQuestion = 403, "Người ra đề không thẩm định câu hỏi của chính mình.";
    /// Somebody who reviewed a question may not write its next version.
    ReviewedQuestion = 403, "Anh/chị đã thẩm định câu hỏi này nên không soạn phiên bản mới của nó.";
    /// A pinned option where nothing is shuffled, or too many of them.
    PinMisplaced = 422, "Chỉ giữ nguyên vị trí ở câu chọn phương án, và phải còn ít nhất hai phương án được xáo trộn.";
    /// A question with several right answers has fewer than two.
    TwoKeysNeeded = 422, "Dạng câu này cần ít nhất hai đáp án đúng.";
    /// A validity ends before it begins.
    EndsTooEarly = 422, "Ngày hết hiệu lực phải sau ngày có hiệu lực.";
    /// A topic still has questions or topics below it.
    TopicInUse = 409, "Chủ đề này còn câu hỏi hoặc chủ đề con nên chưa xóa được.";
    /// The version was served and cannot change.
    VersionServed = 409, "Phiên bản này đã dùng trong đề thi nên không sửa được. Xin tạo phiên bản mới.";

    // contest
    /// The round closes before it opens.
    ClosesTooEarly = 422, "Giờ đóng phải sau giờ mở.";
    /// The bank has fewer questions than a cell of the blueprint asks.
    BlueprintUncovered = 409, "Ngân hàng chưa đủ câu hỏi cho ma trận đề.";
    /// A round lacks something that it needs to open.
    NotReady = 409, "Đợt thi còn thiếu nội dung nên chưa mở được. Xin xem danh sách việc còn thiếu.";
    /// The round is frozen; a change needs a reason and a second person.
    Frozen = 409, "Đợt thi đã chốt cấu hình. Xin dùng mục “Thay đổi sau khi chốt”.";
    /// A draft that was public before is not removed: its notices stay to be read.
    RoundWasPublic = 409, "Đợt thi này đã từng được công bố nên không xóa được. Xin chốt lại, rồi hủy ở mục “Thay đổi sau khi chốt”.";
    /// Organisers, authors and reviewers of the bank may not take part.
    Excluded = 403, "Người tổ chức, ra đề và thẩm định của cuộc thi không được dự thi.";
    /// A person takes part in one division only.
    OtherDivision = 403, "Anh/chị đã dự thi ở bảng khác của đợt này.";
    /// The round has no division for this audience.
    NoDivision = 403, "Đợt thi này không dành cho đối tượng của anh/chị.";
    /// The address of a public contest stays as it was announced.
    SlugFixed = 409, "Cuộc thi đã công bố nên không đổi đường dẫn được.";
    /// A link does not lead to a page on the web.
    BadAddress = 422, "Xin nhập đường dẫn bắt đầu bằng https://.";
    /// A help line holds no phone number that can be dialled.
    BadHelpLine = 422, "Xin ghi số điện thoại gọi được, ví dụ 0255 3822 123, 1900 1234 hoặc 1022.";
    /// A value stands twice where it may stand once.
    Repeated = 422, "Mục này bị lặp lại.";
    /// A lower prize is worth more than a higher one.
    PrizeOrder = 422, "Giải thấp hơn có giá trị cao hơn giải trên. Xin xếp từ giải cao xuống.";
    /// A percentage has more decimals than the rule counts.
    TooManyDecimals = 422, "Số chữ số sau dấu phẩy nhiều hơn quy định.";
    /// The contest is not announced, or is over.
    ContestNotRunning = 409, "Cuộc thi chưa mở hoặc đã kết thúc.";
    /// Somebody who competes in a contest that is not over would see its keys or totals.
    StillCompetes = 409, "Người này đã dự thi một cuộc thi chưa kết thúc, nên chưa giao được vai trò xem đáp án hoặc số liệu. Xin chờ cuộc thi công bố xong, hoặc giao cho người khác.";
    /// Somebody who took part may not be excluded from what is already counted.
    TookPartAlready = 409, "Người này đã có lượt dự thi. Xin dùng bước rà soát để không công nhận kết quả.";
    /// No such account.
    AccountUnknown = 422, "Không tìm thấy tài khoản có tên đăng nhập này.";
    /// The contest must be entered before its papers are sat.
    EnterFirst = 409, "Anh/chị cần vào cuộc thi trước khi làm bài.";
    /// The e-mail address cannot be read.
    BadEmail = 422, "Xin nhập e-mail đầy đủ, ví dụ ten@quangngai.gov.vn.";

    // attempt
    /// The round has not opened.
    NotOpen = 409, "Đợt thi chưa mở.";
    /// The round has closed.
    Closed = 409, "Đợt thi đã đóng.";
    /// No attempts are left.
    NoAttemptsLeft = 409, "Anh/chị đã dùng hết số lượt dự thi.";
    /// Another tab or device has the sheet.
    TakenOver = 409, "Bài thi đang được làm ở thẻ hoặc thiết bị khác.";
    /// The sheet has been handed in.
    HandedIn = 409, "Bài thi này đã nộp.";
    /// The time and its grace are over.
    TooLate = 409, "Đã hết thời gian làm bài.";
    /// The save repeats a number with other content.
    SaveConflict = 409, "Lần lưu này trùng số thứ tự với một lần lưu khác. Xin tải lại bài thi.";
    /// A plain page had not seen the newest save of its sheet.
    SavedSince = 409, "Sau khi trang này mở, bài đã được lưu thêm một lần. Câu trả lời ở trang này vẫn còn: bấm “Lưu” để thay bản đã lưu.";
    /// As many questions to the jury wait for an answer as may.
    QuestionsWaiting = 409, "Anh/chị đang có 5 câu hỏi chờ trả lời. Xin chờ Ban Giám khảo trả lời rồi hỏi tiếp.";
    /// An answer cannot be read.
    BadAnswer = 422, "Câu trả lời không đọc được.";
    /// A prediction could mean two numbers.
    AmbiguousNumber = 422, "Số này có thể hiểu theo hai cách. Xin nhập lại, ví dụ 14492 hoặc 14.492; phần thập phân dùng dấu phẩy, ví dụ 88,37.";

    /// The round is paused.
    Paused = 423, "Ban Tổ chức tạm dừng đợt thi. Thời gian làm bài của anh/chị được giữ nguyên.";
    /// Nobody of the contest has this login or code; only said to organisers.
    EntrantUnknown = 422, "Không có người dự thi nào của cuộc thi này với tên đăng nhập hoặc mã dự thi đó.";
    /// A person and a unit were named where one of the two is meant.
    EitherOr = 422, "Xin chỉ ghi một người, hoặc chỉ chọn một đơn vị.";
    /// A late start that ends before the round closes, or in the past.
    NotLater = 422, "Thời điểm phải sau giờ đóng của đợt thi và sau giờ hiện tại.";
    /// Somebody may still start, by a grant.
    LateStartOpen = 409, "Còn người được bắt đầu muộn. Xin chờ hết thời điểm đã cho rồi rà soát.";

    // results
    /// Results are not published.
    NotPublished = 404, "Kết quả chưa được công bố.";
    /// A winner has not been verified.
    Unverified = 409, "Còn người đạt giải chưa được xác minh.";
    /// A tie across the last prize has not been decided.
    TieOpen = 409, "Còn trường hợp bằng điểm ở giải cuối chưa được quyết định.";
    /// Some sheets have not ended.
    SheetsRunning = 409, "Còn bài thi chưa kết thúc.";
    /// Some flagged entries have not been decided.
    FlagsOpen = 409, "Còn bài bị đánh dấu chưa được quyết định.";
    /// The round has not closed.
    StillOpen = 409, "Đợt thi chưa đóng.";
    /// What was decided does not fit the tie.
    NotInTie = 422, "Danh sách phải gồm những người (đơn vị) đang bằng nhau và đủ cho số giải còn lại.";
    /// The contest asks winners for the identity number, and this one has not given it.
    NumberMissing = 409, "Người đạt giải chưa bổ sung số định danh cá nhân nên chưa xác minh được.";
    /// The prizes of the contest rest on all of its rounds, and this ranking does not fit what is public of the others.
    ContestNotSummed = 409, "Giải toàn cuộc thi cộng kết quả của mọi đợt. Xin công bố các đợt khác trước, rồi xếp hạng lại đợt này.";
    /// Simulated entries are for simulated contests only.
    NotSimulated = 403, "Dữ liệu mô phỏng chỉ dùng được cho cuộc thi mô phỏng.";

    // library
    /// What is public keeps its address.
    AddressFixed = 409, "Nội dung đã công khai nên giữ nguyên đường dẫn.";
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.words())
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_says_something_and_is_an_error() {
        for refusal in Refusal::ALL {
            assert!(refusal.words().ends_with('.'), "{refusal:?} is a sentence");
            assert!((400..600).contains(&refusal.status()), "{refusal:?} is an error");
        }
    }
}
