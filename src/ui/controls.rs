//! Controls of a figure. Each writes one choice into the address; nothing is kept here.

use super::picker::PlacePicker;
use crate::app_state::locale::Here;
use crate::app_state::prefs::Prefs;
use crate::charts::palette::Palette;
use crate::model::date::PartialDate;
use crate::state::view_state::{TimeRange, ViewState};
use crate::view::spec::{Choice, ControlSpec};
use leptos::prelude::*;

/// What a control does to the state.
pub type Change = Callback<Box<dyn FnOnce(&mut ViewState) + Send>>;

#[component]
pub fn Controls(
    #[prop(into)] controls: Signal<Vec<ControlSpec>>,
    /// Applies a change and writes the address.
    change: Change,
) -> impl IntoView {
    // Controls keep their place while their choices change, so focus is not lost: one slot a kind.
    let places = Memo::new(move |_| controls.with(|all| all.iter().find_map(|c| if let ControlSpec::Places(x) = c { Some(x.clone()) } else { None })));
    let units = Memo::new(move |_| controls.with(|all| all.iter().find_map(|c| if let ControlSpec::Unit(x) = c { Some(x.clone()) } else { None })));
    let kinds = Memo::new(move |_| controls.with(|all| all.iter().find_map(|c| if let ControlSpec::Counterparts(x) = c { Some(x.clone()) } else { None })));
    let periods = Memo::new(move |_| controls.with(|all| all.iter().find_map(|c| if let ControlSpec::Period(x) = c { Some(x.clone()) } else { None })));
    let years = Memo::new(move |_| {
        controls.with(|all| all.iter().find_map(|c| if let ControlSpec::Years { min, max, from, to } = c { Some((*min, *max, *from, *to)) } else { None }))
    });
    view! {
        <Show when=move || controls.with(|all| !all.is_empty())>
            <div class="controls">
                <Show when=move || places.with(Option::is_some)>
                    <PlacePicker
                        choices=Signal::derive(move || places.get().unwrap_or_default())
                        on_change=Callback::new(move |chosen: Vec<String>| change.run(Box::new(move |state| state.place = chosen)))
                    />
                </Show>
                <Show when=move || units.with(Option::is_some)>
                    <Units choices=Signal::derive(move || units.get().unwrap_or_default()) change />
                </Show>
                <Show when=move || kinds.with(Option::is_some)>
                    <Kinds choices=Signal::derive(move || kinds.get().unwrap_or_default()) change />
                </Show>
                <Show when=move || periods.with(Option::is_some)>
                    <Periods choices=Signal::derive(move || periods.get().unwrap_or_default()) change />
                </Show>
                <Show when=move || years.with(Option::is_some)>
                    <Years range=Signal::derive(move || years.get().unwrap_or_default()) change />
                </Show>
            </div>
        </Show>
    }
}

/// Two or three units, as a switch.
#[component]
fn Units(#[prop(into)] choices: Signal<Vec<Choice>>, change: Change) -> impl IntoView {
    let here = Here::expect();
    view! {
        <div class="switch" role="group" aria-label=move || here.t("control.unit")>
            <For each=move || choices.get() key=|choice| choice.value.clone() let:choice>
                {
                    let value = StoredValue::new(choice.value.clone());
                    let pressed = move || choices.with(|all| value.with_value(|v| all.iter().any(|c| c.chosen && c.value == *v)));
                    view! {
                        <button
                            type="button"
                            data-unit=choice.value
                            aria-pressed=move || pressed().to_string()
                            on:click=move |_| {
                                let unit = value.get_value();
                                change.run(Box::new(move |state| state.unit = unit));
                            }
                        >
                            {move || choices.with(|all| value.with_value(|v| all.iter().find(|c| c.value == *v).map(|c| c.label.clone())))}
                        </button>
                    }
                }
            </For>
        </div>
    }
}

/// Kinds of counterpart, as toggles that double as the legend. None pressed means all.
#[component]
fn Kinds(#[prop(into)] choices: Signal<Vec<Choice>>, change: Change) -> impl IntoView {
    let here = Here::expect();
    let prefs = Prefs::expect();
    view! {
        <div class="kinds" role="group" aria-label=move || here.t("control.counterpart")>
            <For each=move || choices.get() key=|choice| (choice.value.clone(), choice.label.clone()) let:choice>
                {
                    let value = StoredValue::new(choice.value.clone());
                    let pressed = move || choices.with(|all| value.with_value(|v| all.iter().any(|c| c.chosen && c.value == *v)));
                    let colour = move || choice.tone.map_or("", |tone| Palette::of(prefs.theme()).tone(tone));
                    view! {
                        <button
                            type="button"
                            class="chip"
                            data-counterpart=choice.value
                            aria-pressed=move || pressed().to_string()
                            on:click=move |_| {
                                let kind = value.get_value();
                                let mut chosen: Vec<String> = choices
                                    .with_untracked(|all| all.iter().filter(|c| c.chosen).map(|c| c.value.clone()).collect());
                                match chosen.iter().position(|v| *v == kind) {
                                    Some(i) => {
                                        chosen.remove(i);
                                    }
                                    None => chosen.push(kind),
                                }
                                change.run(Box::new(move |state| state.counterpart = chosen));
                            }
                        >
                            <span class="chip-colour" style:background-color=colour></span>
                            {choice.label.clone()}
                        </button>
                    }
                }
            </For>
        </div>
    }
}

#[component]
fn Periods(#[prop(into)] choices: Signal<Vec<Choice>>, change: Change) -> impl IntoView {
    let here = Here::expect();
    view! {
        <label class="field">
            <span>{move || here.t("control.period")}</span>
            <select
                data-control="period"
                on:change=move |event| {
                    let raw = event_target_value(&event);
                    let range = period_of(&raw);
                    change.run(Box::new(move |state| state.time = range));
                }
            >
                {move || {
                    choices
                        .get()
                        .into_iter()
                        .map(|choice| view! { <option value=choice.value selected=choice.chosen>{choice.label}</option> })
                        .collect_view()
                }}
            </select>
        </label>
    }
}

/// `2019` or `2021-01-01..2021-09-30`, as the view wrote it.
fn period_of(raw: &str) -> TimeRange {
    match raw.split_once("..") {
        Some((from, to)) => TimeRange { from: PartialDate::parse(from), to: PartialDate::parse(to) },
        None => PartialDate::parse(raw).map(TimeRange::single).unwrap_or_default(),
    }
}

/// First and last year. The ends of what exists print as open ends, so new data appear in old links.
#[component]
fn Years(
    /// min, max, from, to
    #[prop(into)]
    range: Signal<(i16, i16, i16, i16)>,
    change: Change,
) -> impl IntoView {
    let here = Here::expect();
    let year = |year: i16| Some(PartialDate { year, month: None, day: None });
    let set = move |from: i16, to: i16| {
        let (min, max, ..) = range.get_untracked();
        let time = TimeRange { from: if from <= min { None } else { year(from) }, to: if to >= max { None } else { year(to) } };
        change.run(Box::new(move |state| state.time = time));
    };
    let options = |from: i16, to: i16, chosen: i16| {
        (from..=to).map(|y| view! { <option value=y.to_string() selected=y == chosen>{y.to_string()}</option> }).collect_view()
    };
    view! {
        <fieldset class="years">
            <legend>{move || here.t("control.years")}</legend>
            <label>
                <span class="visually-hidden">{move || here.t("control.from")}</span>
                <select
                    data-control="from"
                    on:change=move |event| {
                        let (.., to) = range.get_untracked();
                        if let Ok(from) = event_target_value(&event).parse() {
                            set(from, to);
                        }
                    }
                >
                    {move || {
                        let (min, _, from, to) = range.get();
                        options(min, to, from)
                    }}
                </select>
            </label>
            <span aria-hidden="true">"–"</span>
            <label>
                <span class="visually-hidden">{move || here.t("control.to")}</span>
                <select
                    data-control="to"
                    on:change=move |event| {
                        let (_, _, from, _) = range.get_untracked();
                        if let Ok(to) = event_target_value(&event).parse() {
                            set(from, to);
                        }
                    }
                >
                    {move || {
                        let (_, max, from, to) = range.get();
                        options(from, max, to)
                    }}
                </select>
            </label>
        </fieldset>
    }
}
