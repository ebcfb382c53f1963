//! Choosing a unit step by step: audience, block, then the unit from the list; or by search among all.

use super::UnitSearch;
use crate::{page::returning, parts::Hidden};
use domain::identity::{Audience, Block, UnitGroup};
use engine::Engine;
use leptos::prelude::*;

/// A choice under way.
pub struct Choice {
    /// The page on which it happens: `/dang-ky`.
    pub page: &'static str,
    /// The audience, once chosen.
    pub audience: Option<Audience>,
    /// The block to which the list is narrowed.
    pub block: Option<Block>,
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

/// The block of this code; nothing for an unknown code, and for the units outside the collective contest.
pub fn block_named(code: &str) -> Option<Block> {
    Block::from_code(code).filter(|block| *block != Block::None)
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
    let Choice { page, block, search, back, refused, .. } = choice;
    let block = block.filter(|block| all.iter().any(|group| group.block == *block));
    let mut carried = carried(audience, &back);
    let blocks = blocks(page, &carried, block, &all);
    if let Some(block) = block {
        carried.push(("khoi".to_owned(), block.code().to_owned()));
    }
    let hidden = carried.iter().map(|(name, value)| view! { <Hidden name=name.clone() value=value.clone()/> }).collect_view();
    let listed = all.into_iter().filter(|group| block.is_none_or(|block| group.block == block)).collect();
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&carried).finish();
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
                <div><dt>"Đối tượng dự thi"</dt><dd>{audience.label()} " " <a href=returning(page, &back)>"Đổi"</a></dd></div>
            </dl>
            <fieldset class="picker">
                <legend>"Đơn vị của anh/chị"</legend>
                {refused.then(|| view! { <p class="error" id="unit" role="alert">"Xin chọn đơn vị trong danh sách."</p> })}
                {search}
                <section>
                    {blocks}
                    {list(page, hidden.into_any(), listed)}
                </section>
            </fieldset>
            <p><a href=returning("/khong-thay-don-vi", &back)>"Không thấy đơn vị của tôi"</a></p>
        </div>
    }
    .into_any()
}

/// The blocks with units for the audience: each narrows the list; nothing where there is only one.
fn blocks(page: &str, carried: &[(String, String)], chosen: Option<Block>, all: &[UnitGroup]) -> Option<AnyView> {
    let offered: Vec<Block> = all.iter().map(|group| group.block).filter(|block| *block != Block::None).collect();
    if offered.len() < 2 {
        return None;
    }
    let entries = std::iter::once(None)
        .chain(offered.into_iter().map(Some))
        .map(|block| {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(carried);
            if let Some(block) = block {
                query.append_pair("khoi", block.code());
            }
            let address = format!("{page}?{}", query.finish());
            view! { <li><a href=address aria-current=(block == chosen).then_some("true")>{block.map_or("Mọi khối", Block::label)}</a></li> }
        })
        .collect_view();
    Some(
        view! {
            <p>"Hoặc chọn khối, rồi chọn đơn vị trong danh sách:"</p>
            <nav class="tabs" aria-label="Khối của đơn vị"><ul>{entries}</ul></nav>
        }
        .into_any(),
    )
}

/// The units in one list, by block.
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
                <label for="don-vi">"Đơn vị trong danh sách"</label>
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
