//! Choosing a unit step by step: audience, then the unit by search or from the list by block.

use super::UnitSearch;
use crate::parts::Hidden;
use domain::identity::{Audience, UnitGroup};
use engine::Engine;
use leptos::prelude::*;

/// A choice under way.
pub struct Choice {
    /// The page on which it happens: `/dang-ky`.
    pub page: &'static str,
    /// The audience, once chosen.
    pub audience: Option<Audience>,
    /// What is searched.
    pub search: String,
    /// Where the person came from and returns to.
    pub back: String,
    /// Whether a unit was named that is not offered.
    pub refused: bool,
}

/// The next step of the choice.
pub async fn next_step(engine: &Engine, choice: Choice) -> engine::Result<AnyView> {
    let Some(audience) = choice.audience else { return Ok(audiences(&choice)) };
    let all = engine.search_units("", audience).await?;
    let found = if choice.search.is_empty() { None } else { Some(engine.search_units(&choice.search, audience).await?) };
    Ok(units(choice, audience, all, found))
}

/// What the addresses of the choice carry along.
fn carried(audience: Audience, back: &str) -> Vec<(String, String)> {
    let mut carried = vec![("doi-tuong".to_owned(), audience.code().to_owned())];
    if !back.is_empty() {
        carried.push(("tiep".to_owned(), back.to_owned()));
    }
    carried
}

fn audiences(choice: &Choice) -> AnyView {
    let rows = Audience::ALL
        .iter()
        .map(|audience| {
            let hint = match audience {
                Audience::CivilServant => "Chọn cơ quan, đơn vị nơi công tác",
                Audience::Citizen => "Chọn xã, phường, đặc khu nơi sinh sống",
            };
            view! {
                <label class="check">
                    <input type="radio" name="doi-tuong" value=audience.code() required/>
                    <span>{audience.label()} " " <small>{hint}</small></span>
                </label>
            }
        })
        .collect_view();
    view! {
        <form method="get" action=choice.page>
            {(!choice.back.is_empty()).then(|| view! { <Hidden name="tiep" value=choice.back.clone()/> })}
            <fieldset class="choices">
                <legend>"Anh/chị dự thi với tư cách"</legend>
                {rows}
            </fieldset>
            <p class="actions"><button>"Tiếp tục"</button></p>
        </form>
    }
    .into_any()
}

fn units(choice: Choice, audience: Audience, all: Vec<UnitGroup>, found: Option<Vec<UnitGroup>>) -> AnyView {
    let Choice { page, search, back, refused, .. } = choice;
    let carried = carried(audience, &back);
    let hidden = carried.iter().map(|(name, value)| view! { <Hidden name=name.clone() value=value.clone()/> }).collect_view();
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&carried).finish();
    let again = if back.is_empty() { page.to_owned() } else { format!("{page}?{}", encoded("tiep", &back)) };
    let search = view! {
        <UnitSearch
            page=page.to_owned()
            carried=carried.clone()
            audience=audience.code().to_owned()
            search=search
            found=found
            leads=format!("{page}?{query}&don-vi=")
        />
    }
    .into_any();
    view! {
        <div>
            <dl class="facts" data-layout="row">
                <div><dt>"Đối tượng dự thi"</dt><dd>{audience.label()} " " <a href=again>"Đổi"</a></dd></div>
            </dl>
            <fieldset class="picker">
                <legend>"Đơn vị của anh/chị"</legend>
                {refused.then(|| view! { <p class="error" id="unit" role="alert">"Xin chọn đơn vị trong danh sách."</p> })}
                {search}
                {list(page, hidden.into_any(), all)}
            </fieldset>
            <p><a href="/khong-thay-don-vi">"Không thấy đơn vị của tôi"</a></p>
        </div>
    }
    .into_any()
}

/// Every unit in one list, by block.
fn list(page: &'static str, hidden: AnyView, all: Vec<UnitGroup>) -> AnyView {
    let groups = all
        .into_iter()
        .map(|group| {
            let units = group.units.into_iter().map(|unit| view! { <option value=unit.id.to_string()>{unit.name}</option> }).collect_view();
            view! { <optgroup label=group.block.label()>{units}</optgroup> }
        })
        .collect_view();
    view! {
        <form method="get" action=page>
            {hidden}
            <div class="field">
                <label for="don-vi">"Hoặc chọn trong danh sách theo khối"</label>
                <select id="don-vi" name="don-vi" required>
                    <option value="">"Chọn đơn vị"</option>
                    {groups}
                </select>
            </div>
            <p class="actions"><button>"Tiếp tục"</button></p>
        </form>
    }
    .into_any()
}

/// `name=value`, encoded for a query.
pub fn encoded(name: &str, value: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish()
}
