//! Controls of a figure. Each writes one choice into the address; nothing is kept here.

use super::picker::PlacePicker;
use crate::app_state::locale::Here;
use crate::app_state::prefs::Prefs;
use crate::charts::palette::Palette;
use crate::model::date::PartialDate;
use crate::model::words::Control;
use crate::state::view_state::{TimeRange, ViewState};
use crate::view::spec::{Choice, ControlSpec};
use leptos::prelude::*;

/// What a control does to the state.
pub type Change = Callback<Box<dyn FnOnce(&mut ViewState) + Send>>;

#[component]
pub fn Controls(
    /// Which controls the figure has; they do not change with its state.
    #[prop(into)]
    controls: Signal<Vec<ControlSpec>>,
    /// The view's own list, in its order.
    has: Vec<Control>,
    /// A ranking chooses one period, a chart over time a range of years.
    one_period: bool,
    /// Applies a change and writes the address.
    change: Change,
) -> impl IntoView {
    let choices = move |pick: fn(&ControlSpec) -> Option<&Vec<Choice>>| {
        Signal::derive(move || controls.with(|all| all.iter().find_map(pick).cloned().unwrap_or_default()))
    };
    let places = choices(|c| if let ControlSpec::Places(x) = c { Some(x) } else { None });
    let units = choices(|c| if let ControlSpec::Unit(x) = c { Some(x) } else { None });
    let kinds = choices(|c| if let ControlSpec::Counterparts(x) = c { Some(x) } else { None });
    let periods = choices(|c| if let ControlSpec::Period(x) = c { Some(x) } else { None });
    let years = Signal::derive(move || {
        let range = |c: &ControlSpec| if let ControlSpec::Years { min, max, from, to } = c { Some((*min, *max, *from, *to)) } else { None };
        controls.with(|all| all.iter().find_map(range)).unwrap_or_default()
    });
    let time = has.contains(&Control::Time);
    let on_places = Callback::new(move |chosen: Vec<String>| change.run(Box::new(move |state| state.place = chosen)));
    view! {
        <div class="controls">
            {has.contains(&Control::Place).then(|| view! { <PlacePicker choices=places on_change=on_places /> })}
            {has.contains(&Control::Unit).then(|| view! { <Units choices=units change /> })}
            {has.contains(&Control::Counterpart).then(|| view! { <Kinds choices=kinds change /> })}
            {(time && one_period).then(|| view! { <Periods choices=periods change /> })}
            {(time && !one_period).then(|| view! { <Years range=years change /> })}
        </div>
    }
}

/// Two or three units, as a switch.
#[component]
fn Units(#[prop(into)] choices: Signal<Vec<Choice>>, change: Change) -> impl IntoView {
    let here = Here::expect();
    let button = move |choice: Choice| {
        let value = choice.value.clone();
        let press = move |_| {
            let unit = value.clone();
            change.run(Box::new(move |state| state.unit = unit));
        };
        view! {
            <button type="button" data-unit=choice.value aria-pressed=choice.chosen.to_string() on:click=press>
                {choice.label}
            </button>
        }
    };
    view! {
        <div class="switch" role="group" aria-label=here.t("control.unit")>
            {move || choices.get().into_iter().map(button).collect_view()}
        </div>
    }
}

/// Kinds of counterpart, as toggles that double as the legend. None pressed means all.
#[component]
fn Kinds(#[prop(into)] choices: Signal<Vec<Choice>>, change: Change) -> impl IntoView {
    let here = Here::expect();
    let prefs = Prefs::expect();
    let button = move |choice: Choice| {
        let value = choice.value.clone();
        let press = move |_| {
            let chosen = choices.with_untracked(|all| toggled(all, &value));
            change.run(Box::new(move |state| state.counterpart = chosen));
        };
        let colour = choice.tone.map_or("", |tone| Palette::of(prefs.theme()).tone(tone));
        view! {
            <button type="button" class="chip" data-counterpart=choice.value aria-pressed=choice.chosen.to_string() on:click=press>
                <span class="chip-colour" style:background-color=colour></span>
                {choice.label}
            </button>
        }
    };
    view! {
        <div class="kinds" role="group" aria-label=here.t("control.counterpart")>
            {move || choices.get().into_iter().map(button).collect_view()}
        </div>
    }
}

/// The ids chosen once `value` is switched.
pub fn toggled(choices: &[Choice], value: &str) -> Vec<String> {
    let mut chosen: Vec<String> = choices.iter().filter(|c| c.chosen && c.value != value).map(|c| c.value.clone()).collect();
    if choices.iter().any(|c| !c.chosen && c.value == value) {
        chosen.push(value.to_owned());
    }
    chosen
}

#[component]
fn Periods(#[prop(into)] choices: Signal<Vec<Choice>>, change: Change) -> impl IntoView {
    let here = Here::expect();
    view! {
        <label class="field">
            <span>{here.t("control.period")}</span>
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
                        .map(|choice| {
                            view! {
                                <option value=choice.value selected=choice.chosen>
                                    {choice.label}
                                </option>
                            }
                        })
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
        (from..=to)
            .map(|y| {
                view! {
                    <option value=y.to_string() selected=y == chosen>
                        {y.to_string()}
                    </option>
                }
            })
            .collect_view()
    };
    view! {
        <fieldset class="years">
            <legend>{here.t("control.years")}</legend>
            <label>
                <span class="visually-hidden">{here.t("control.from")}</span>
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
                <span class="visually-hidden">{here.t("control.to")}</span>
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
