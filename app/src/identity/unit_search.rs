//! Searching one's unit: a plain form; where scripts run, it answers while one types.

use domain::identity::{UnitGroup, UnitOption};
use leptos::{leptos_dom::helpers::debounce, prelude::*, task::spawn_local};
use std::time::Duration;

/// How long typing rests before the server is asked.
const REST: Duration = Duration::from_millis(200);

/// The search form and what was found.
#[island]
pub fn UnitSearch(
    /// The page that is asked, and that each unit leads to: `/dang-ky`.
    page: String,
    /// What its addresses carry along, beside the search and the unit.
    carried: Vec<(String, String)>,
    /// The code of the audience.
    audience: String,
    /// What was searched.
    search: String,
    /// What the server found for it; nothing before the first search.
    found: Option<Vec<UnitGroup>>,
    /// What leads to each unit: the page's address, ending in `don-vi=`.
    leads: String,
) -> impl IntoView {
    let (found, set_found) = signal(found);
    let (broken, set_broken) = signal(false);
    let (asked, set_asked) = signal(0_u32);
    let ask = debounce(REST, move |typed: String| {
        let audience = audience.clone();
        set_asked.update(|asked| *asked += 1);
        let mine = asked.get_untracked();
        spawn_local(async move {
            let answer = super::find_units(audience, typed.clone()).await;
            // A slow answer to an earlier question is not shown over a later one.
            if asked.get_untracked() == mine {
                set_broken.set(answer.is_err());
                set_found.set(answer.ok().filter(|_| !typed.trim().is_empty()));
            }
        });
    });
    let mut ask = ask;
    let hidden = carried.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    view! {
        <form method="get" action=page role="search">
            {hidden}
            <div class="field">
                <label for="tim">"Tìm theo tên"</label>
                <p class="hint" id="tim-hint">"Không cần gõ dấu. Có thể gõ tên cũ trước khi sắp xếp, ví dụ “chanh lo”."</p>
                <div class="joined">
                    <input
                        type="search"
                        id="tim"
                        name="tim"
                        value=search
                        autocomplete="off"
                        aria-describedby="tim-hint"
                        on:input=move |event| ask(event_target_value(&event))
                    />
                    <button class="secondary">"Tìm"</button>
                </div>
            </div>
        </form>
        <div role="status">
            {move || broken.get().then(|| view! { <p class="warning">"Chưa hỏi được máy chủ. Xin bấm “Tìm”, hoặc chọn trong danh sách bên dưới."</p> })}
            {move || found.get().map(|groups| matches(&leads, groups))}
        </div>
    }
    .into_any()
}

/// What was found: each unit is a link to the next step.
fn matches(leads: &str, groups: Vec<UnitGroup>) -> AnyView {
    if groups.is_empty() {
        return view! { <p>"Không có đơn vị nào khớp. Xin thử từ khác, hoặc chọn trong danh sách bên dưới."</p> }.into_any();
    }
    let line = |unit: UnitOption| {
        let former = unit.former.map(|former| view! { " " <small>{format!("gồm {former}")}</small> });
        view! { <li><a href=format!("{leads}{}", unit.id)>{unit.name} {former}</a></li> }
    };
    groups
        .into_iter()
        .map(|group| {
            view! {
                <h2>{group.block.label()}</h2>
                <ul class="matches">{group.units.into_iter().map(line).collect_view()}</ul>
            }
        })
        .collect_view()
        .into_any()
}
