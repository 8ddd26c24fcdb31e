// What a page and its workers hold after a collection, and what its process held at most. One way for all: Chromium's own figure for
// pages (measureUserAgentSpecificMemory) leaves out the memory of WebAssembly, so each one is noted where it is made.
import { readFileSync } from "node:fs";

/** In page and worker, before all else. */
function note() {
    const memories = new Set();
    globalThis.wasmBytes = () => [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
    const { Memory, Instance, instantiate, instantiateStreaming } = WebAssembly;
    const take = (result) => {
        for (const one of Object.values((result.instance ?? result).exports)) if (one instanceof Memory) memories.add(one);
        return result;
    };
    WebAssembly.instantiate = async (...given) => take(await instantiate.apply(WebAssembly, given));
    WebAssembly.instantiateStreaming = async (...given) => take(await instantiateStreaming.apply(WebAssembly, given));
    WebAssembly.Instance = new Proxy(Instance, { construct: (target, given) => take(new target(...given)) });
    WebAssembly.Memory = new Proxy(Memory, {
        construct(target, given) {
            const memory = new target(...given);
            memories.add(memory);
            return memory;
        },
    });
}

/** Call it before the page goes anywhere. What it returns tells the bytes: objects, buffers and the memories of WebAssembly. */
export async function watch(page) {
    const session = await page.context().newCDPSession(page);
    const workers = new Set();
    const waiting = new Map();
    let sent = 0;
    const inWorker = (sessionId) => (method, params = {}) => new Promise((done, fail) => {
        waiting.set(++sent, { done, fail });
        session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id: sent, method, params }) }).catch(fail);
    });
    session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
        const send = inWorker(sessionId);
        if (targetInfo.type === "worker") {
            workers.add(sessionId);
            send("Runtime.evaluate", { expression: `(${note})()` }).catch(() => {});
        }
        send("Runtime.runIfWaitingForDebugger").catch(() => {});
    });
    session.on("Target.detachedFromTarget", ({ sessionId }) => workers.delete(sessionId));
    session.on("Target.receivedMessageFromTarget", ({ message }) => {
        const { id, result, error } = JSON.parse(message);
        const { done, fail } = waiting.get(id) ?? {};
        waiting.delete(id);
        if (error) fail?.(new Error(error.message));
        else done?.(result);
    });
    await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: true, flatten: false });
    await page.addInitScript(note);
    return async () => {
        let bytes = 0;
        for (const send of [(method, params) => session.send(method, params), ...[...workers].map(inWorker)]) {
            await send("HeapProfiler.collectGarbage");
            const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = await send("Runtime.getHeapUsage");
            const { result } = await send("Runtime.evaluate", { expression: "wasmBytes()" });
            bytes += usedSize + embedderHeapUsedSize + backingStorageSize + result.value;
        }
        return bytes;
    };
}

/** In bytes: the greatest that a process with pages of this browser ever took of the machine's memory. Linux only, as all here. */
export async function peak(browser) {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const of = ({ id }) => 1024 * Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))[1]);
    return Math.max(...processInfo.filter(({ type }) => type === "renderer").map(of));
}
