//! Steps through a figure's years or periods, by hand or by the clock, up to the last one. It only turns the list that stands
//! beside it, so a step is the same as a choice. Does not know views or their state.

use super::actions::near;
use crate::app_state::reactive::Held;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlSelectElement};

/// At normal speed: time to see what changed.
const STEP: Duration = Duration::from_millis(1_000);

/// One figure plays at a time.
#[derive(Clone, Copy)]
pub struct Player {
    playing: Held<RefCell<Option<Playing>>>,
    stepping: Held<Cell<bool>>,
}

struct Playing {
    figure: Element,
    timer: TimeoutHandle,
}

impl Player {
    /// Belongs to the owner that makes it.
    pub fn provide() -> Player {
        Player { playing: Held::new(RefCell::new(None)), stepping: Held::new(Cell::new(false)) }
    }

    /// Whether the choice that is being carried out is a step of a play.
    pub fn is_stepping(self) -> bool {
        self.stepping.with(Cell::get)
    }

    /// A button `data-play`: one step back or on, or play and pause.
    pub fn press(self, button: &Element) {
        let Some(figure) = near(button, "figure[data-view]") else { return };
        let was_playing = self.stop().is_some_and(|playing| playing == figure);
        match button.get_attribute("data-play").as_deref() {
            Some("back") => {
                turn(&figure, -1);
            }
            Some("on") => {
                turn(&figure, 1);
            }
            _ if was_playing => {}
            _ => {
                if is_at_end(&figure) {
                    rewind(&figure);
                }
                self.wait(figure);
            }
        }
    }

    /// Ends the play; the figure that played.
    pub fn stop(self) -> Option<Element> {
        let playing = self.playing.take()?;
        playing.timer.clear();
        let _ = playing.figure.remove_attribute("data-playing");
        Some(playing.figure)
    }

    fn wait(self, figure: Element) {
        let _ = figure.set_attribute("data-playing", "");
        let timer = set_timeout_with_handle(
            {
                let figure = figure.clone();
                move || self.step(&figure)
            },
            STEP.mul_f64(pace(&figure)),
        );
        if let Ok(timer) = timer {
            self.playing.with(|playing| playing.replace(Some(Playing { figure, timer })));
        }
    }

    fn step(self, figure: &Element) {
        self.stepping.with(|stepping| stepping.set(true));
        let went = figure.is_connected() && turn(figure, 1);
        self.stepping.with(|stepping| stepping.set(false));
        self.stop();
        if went && !is_at_end(figure) {
            self.wait(figure.clone());
        }
    }
}

/// The list of last years, or of periods (newest first).
fn list(figure: &Element) -> Option<(HtmlSelectElement, i32)> {
    let of = |name: &str, forward: i32| {
        let list = figure.query_selector(&format!("select[data-control={name}]")).ok().flatten()?;
        Some((list.dyn_into::<HtmlSelectElement>().ok()?, forward))
    };
    of("to", 1).or_else(|| of("period", -1))
}

/// Chooses the next or the one before; `false` at the end.
fn turn(figure: &Element, by: i32) -> bool {
    let Some((list, forward)) = list(figure) else { return false };
    let next = list.selected_index() + by * forward;
    if next < 0 || next as u32 >= list.length() {
        return false;
    }
    choose(&list, next)
}

fn is_at_end(figure: &Element) -> bool {
    list(figure).is_none_or(|(list, forward)| list.selected_index() == if forward > 0 { list.length() as i32 - 1 } else { 0 })
}

fn rewind(figure: &Element) {
    if let Some((list, forward)) = list(figure) {
        // One year alone is no line: a trend starts with two.
        choose(&list, if forward > 0 { 1 } else { list.length() as i32 - 1 });
    }
}

fn choose(list: &HtmlSelectElement, index: i32) -> bool {
    list.set_selected_index(index);
    let told = EventInit::new();
    told.set_bubbles(true);
    Event::new_with_event_init_dict("change", &told).is_ok_and(|event| list.dispatch_event(&event).is_ok())
}

/// Seconds a step, as chosen beside the buttons.
fn pace(figure: &Element) -> f64 {
    let chosen = figure.query_selector("[data-play-speed]").ok().flatten().and_then(|list| list.dyn_into::<HtmlSelectElement>().ok());
    match chosen.map(|list| list.selected_index()) {
        Some(0) => 2.0,
        Some(2) => 0.5,
        _ => 1.0,
    }
}
