//! Controls of a figure. Each names the choice that it leads to, in the address's own grammar; nothing is kept here.

use super::{Markup, Site, tone};
use crate::state::view_state::Param;
use crate::view::spec::{Choice, ControlSpec};
use maud::html;

pub fn controls(site: &Site, view: &str, controls: &[ControlSpec]) -> Markup {
    html! {
        @if !controls.is_empty() {
            @let (options, main): (Vec<&ControlSpec>, Vec<&ControlSpec>) = controls.iter().partition(|control| is_option(control));
            div.controls {
                @for one in main { (control(site, view, one)) }
                @if !options.is_empty() {
                    details.options {
                        summary.button { (site.t("control.options")) }
                        div.options-panel {
                            @for one in options { (control(site, view, one)) }
                        }
                    }
                }
            }
        }
    }
}

/// How a figure is drawn and filtered, for those who look for it; what it is about stands before them.
fn is_option(control: &ControlSpec) -> bool {
    match control {
        ControlSpec::Switch { param, .. } => *param != "unit",
        ControlSpec::Pick { param, .. } => matches!(param, Param::Qualifier | Param::Basis),
        _ => false,
    }
}

fn control(site: &Site, view: &str, control: &ControlSpec) -> Markup {
    match control {
        ControlSpec::Pick { param, choices, groups } => pick(site, view, *param, choices, groups),
        ControlSpec::Switch { param, choices } => switch(site, param, choices),
        ControlSpec::Counterparts(choices) => kinds(site, choices),
        ControlSpec::Period(choices) => periods(site, choices),
        ControlSpec::Years { min, max, from, to } => years(site, (*min, *max), (*from, *to)),
    }
}

/// One of two or three.
fn switch(site: &Site, param: &str, choices: &[Choice]) -> Markup {
    let label = site.t(&format!("control.{param}"));
    html! {
        div.switch role="group" aria-label=(label) data-switch=(param) {
            @if param != "unit" { span.switch-label aria-hidden="true" { (label) } }
            @for choice in choices {
                button type="button" data-unit=[(param == "unit").then_some(&choice.value)] aria-pressed=(choice.chosen) data-set={ (param) "=" (choice.value) } { (choice.label) }
            }
        }
    }
}

/// Steps through the choices of the list beside it, and plays them one after the other up to the last. `ui::play` carries it out.
fn player(site: &Site) -> Markup {
    html! {
        div.player role="group" aria-label=(site.t("play.label")) {
            button type="button" data-play="back" aria-label=(site.t("play.back")) { span aria-hidden="true" { "◀" } }
            button.player-run type="button" data-play="run" {
                span.if-still { (site.t("play.run")) }
                span.if-playing { (site.t("play.pause")) }
            }
            button type="button" data-play="on" aria-label=(site.t("play.on")) { span aria-hidden="true" { "▶" } }
            label.player-speed {
                span.visually-hidden { (site.t("play.speed")) }
                select data-play-speed data-kept {
                    option value="2" { "½×" }
                    option value="1" selected { "1×" }
                    option value="0.5" { "2×" }
                }
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
        @if choices.len() > 1 { (player(site)) }
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
        @if max > min { (player(site)) }
    }
}

/// Several of a list: chips that double as the chart's legend, and a searchable list.
fn pick(site: &Site, view: &str, param: Param, choices: &[Choice], groups: &[(String, usize)]) -> Markup {
    let set = |choice: &Choice| format!("{}={}", param.id(), toggled(choices, &choice.value));
    let place = |choice: &Choice| (param == Param::Place).then(|| choice.value.clone());
    let label = |what: &str| site.t(&format!("pick.{what}-{}", param.id()));
    // A heading stands before the first choice of its group.
    let heading = |at: usize| {
        let mut start = 0;
        groups.iter().find_map(|(name, size)| {
            start += size;
            (start - size == at).then_some(name)
        })
    };
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
                        @for (i, choice) in choices.iter().enumerate() {
                            @if let Some(name) = heading(i) { li.picker-head { (name) } }
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
