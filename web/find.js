// Finds entries by words: beginnings of words, in any order, whatever their case, accents and apostrophes. Knows no page.

/** Letters as they are compared. */
export const folded = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}|['’‘ʼʹ`´]/gu, "").replaceAll("ґ", "г");

const wordsOf = (text) => [...new Set(folded(text).split(/[^\p{L}\p{N}%]+/u).filter(Boolean))];

// Pages and charts answer most questions; a place is what it says.
const RANK = { page: 4, view: 3, place: 3 };

/** An entry to be found: its title counts most, then `words`, then its context. */
export const prepared = (entry) => ({
    ...entry,
    start: folded(entry.title),
    rank: RANK[entry.kind] ?? 0,
    parts: [[8, wordsOf(entry.title)], [3, wordsOf(entry.words ?? "")], [1, wordsOf(entry.context ?? "")]],
});

/** Entries in which every asked word is found, best first. One wrong letter is forgiven when nothing fits to the letter. */
export function find(entries, query) {
    const asked = wordsOf(query).map((word) => ({ word, stem: stem(word) }));
    if (asked.length === 0) return [];
    const start = folded(query.trim());
    for (const fits of [begins, almost]) {
        const found = entries.map((entry) => [score(entry, asked, start, fits), entry]).filter(([points]) => points > 0);
        if (found.length > 0) return found.sort(([a], [b]) => b - a).map(([, entry]) => entry);
    }
    return [];
}

function score(entry, asked, start, fits) {
    let points = entry.start === start ? 12 : entry.start.startsWith(start) ? 3 : 0;
    for (const word of asked) {
        const best = Math.max(...entry.parts.map(([weight, words]) => weight * Math.max(0, ...words.map((one) => fits(one, word)))));
        if (best === 0) return 0;
        points += best;
    }
    return points + entry.rank;
}

const begins = (one, { word, stem }) => (one === word ? 1 : one.startsWith(word) ? 0.7 : one.startsWith(stem) ? 0.3 : 0);

/** Ukrainian words change their last vowels: «Польщі» is «Польща». */
const stem = (word) => (word.length < 5 ? word : word.replace(/[аеиіоуюяєь]+$/, ""));

/** One letter wrong, too many, missing, or swapped with the next: against the beginning of a word. */
function almost(one, asked) {
    const { word } = asked;
    if (word.length < 4) return begins(one, asked);
    let same = 0;
    while (same < word.length && one[same] === word[same]) same += 1;
    const rest = word.slice(same);
    const swapped = rest.length > 1 ? rest[1] + rest[0] + rest.slice(2) : rest;
    const isNear = one.startsWith(rest.slice(1), same + 1) || one.startsWith(rest.slice(1), same)
        || one.startsWith(rest, same + 1) || one.startsWith(swapped, same);
    return isNear ? 0.5 : 0;
}
