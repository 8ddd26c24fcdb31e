// The generated file as a JavaScript page would read it: unpacked on the way, parsed by the browser.

export async function columns(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    const body = url.endsWith(".gz") ? answer.body.pipeThrough(new DecompressionStream("gzip")) : answer.body;
    const all = await new Response(body).json();
    const isKeyed = !Array.isArray(all[0]);
    const names = isKeyed ? Object.keys(all[0]) : all[0];
    const first = isKeyed ? 0 : 1;
    const length = all.length - first;
    const column = (name, at) => {
        const values = new Array(length);
        for (let row = 0; row < length; row++) values[row] = all[row + first][isKeyed ? name : at];
        return values;
    };
    return { length, columns: Object.fromEntries(names.map((name, at) => [name, column(name, at)])) };
}
