//! Reading the audit log.

use domain::{Millis, Refusal, identity::Role};
use engine::identity::AuditFilter;
use tests::{refused, story};

story!(the_log_is_read_newest_first_and_narrowed, |world| {
    let admin = world.admin().await;
    let tam = world.auditor().await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.engine.grant_role(&admin, lan.account, Role::Author).await.expect("granted");
    world.wind(Millis::days(2));
    world.engine.withdraw_role(&admin, lan.account, Role::Author).await.expect("withdrawn");
    let all = world.engine.audit_log(&tam, &AuditFilter::default()).await.expect("read");
    assert_eq!(all.lines[0].words(), "Thu hồi quyền");
    assert_eq!((all.lines[0].full_name.as_deref(), all.lines[0].subject_name.as_deref()), (Some("Bùi Đức Long"), Some("Nguyễn Thị Lan")));
    let by_deed = AuditFilter { deed: "identity.grant_role".into(), ..AuditFilter::default() };
    assert_eq!(world.engine.audit_log(&tam, &by_deed).await.expect("read").found, 1);
    let by_person = AuditFilter { who: "duc long".into(), ..AuditFilter::default() };
    assert_eq!(world.engine.audit_log(&tam, &by_person).await.expect("read").found, 2);
    let by_subject = AuditFilter {
        subject: lan.account.to_string(),
        until: "24/11/2026".into(),
        deed: "identity.withdraw_role".into(),
        ..AuditFilter::default()
    };
    assert_eq!(world.engine.audit_log(&tam, &by_subject).await.expect("read").found, 0);
    let by_day = AuditFilter { from: "25/11/2026".into(), until: "2026-11-25".into(), ..AuditFilter::default() };
    assert_eq!(world.engine.audit_log(&tam, &by_day).await.expect("read").found, 1);
});

story!(the_log_is_for_auditors_and_administrators, |world| {
    refused!(world.engine.audit_log(&world.organiser().await, &AuditFilter::default()).await, Refusal::NotAllowed);
    assert!(world.engine.audit_log(&world.admin().await, &AuditFilter::default()).await.is_ok());
});
