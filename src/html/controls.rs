//! Controls of a figure. Each names the choice that it leads to, in the address's own grammar; nothing is kept here.

use super::{Markup, Site, tone};
use crate::state::view_state::Param;
use crate::view::spec::{Choice, ControlSpec};
use maud::html;

pub fn controls(site: &Site, view: &str, controls: &[ControlSpec]) -> Markup {
    html! {
        @if !controls.is_empty() {
            div.controls {
                @for control in controls {
                    @match control {
                        ControlSpec::Pick { param, choices } => (pick(site, view, *param, choices)),
                        ControlSpec::Unit(choices) => (units(site, choices)),
                        ControlSpec::Counterparts(choices) => (kinds(site, choices)),
                        ControlSpec::Period(choices) => (periods(site, choices)),
                        ControlSpec::Years { min, max, from, to } => (years(site, (*min, *max), (*from, *to))),
                    }
                }
            }
        }
    }
}

/// Two or three units, as a switch.
fn units(site: &Site, choices: &[Choice]) -> Markup {
    html! {
        div.switch role="group" aria-label=(site.t("control.unit")) {
            @for choice in choices {
                button type="button" data-unit=(choice.value) aria-pressed=(choice.chosen) data-set={ "unit=" (choice.value) } { (choice.label) }
            }
        }
    }
}

/// Kinds of counterpart, as toggles that double as the legend. None pressed means all.
fn kinds(site: &Site, choices: &[Choice]) -> Markup {
    html! {
        div.kinds role="group" aria-label=(site.t("control.counterpart")) {
            @for choice in choices {
                button.chip type="button" data-counterpart=(choice.value) aria-pressed=(choice.chosen)
                    data-set={ "counterpart=" (toggled(choices, &choice.value)) }
                { (colour(choice)) (choice.label) }
            }
        }
    }
}

fn colour(choice: &Choice) -> Markup {
    html! { span.chip-colour data-tone=[choice.tone.map(tone)] {} }
}

/// The ids chosen once `value` is switched, as a list of the address.
pub fn toggled(choices: &[Choice], value: &str) -> String {
    let chosen = choices.iter().filter(|c| c.chosen != (c.value == value));
    chosen.map(|c| c.value.as_str()).collect::<Vec<_>>().join("~")
}

fn periods(site: &Site, choices: &[Choice]) -> Markup {
    html! {
        label.field {
            span { (site.t("control.period")) }
            select data-control="period" {
                @for choice in choices {
                    option value=(choice.value) selected[choice.chosen] data-set={ "time=" (choice.value) } { (choice.label) }
                }
            }
        }
    }
}

/// First and last year. The ends of what exists are open ends, so new data appear in old links.
fn years(site: &Site, (min, max): (i16, i16), (from, to): (i16, i16)) -> Markup {
    let range = |from: i16, to: i16| {
        let end = |year: i16, open: bool| if open { String::new() } else { year.to_string() };
        format!("{}..{}", end(from, from <= min), end(to, to >= max))
    };
    let select = |name: &str, key: &str, years: std::ops::RangeInclusive<i16>, chosen: i16, range: &dyn Fn(i16) -> String| {
        html! {
            label {
                span.visually-hidden { (site.t(key)) }
                select data-control=(name) {
                    @for year in years {
                        option value=(year) selected[year == chosen] data-set={ "time=" (range(year)) } { (year) }
                    }
                }
            }
        }
    };
    html! {
        fieldset.years {
            legend { (site.t("control.years")) }
            (select("from", "control.from", min..=to, from, &|year| range(year, to)))
            span aria-hidden="true" { "–" }
            (select("to", "control.to", from..=max, to, &|year| range(from, year)))
        }
    }
}

/// Several of a list: chips that double as the chart's legend, and a searchable list.
fn pick(site: &Site, view: &str, param: Param, choices: &[Choice]) -> Markup {
    let set = |choice: &Choice| format!("{}={}", param.id(), toggled(choices, &choice.value));
    let place = |choice: &Choice| (param == Param::Place).then(|| choice.value.clone());
    let label = |what: &str| site.t(&format!("pick.{what}-{}", param.id()));
    html! {
        div.picker data-pick=(param.id()) {
            ul.chips aria-label=(label("chosen")) {
                @for choice in choices.iter().filter(|choice| choice.chosen) {
                    li {
                        button.chip type="button" data-place=[place(choice)] data-set=(set(choice))
                            aria-label=(site.text.t("picker.remove", &[("name", &choice.label)]))
                        { @if choice.tone.is_some() { (colour(choice)) } (choice.label) span.chip-x aria-hidden="true" { "×" } }
                    }
                }
            }
            details {
                summary.button { (label("open")) }
                div.picker-panel {
                    label.picker-search {
                        span { (site.t("picker.search")) }
                        input type="search" autocomplete="off";
                    }
                    ul.picker-list {
                        @for choice in choices {
                            li {
                                label {
                                    input type="checkbox" id={ (view) "-" (param.id()) "-" (choice.value) } data-place=[place(choice)] checked[choice.chosen] data-set=(set(choice));
                                    (choice.label)
                                }
                            }
                        }
                        li.picker-none hidden { (site.t("picker.none")) }
                    }
                    button.button.quiet type="button" data-action="close-picker" { (site.t("action.done")) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_leads_to_the_list_with_or_without_it() {
        let choice = |(value, chosen): (&str, bool)| Choice { value: value.to_owned(), label: String::new(), chosen, tone: None };
        let check = |all: &[(&str, bool)], value: &str, expected: &str| {
            let choices: Vec<Choice> = all.iter().copied().map(choice).collect();
            assert_eq!(toggled(&choices, value), expected, "{all:?}, {value}");
        };
        check(&[("a", true), ("b", false), ("c", true)], "b", "a~b~c");
        check(&[("a", true), ("b", false), ("c", true)], "a", "c");
        check(&[("a", true)], "a", "");
        check(&[("a", true)], "x", "a");
    }
}
