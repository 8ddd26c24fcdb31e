//! Choosing several places: chips that double as the chart's legend, and a searchable list.

use crate::app_state::locale::Here;
use crate::app_state::prefs::Prefs;
use crate::charts::palette::Palette;
use crate::text::letters;
use crate::view::spec::Choice;
use leptos::html;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

#[component]
pub fn PlacePicker(
    #[prop(into)] choices: Signal<Vec<Choice>>,
    /// Receives the ids that are chosen now, in alphabetical order of their names.
    on_change: Callback<Vec<String>>,
) -> impl IntoView {
    let here = Here::expect();
    let prefs = Prefs::expect();
    let query = RwSignal::new(String::new());
    let details: NodeRef<html::Details> = NodeRef::new();
    let summary: NodeRef<html::Summary> = NodeRef::new();
    let toggle = move |value: String| {
        let chosen = choices.with_untracked(|all| super::controls::toggled(all, &value));
        on_change.run(chosen);
    };
    let colour = move |choice: &Choice| choice.tone.map(|tone| Palette::of(prefs.theme()).tone(tone)).unwrap_or("");
    let chips = move || {
        let all = choices.get();
        all.into_iter()
            .filter(|choice| choice.chosen)
            .map(|choice| {
                let label = here.text().t("picker.remove", &[("name", &choice.label)]);
                let colour = colour(&choice);
                let value = choice.value;
                view! {
                    <li>
                        <button
                            type="button"
                            class="chip"
                            data-place=value.clone()
                            aria-label=label
                            on:click=move |_| toggle(value.clone())
                        >
                            <span class="chip-colour" style:background-color=colour></span>
                            {choice.label}
                            <span aria-hidden="true" class="chip-x">
                                "×"
                            </span>
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    let options = move || {
        let needle = letters::folded(&query.get());
        let found: Vec<Choice> =
            choices.get().into_iter().filter(|choice| letters::folded(&choice.label).contains(needle.trim())).collect();
        if found.is_empty() {
            return view! { <li class="picker-none">{here.t("picker.none")}</li> }.into_any();
        }
        found
            .into_iter()
            .map(|choice| {
                let value = choice.value.clone();
                view! {
                    <li>
                        <label>
                            <input
                                type="checkbox"
                                data-place=choice.value
                                prop:checked=choice.chosen
                                on:change=move |_| toggle(value.clone())
                            />
                            {choice.label}
                        </label>
                    </li>
                }
            })
            .collect_view()
            .into_any()
    };
    let close = move || {
        if let (Some(details), Some(summary)) = (details.get_untracked(), summary.get_untracked()) {
            details.set_open(false);
            let _ = summary.focus();
        }
    };
    view! {
        <div class="picker">
            <ul class="chips" aria-label=here.t("picker.chosen")>
                {chips}
            </ul>
            <details
                node_ref=details
                on:keydown=move |event: KeyboardEvent| {
                    if event.key() == "Escape" {
                        close();
                    }
                }
            >
                <summary node_ref=summary class="button">
                    {here.t("picker.open")}
                </summary>
                <div class="picker-panel">
                    <label class="picker-search">
                        <span>{here.t("picker.search")}</span>
                        <input
                            type="search"
                            autocomplete="off"
                            prop:value=query
                            on:input=move |event| query.set(event_target_value(&event))
                        />
                    </label>
                    <ul class="picker-list">{options}</ul>
                    <button type="button" class="button quiet" on:click=move |_| close()>
                        {here.t("action.done")}
                    </button>
                </div>
            </details>
        </div>
    }
}
