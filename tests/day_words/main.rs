//! The day's words and watching: the waiting page, messages, questions to the jury, live figures, the trial paper.

mod jury;
mod live;
mod messages;
mod trial;
mod waiting;

use axum::body::Body;
use domain::id::AttemptId;
use http::{Request, header};
use tests::{Client, Reply};

/// What the island of a sheet sends.
async fn island(client: &mut Client, address: &str, body: &str) -> Reply {
    let request = Request::post(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body.to_owned()))
        .expect("a request");
    client.send(request).await
}

fn said(reply: &Reply) -> serde_json::Value {
    serde_json::from_str(&reply.body).unwrap_or_else(|_| panic!("JSON is expected: {}", reply.body))
}

/// The words of the messages that an answer carries.
fn told(reply: &Reply) -> Vec<String> {
    let said = said(reply);
    let messages = said["messages"].as_array().expect("messages");
    messages.iter().map(|message| message["words"].as_str().expect("words").to_owned()).collect()
}

/// What the pulse of the sheet tells.
async fn pulse(client: &mut Client, attempt: AttemptId) -> Vec<String> {
    told(&client.get(&format!("/thi/{attempt}/nhip")).await)
}
