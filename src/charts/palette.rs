//! Colours by role. The only colour literals in Rust; `src/shell/style.css` holds those of the page around the chart.

use crate::view::spec::Tone;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    #[default]
    Light,
    Dark,
}

/// What a chart is painted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    pub ink: &'static str,
    pub muted: &'static str,
    pub grid: &'static str,
    pub paper: &'static str,
    pub accent: &'static str,
    categories: [&'static str; CATEGORIES as usize],
}

/// Categories with a colour of their own; more repeat.
pub const CATEGORIES: u8 = 7;

/// Okabe and Ito's colour-blind-safe set, its light members darkened until they stand 3:1 against white, and violet for their sky blue,
/// which is too near to our accent.
const LIGHT: Palette = Palette {
    ink: "#16202c",
    muted: "#55606e",
    grid: "#e2e6ea",
    paper: "#ffffff",
    accent: "#0057b7",
    categories: ["#c4500a", "#00825e", "#a8487f", "#a86f00", "#7b4bd0", "#5c5c5c", "#857500"],
};

const DARK: Palette = Palette {
    ink: "#eef2f6",
    muted: "#a9b4c0",
    grid: "#2c3640",
    paper: "#12181f",
    accent: "#6cb0ff",
    categories: ["#f28b4b", "#35c79b", "#dc97c2", "#e6a520", "#c9b3ff", "#b9c0c8", "#e8dc4a"],
};

impl Palette {
    pub fn of(theme: Theme) -> &'static Palette {
        match theme {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
        }
    }

    /// Every colour of the light palette with the one that takes its place in the dark: for pictures that know both.
    pub fn pairs() -> Vec<(&'static str, &'static str)> {
        let all = |palette: &Palette| {
            let Palette { ink, muted, grid, paper, accent, categories } = *palette;
            [ink, muted, grid, paper, accent].into_iter().chain(categories).collect::<Vec<_>>()
        };
        all(&LIGHT).into_iter().zip(all(&DARK)).collect()
    }

    /// Names stand beside the lines, so colour is never alone.
    pub fn tone(&self, tone: Tone) -> &'static str {
        match tone {
            Tone::Accent => self.accent,
            Tone::Category(i) => self.categories.get(usize::from(i) % self.categories.len()).copied().unwrap_or(self.accent),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, WCAG 2.2.
    fn luminance(colour: &str) -> f64 {
        let channel = |i: usize| {
            let value = f64::from(u8::from_str_radix(&colour[i..i + 2], 16).unwrap_or(0)) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_colour_stands_out_in_both_themes() {
        for palette in [&LIGHT, &DARK] {
            for text in [palette.ink, palette.muted] {
                assert!(contrast(text, palette.paper) >= 4.5, "{text} on {}", palette.paper);
            }
            for tone in palette.categories.iter().chain([&palette.accent]) {
                // Names stand in these colours too, so they are held to the limit for text.
                assert!(contrast(tone, palette.paper) >= 4.0, "{tone} on {}: {}", palette.paper, contrast(tone, palette.paper));
            }
        }
    }

    /// Chips and legends are painted by the style sheet: in light, in chosen dark, in the system's dark.
    #[test]
    fn the_style_sheet_has_the_same_tones() {
        let css = include_str!("../shell/style.css");
        for (palette, times) in [(&LIGHT, 1), (&DARK, 2)] {
            let named = palette.categories.iter().enumerate().map(|(i, colour)| format!("--tone-{i}: {colour};"));
            for line in named.chain([format!("--accent: {};", palette.accent)]) {
                assert_eq!(css.matches(&line).count(), times, "{line} in src/shell/style.css");
            }
        }
    }
}
