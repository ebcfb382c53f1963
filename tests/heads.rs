//! What stands in the head of a page is its own, however many pages are rendered at the same time.

use http::StatusCode;
use tests::{RoundPlan, SLUG, World, story};

/// People who open pages at the same time, and how often each does.
const VISITORS: usize = 16;
const VISITS: usize = 24;

/// Addresses named as the page's own, in the order in which they stand in the document.
fn named(body: &str) -> Vec<&str> {
    let own = r#"property="og:url" content="http://hoi-thi.test"#;
    body.match_indices(own).filter_map(|(at, found)| body[at + found.len()..].split('"').next()).collect()
}

async fn visit(router: axum::Router, world: std::sync::Arc<World>, first: usize) -> Vec<String> {
    let contest = format!("/cuoc-thi/{SLUG}");
    let pages = ["/", contest.as_str(), "/tin-tuc", "/vinh-danh", "/ket-qua"];
    let mut client = world.client_of(router);
    let mut wrong = Vec::new();
    for n in first..first + VISITS {
        let address = pages[n % pages.len()];
        let reply = client.get(address).await;
        assert_eq!(reply.status, StatusCode::OK, "{address}");
        let own = if address == "/" { vec![""] } else { vec![address] };
        let named: Vec<&str> = named(&reply.body).into_iter().map(|found| found.trim_end_matches('/')).collect();
        if named != own {
            wrong.push(format!("{address} names {named:?}"));
        }
    }
    wrong
}

story!(the_head_of_a_page_is_its_own_however_many_are_rendered_at_once, |world| {
    world.open_round(&RoundPlan::default()).await;
    let world = std::sync::Arc::new(world);
    let router = world.router();
    let visits = (0..VISITORS).map(|first| tokio::spawn(visit(router.clone(), std::sync::Arc::clone(&world), first)));
    for visited in futures::future::join_all(visits).await {
        assert_eq!(visited.expect("nobody panicked"), Vec::<String>::new());
    }
});
