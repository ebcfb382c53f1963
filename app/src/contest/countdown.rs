//! The countdown to an opening or a closing, on the server's clock.

use leptos::prelude::*;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Time left, the three largest units that matter: days, hours, minutes; on the last day hours, minutes, seconds.
fn parts(left: i64) -> [(i64, &'static str); 3] {
    let left = left.max(0);
    let (days, hours, minutes, seconds) = (left / DAY, left % DAY / HOUR, left % HOUR / MINUTE, left % MINUTE / SECOND);
    if days > 0 {
        [(days, "ngày"), (hours, "giờ"), (minutes, "phút")]
    } else {
        [(hours, "giờ"), (minutes, "phút"), (seconds, "giây")]
    }
}

/// "Còn 2 ngày 04 giờ 12 phút".
fn words(left: i64) -> String {
    let parts = parts(left).map(|(n, unit)| format!("{n:02} {unit}"));
    format!("Còn {}", parts.join(" "))
}

/// Counts down from what the server said was left; without script it shows what was left when the page was made.
#[island]
pub fn Countdown(
    /// What it counts to: "Tuần 2 đóng sau".
    label: String,
    /// What was left when the page was made, in milliseconds.
    left: i64,
    /// The moment itself, in words.
    moment: String,
) -> impl IntoView {
    let (now_left, set_left) = signal(left);
    #[cfg(feature = "hydrate")]
    tick(left, set_left);
    // On the server nothing ticks.
    #[cfg(not(feature = "hydrate"))]
    let _ = set_left;
    let part = move |i: usize| {
        view! { <li><b>{move || format!("{:02}", parts(now_left.get())[i].0)}</b> " " <span>{move || parts(now_left.get())[i].1}</span></li> }
    };
    view! {
        <div class="countdown" role="timer" aria-label=words(left)>
            <p>{label}</p>
            <ol>{part(0)} {part(1)} {part(2)}</ol>
            <p>{moment}</p>
        </div>
    }
}

/// Counts each second; a phone that slept shows the truth at its next tick.
#[cfg(feature = "hydrate")]
fn tick(left: i64, set_left: WriteSignal<i64>) {
    let since = crate::since_made::SinceMade::new();
    let ticking = set_interval_with_handle(move || set_left.set((left - since.passed()).max(0)), std::time::Duration::from_secs(1));
    if let Ok(ticking) = ticking {
        on_cleanup(move || ticking.clear());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_units_are_shown() {
        assert_eq!(parts(2 * DAY + 4 * HOUR + 12 * MINUTE + 59 * SECOND), [(2, "ngày"), (4, "giờ"), (12, "phút")]);
        assert_eq!(parts(DAY - 1), [(23, "giờ"), (59, "phút"), (59, "giây")]);
        assert_eq!(parts(-5), [(0, "giờ"), (0, "phút"), (0, "giây")]);
        assert_eq!(words(90 * SECOND), "Còn 00 giờ 01 phút 30 giây");
    }
}
