//! A world in which something real stands behind every address of the site.

use crate::{RoundPlan, SLUG, SimulatedPlan, SimulatedRound, World, network, to_person};
use domain::{
    Millis, Timestamp,
    contest::RoundForm,
    id::{ArticleId, AttemptId, ChangeId, QuestionId, RequestId, RoundId, TopicId, UnitId},
    identity::Role,
    library::ArticleForm,
};
use engine::{Caller, identity::MissingUnit, library::ArticleEdit};

/// The address of the contest whose first round is published.
pub const PUBLISHED: &str = "cai-cach-hanh-chinh-2026";
/// The unit that everybody belongs to.
pub const UNIT: &str = "so-noi-vu";

/// What there is: a contest with a draft and an open round, one with a published and a ranked round, and something of
/// everything else.
pub struct Town {
    /// Who sits the paper: of [`UNIT`], in both contests.
    pub contestant: Caller,
    /// The address of the contest that is under way: [`SLUG`].
    pub contest: &'static str,
    /// A round of it that is being set up.
    pub draft: RoundId,
    /// The round of it that is open.
    pub open: RoundId,
    /// The second round of [`PUBLISHED`]: ranked, and its winners asked for their identity numbers.
    pub ranked: RoundId,
    /// The first round of [`PUBLISHED`].
    pub published: RoundId,
    /// The address of a contest whose one round, the open one, has a live board.
    pub live: &'static str,
    /// The contestant's sheet of the open round.
    pub attempt: AttemptId,
    /// Extra time that was granted to the contestant there.
    pub change: ChangeId,
    /// A draft of the author.
    pub question: QuestionId,
    /// A topic below one of the heads.
    pub topic: TopicId,
    /// [`UNIT`].
    pub unit: UnitId,
    /// A unit that somebody misses.
    pub request: RequestId,
    /// An article that is not published.
    pub article: ArticleId,
    /// A roster that organiser and administrator have each tried.
    pub roster: String,
    /// When all of it was made.
    pub made_at: Timestamp,
}

/// The address of the article that is published.
pub const NEWS: &str = "phat-dong-cuoc-thi";

impl World {
    /// Makes all of it; the clock stands within the open round.
    ///
    /// # Panics
    /// When a deed is refused.
    pub async fn town(&self) -> Town {
        let published = self.round_with_winners(1).await;
        self.publish(&published).await;
        let ranked = self.ranked_round().await;
        let form = RoundForm { live_board: true, ..RoundPlan::default().form };
        let live = RoundPlan { slug: "bang-truc-tiep", predicts: false, form, ..RoundPlan::default() };
        self.open_round(&live).await;
        let open = self.open_round(&RoundPlan::default()).await;
        let next = RoundPlan { label: "Tuần 2", opens_in: Millis::days(10), ..RoundPlan::default() };
        let draft = self.draft_round(&next).await;
        let contestant = self.contestant("Nguyễn Thị Lan", UNIT).await;
        self.enters(&contestant, SLUG).await;
        let attempt = self.engine.start(&contestant, open).await.expect("the attempt starts");
        let change = self.grants(open, &to_person(&contestant, "time", "5")).await;
        let writing = self.writing("2").await;
        let question = self.engine.draft_question(&self.author().await, &writing).await.expect("the question is begun");
        Town {
            contest: SLUG,
            live: live.slug,
            draft,
            open,
            ranked,
            published: published.id,
            attempt,
            change,
            question,
            topic: self.engine.add_topic(&self.author().await, writing.topic, "Dịch vụ bưu chính").await.expect("a topic below a head"),
            unit: self.unit(UNIT).await,
            request: self.missed_unit().await,
            article: self.articles().await,
            roster: self.tried_roster().await,
            made_at: self.now(),
            contestant,
        }
    }

    async fn round_with_winners(&self, position: i64) -> SimulatedRound {
        let plan = SimulatedPlan { slug: PUBLISHED, position, one_prize_each: false, ..SimulatedPlan::default() };
        let round = self.simulated_round(&plan).await;
        for (name, unit, minutes) in [("Nguyễn Thị Lan", UNIT, 9), ("Trần Văn Minh", "so-y-te", 8), ("Phan Thị Cúc", UNIT, 7)] {
            let person = self.contestant(name, unit).await;
            self.may_be_named(&person).await;
            self.sat(&round, &person, minutes, 10, Some(minutes)).await;
        }
        round
    }

    async fn ranked_round(&self) -> RoundId {
        let (organiser, round) = (self.organiser().await, self.round_with_winners(2).await.id);
        let asks = "update contest set id_number = 'winners_only' where id = (select contest_id from round where id = $1)";
        self.run(asks, &[round.0]).await;
        self.wind(Millis::hours(2));
        self.engine.begin_review(&organiser, round).await.expect("the review begins");
        self.engine.rank_round(&organiser, round).await.expect("the round is ranked");
        self.engine.ask_winners(&organiser, round).await.expect("the winners are asked");
        round
    }

    async fn missed_unit(&self) -> RequestId {
        let form =
            MissingUnit { phone: "0905 123 456".into(), audience: "civil_servant".into(), block: "so-nganh".into(), parent: String::new() };
        self.engine.report_missing_unit(None, &form, &network("192.0.2.1")).await.expect("reported");
        self.engine.requests(&self.organiser().await, None, None).await.expect("the requests").first().expect("one").id
    }

    /// A published article and a draft; gives the draft.
    async fn articles(&self) -> ArticleId {
        let editor = self.editor().await;
        let article = |slug: &str| ArticleEdit {
            form: ArticleForm {
                kind: "news".into(),
                slug: slug.into(),
                title: "Phát động cuộc thi".into(),
                summary: "Một dòng tóm tắt.".into(),
                body: "Nội dung.".into(),
                ..ArticleForm::default()
            },
            ..ArticleEdit::default()
        };
        let news = self.engine.write_article(&editor, &article(NEWS)).await.expect("written");
        self.engine.publish_article(&editor, news).await.expect("published");
        self.engine.write_article(&editor, &article("bai-chua-dang")).await.expect("written")
    }

    async fn tried_roster(&self) -> String {
        let file = "login,full_name,unit\nphan.van.tam,Phan Văn Tám,so-noi-vu\n".as_bytes().to_vec();
        self.engine.try_roster(&self.admin().await, "can-bo.csv", file.clone()).await.expect("tried");
        self.engine.try_roster(&self.organiser().await, "can-bo.csv", file).await.expect("tried").hash
    }

    /// The person of the stories who holds this role; the contestant and the coordinator are of [`UNIT`].
    pub async fn holder(&self, role: Role) -> Caller {
        match role {
            Role::Contestant => self.contestant("Nguyễn Thị Lan", UNIT).await,
            Role::Coordinator => self.coordinator(UNIT).await,
            Role::Author => self.author().await,
            Role::Reviewer => self.reviewer().await,
            Role::Editor => self.editor().await,
            Role::Organiser => self.organiser().await,
            Role::Admin => self.admin().await,
            Role::Auditor => self.auditor().await,
        }
    }
}

impl Town {
    /// Every address of this pattern that is worth an answer of its own: how it differs, and the address.
    ///
    /// # Panics
    /// When the pattern has a part that this town does not know.
    pub fn addresses(&self, pattern: &str) -> Vec<(&'static str, String)> {
        if pattern.contains("{round}") {
            let rounds = [("draft", self.draft), ("open", self.open), ("ranked", self.ranked), ("published", self.published)];
            return rounds.into_iter().map(|(stage, round)| (stage, self.fill(pattern, self.contest, &round.to_string()))).collect();
        }
        if pattern.contains("{position}") {
            let rounds = [("open", self.contest, "1"), ("live", self.live, "1"), ("ranked", PUBLISHED, "2"), ("published", PUBLISHED, "1")];
            return rounds.into_iter().map(|(stage, slug, position)| (stage, self.fill(pattern, slug, position))).collect();
        }
        let slug = if pattern.contains("/tin-tuc/{slug}") && !pattern.starts_with("/cuoc-thi") { NEWS } else { self.contest };
        vec![("", self.fill(pattern, slug, ""))]
    }

    fn fill(&self, pattern: &str, slug: &str, round: &str) -> String {
        let part = |part: &str| match part {
            "{slug}" => slug.to_owned(),
            "{round}" | "{position}" => round.to_owned(),
            "{file}" => "ket-qua.xlsx".to_owned(),
            "{code}" => UNIT.to_owned(),
            "{bang}" => "civil_servant".to_owned(),
            "{account}" => self.contestant.account.to_string(),
            "{article}" => self.article.to_string(),
            "{attempt}" => self.attempt.to_string(),
            "{change}" => self.change.to_string(),
            "{hash}" => self.roster.clone(),
            "{question}" => self.question.to_string(),
            "{request}" => self.request.to_string(),
            "{topic}" => self.topic.to_string(),
            // Begun when everything was made.
            "{trial}" => self.made_at.0.to_string(),
            "{unit}" => self.unit.to_string(),
            part if part.starts_with('{') => panic!("{pattern}: there is no {part} in the town"),
            part => part.to_owned(),
        };
        pattern.split('/').map(part).collect::<Vec<_>>().join("/")
    }
}
