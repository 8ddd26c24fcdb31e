// Keeps the site for use without a network, and tells when a newer version is there. Loaded by web/boot.js after all else.
import en from "../locales/en/offline.json";
import uk from "../locales/uk/offline.json";

const QUIET = 2_000; // ms without a request: now nobody waits for the network
const page = document.documentElement;
const { serviceWorker, connection } = navigator;

// Who saves data is not sent a whole site; who has it already keeps it current.
if (serviceWorker && (serviceWorker.controller || !connection?.saveData)) {
    await quiet().then(start).catch(() => {}); // then the site works as ever, with a network
}

async function quiet() {
    await new Promise((resolve) => {
        let timer = setTimeout(resolve, QUIET);
        new PerformanceObserver(() => {
            clearTimeout(timer);
            timer = setTimeout(resolve, QUIET);
        }).observe({ type: "resource" });
    });
}

async function start() {
    const registration = await serviceWorker.register(new URL("sw.js", document.baseURI), { updateViaCache: "none" });
    const { active, waiting, installing } = registration;
    if (!serviceWorker.controller) {
        // This page came from the network. The worker answers for it from now on if both are of one version.
        const own = document.querySelector("meta[name=version]").content;
        const first = active ?? waiting ?? installing;
        follow(first, "activated", () => first.postMessage(own));
    } else if (waiting) {
        offer(registration);
    } else if (installing) {
        follow(installing, "installed", () => offer(registration));
    }
    registration.addEventListener("updatefound", () => {
        const next = registration.installing;
        follow(next, "installed", () => serviceWorker.controller && offer(registration));
    });
}

function follow(worker, state, then) {
    const look = () => {
        if (worker.state !== state) return;
        worker.removeEventListener("statechange", look);
        then();
    };
    worker.addEventListener("statechange", look);
    look();
}

/** One quiet line at the end of the page. Nothing happens before the reader says so. */
function offer(registration) {
    document.getElementById("newer")?.remove();
    const line = document.createElement("aside");
    const says = document.createElement("p");
    const [take, later] = [document.createElement("button"), document.createElement("button")];
    let said = "offline.ready";
    const speak = () => {
        const words = page.lang === "uk" ? uk : en;
        line.setAttribute("aria-label", words["offline.label"]);
        says.textContent = words[said];
        take.textContent = words["offline.take"];
        later.textContent = words["offline.later"];
    };
    line.id = "newer";
    says.setAttribute("role", "status");
    take.className = later.className = "button";
    line.append(says, take, later);
    document.body.append(line);
    speak();
    const spoken = new MutationObserver(speak);
    spoken.observe(page, { attributeFilter: ["lang"] });
    later.addEventListener("click", () => {
        spoken.disconnect();
        line.remove();
    });
    take.addEventListener("click", () => {
        serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
        if (registration.waiting) registration.waiting.postMessage("take");
        else location.reload(); // it came into use by itself
    });
    // Another page of the site is open, maybe in the middle of a talk: it would be left with files of two versions.
    serviceWorker.addEventListener("message", () => {
        said = "offline.others";
        speak();
    });
}
