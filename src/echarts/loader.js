// One import for all charts; a failed one may be tried again under another address. Flows are a part of their own.
let loading;
let attempt = 0;

export async function load(address, flows) {
    loading ??= import(attempt++ ? `${address}?again=${attempt}` : address).catch((error) => {
        loading = undefined;
        throw error;
    });
    const library = await loading;
    if (flows) await library.withFlows();
    return library;
}

// A first drawing in two parts, so that the page answers between them. ECharts would do the second in the next frame, where nobody hears
// that it failed: no frame comes before.
export function begin(chart, option, merge) {
    chart.setOption(option, { ...merge, lazyUpdate: true });
    chart.getZr().animation.pause();
}

export function finish(chart) {
    chart.getZr().animation.resume();
    chart.resize(); // for ECharts a new size draws what was set before
}
