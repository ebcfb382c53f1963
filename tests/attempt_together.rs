//! Many saves at once: of one person, and of many; on both databases.

use domain::Refusal;
use tests::{SmallRound, World, refused, story};

story!(many_people_who_save_at_once_each_keep_their_own, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let mut sheets = Vec::new();
    for n in 0..33 {
        sheets.push(world.sits(&format!("Người thi {n}"), &small).await);
    }
    // In the second round one of them comes twice with two contents, and fails once.
    for seq in 1..=2 {
        let saves = (0_u32..).zip(&sheets).flat_map(|(n, (person, attempt))| {
            let contents = if seq == 2 && n == 16 { 2 } else { 1 };
            (0..contents).map(move |other| (person, *attempt, n * 10 + seq + other))
        });
        let saves = saves.map(|(person, attempt, guess)| {
            let (engine, person) = (world.engine.clone(), person.clone());
            tokio::spawn(async move {
                let guess = guess.to_string();
                engine.save(&person, attempt, World::save_of(0, seq, &[("prediction", &guess)])).await
            })
        });
        let told = futures::future::join_all(saves).await;
        let conflicts = told.into_iter().filter(|saved| match saved.as_ref().expect("joined") {
            Ok(saved) => {
                assert_eq!(saved.seq, i64::from(seq));
                false
            }
            Err(stop) => {
                assert_eq!(stop.refusal(), Refusal::SaveConflict, "{stop}");
                true
            }
        });
        assert_eq!(conflicts.count(), usize::from(seq == 2));
    }
    let kept = world.count("select cast(count(*) as bigint) from saved_sheet", &[]).await;
    assert_eq!(kept, 2 * 33, "one for each number of each sheet");
    let head_and_save = "select cast(count(*) as bigint) from attempt a
         join saved_sheet s on s.attempt_id = a.id and s.seq = a.seq and s.hash = a.head and s.answers = a.answers
         where a.seq = 2 and a.saved_at = s.received_at and a.prediction is not null";
    assert_eq!(world.count(head_and_save, &[]).await, 33);
    let findings = world.engine.prove_round(small.round).await.expect("proved");
    assert_eq!(findings.found, []);
});

story!(many_saves_at_once_leave_one_unbroken_chain, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Đặng Thị Hiền", &small).await;
    let saves = (1..=20_u32).map(|seq| {
        let (engine, person) = (world.engine.clone(), person.clone());
        tokio::spawn(async move {
            let guess = seq.to_string();
            engine.save(&person, attempt, World::save_of(0, seq, &[("prediction", &guess)])).await
        })
    });
    for saved in futures::future::join_all(saves).await {
        // One that met five others may be asked to come back; none may be half done.
        match saved.expect("joined") {
            Ok(_) | Err(engine::Stop::Refused(Refusal::Busy)) => {}
            Err(stop) => panic!("{stop}"),
        }
    }
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});

story!(of_many_people_who_save_at_once_one_that_is_refused_takes_nobody_with_it, |world| {
    const PEOPLE: usize = 30;
    let small = world.small_round(&SmallRound::default()).await;
    let mut sheets = Vec::new();
    for n in 0..PEOPLE {
        sheets.push(world.sits(&format!("Người thứ {n}"), &small).await);
    }
    // Another node gave one sheet to another device, and this node has not heard of it.
    let moved = sheets[7].1;
    world.run("update attempt set hold = 1 where id = $1", &[moved.0]).await;
    let saves = sheets.iter().map(|(person, attempt)| {
        let (engine, person, attempt) = (world.engine.clone(), person.clone(), *attempt);
        tokio::spawn(async move { engine.save(&person, attempt, World::save_of(0, 1, &[("prediction", "5")])).await })
    });
    for ((_, attempt), saved) in sheets.iter().zip(futures::future::join_all(saves).await) {
        let saved = saved.expect("joined");
        if *attempt == moved {
            refused!(saved, Refusal::TakenOver);
        } else {
            assert_eq!(saved.expect("saved").seq, 1);
        }
    }
    let kept = world.count("select cast(count(*) as bigint) from attempt where prediction = 5 and round_id = $1", &[small.round.0]).await;
    assert_eq!(kept, 29);
    assert_eq!(world.count("select cast(count(*) as bigint) from saved_sheet where attempt_id = $1", &[moved.0]).await, 0);
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
});
