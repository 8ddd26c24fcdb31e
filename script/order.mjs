// Puts the functions of a WebAssembly module in an order that compresses well: each beside those that are most like it. gzip
// finds what it has seen in the last 32 kB only, so the order is worth 3% of the app (ARCHITECTURE.md, "Size of the app").

const RUN = 6; // bytes in a row that two functions share

/** What is best differs from code to code by half a kilobyte: all are tried. Runs in more functions than `common` tell nothing; `window` bytes
 * before are those in which gzip finds them again; `small` keeps small functions from coming first. */
export const WAYS = [
    { common: 60, window: 27_500, small: 80 },
    { common: 300, window: 22_000, small: 80 },
    { common: 60, window: 26_000, small: 15 },
    { common: 60, window: 22_000, small: 40 },
    { common: 150, window: 24_000, small: 80 },
    { common: 100, window: 26_000, small: 40 },
    { common: 150, window: 22_000, small: 80 },
];

/** The module with a name for each function, ascending in the order wanted: `wasm-opt --reorder-functions-by-name` does the rest. */
export function named(wasm, way) {
    const { imports, bodies } = functions(wasm);
    const position = new Map(ordered(bodies, way).map((body, at) => [body, at]));
    const names = bodies.flatMap((_, body) => {
        const name = Buffer.from(String(position.get(body)).padStart(6, "0"));
        return [...leb(imports + body), ...leb(name.length), ...name];
    });
    const list = [...leb(bodies.length), ...names];
    const section = [4, ...Buffer.from("name"), 1, ...leb(list.length), ...list];
    return Buffer.concat([wasm, Buffer.from([0, ...leb(section.length), ...section])]);
}

/** Greedy: after each function the one that shares most, for its length, with what gzip still sees. Rare runs count for more. */
function ordered(bodies, { common, window, small }) {
    const runs = bodies.map((body) => {
        const own = new Set();
        for (let at = 0; at + RUN <= body.length; at++) own.add(body.readUIntBE(at, RUN));
        return own;
    });
    const holders = new Map();
    for (const [body, own] of runs.entries()) for (const run of own) holders.set(run, [...(holders.get(run) ?? []), body]);
    const worth = new Map();
    for (const [run, all] of holders) if (all.length > 1 && all.length <= common) worth.set(run, Math.log(bodies.length / all.length));
    const informative = runs.map((own) => [...own].filter((run) => worth.has(run)));

    // What each function that is left shares with the window, kept up to date as functions come into it and leave it.
    const shared = new Float64Array(bodies.length);
    const inWindow = new Map();
    const change = (body, by) => {
        for (const run of informative[body]) {
            const before = inWindow.get(run) ?? 0;
            inWindow.set(run, before + by);
            if (before === (by > 0 ? 0 : 1)) for (const other of holders.get(run)) shared[other] += by * worth.get(run);
        }
    };
    const left = new Set(bodies.keys());
    const order = [];
    let oldest = 0;
    let size = 0;
    let next = bodies.reduce((longest, body, at) => (body.length > bodies[longest].length ? at : longest), 0);
    while (left.size > 0) {
        left.delete(next);
        order.push(next);
        change(next, 1);
        size += bodies[next].length;
        while (oldest < order.length - 1 && size - bodies[order[oldest]].length >= window) {
            size -= bodies[order[oldest]].length;
            change(order[oldest++], -1);
        }
        let best = -1;
        for (const body of left) {
            const likeness = shared[body] / (runs[body].size + small);
            if (likeness > best) [best, next] = [likeness, body];
        }
    }
    return order;
}

/** How many functions are imported, and the bodies of the others. */
function functions(wasm) {
    let imports = 0;
    const bodies = [];
    for (let at = 8; at < wasm.length; ) {
        const kind = wasm[at];
        const [length, start] = number(wasm, at + 1);
        if (kind === 10) {
            let [count, from] = number(wasm, start);
            for (; count > 0; count--) {
                const [size, body] = number(wasm, from);
                bodies.push(wasm.subarray(body, body + size));
                from = body + size;
            }
        }
        at = start + length;
    }
    for (const { kind } of WebAssembly.Module.imports(new WebAssembly.Module(wasm))) if (kind === "function") imports += 1;
    return { imports, bodies };
}

/** WebAssembly's numbers of changing length: read, with where the next thing begins; written. */
function number(bytes, at) {
    for (let value = 0, shift = 0; ; shift += 7, at++) {
        value |= (bytes[at] & 0x7f) << shift;
        if (bytes[at] < 0x80) return [value, at + 1];
    }
}

function leb(value) {
    const bytes = [];
    for (; value > 0x7f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
    return [...bytes, value];
}
