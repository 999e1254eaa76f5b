// Makes a section's form safe without a connection. Every change of an answer is written to the device's own database at once, and
// sent in order when the server can be reached. The server takes each once (by its client id) and overwrites nothing: an answer that
// was changed elsewhere comes back as a conflict and is shown beside what was typed. Without this script the form posts as usual.

const place = document.getElementById("offline");
const { person, audit, api, today } = place.dataset;
const keep = place.dataset.keep.split(" ");
const form = place.closest("div.govuk-grid-row").querySelector("form");
const fieldsets = [...form.querySelectorAll("fieldset[data-requirement]")];

/** Opens the device's database: one store of answers that wait, in the order in which they were typed. */
const database = new Promise((resolve, reject) => {
  const opening = indexedDB.open("greenpaper-audits", 1);
  opening.onupgradeneeded = () =>
    opening.result.createObjectStore("waiting", { keyPath: "number", autoIncrement: true });
  opening.onsuccess = () => resolve(opening.result);
  opening.onerror = () => reject(opening.error);
});

/**
 * Reads everything and changes it in one transaction, so that typing and sending never overwrite each other.
 * @param work is given the store and what stands in it; what it answers is answered once all is safely written
 */
async function inStore(work) {
  const transaction = (await database).transaction("waiting", "readwrite", { durability: "strict" });
  const store = transaction.objectStore("waiting");
  return new Promise((resolve, reject) => {
    let answer;
    const reading = store.getAll();
    reading.onsuccess = () => {
      answer = work(store, reading.result);
    };
    transaction.oncomplete = () => resolve(answer);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

const own = (one) => one.person === person;
const waiting = () => inStore((_store, all) => all.filter(own));
/** Changes the entry of a number, where it is still there. */
const alter = (number, change) =>
  inStore((store, all) => {
    const found = all.find((one) => one.number === number);
    if (!found) return null;
    const next = { ...found, ...change };
    store.put(next);
    return next;
  });

/** What the server has of each requirement, as far as this page knows. */
const settled = new Map();

const field = (fieldset, name) => fieldset.querySelector(`[name="${name}-${fieldset.dataset.requirement}"]`);
const fieldsetOf = (requirement) => fieldsets.find((one) => one.dataset.requirement === requirement);

/** What stands in a requirement's fields, or null where nothing does; words without a judgement are kept and can't be sent yet. */
function typedIn(fieldset) {
  const judgement = fieldset.querySelector(`[name="judgement-${fieldset.dataset.requirement}"]:checked`)?.value ?? null;
  const lines = field(fieldset, "evidence").value.split("\n");
  const answer = {
    judgement,
    note: field(fieldset, "note").value.trim(),
    evidence: lines
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .map((what) => ({ what, seen: today })),
    action: field(fieldset, "action").value.trim(),
    mended: field(fieldset, "mended").checked ? today : null,
  };
  const empty = answer.note === "" && answer.evidence.length === 0 && answer.action === "";
  return judgement === null && empty ? null : answer;
}

/** An answer that lacks what was found, so that the server can't take it. */
const isUnfinished = (one) => one.answer.judgement === null;

/** Puts an answer into the fields, as it was typed before a reload. */
function show(fieldset, answer) {
  for (const radio of fieldset.querySelectorAll('[type="radio"]')) radio.checked = radio.value === answer.judgement;
  field(fieldset, "note").value = answer.note;
  field(fieldset, "evidence").value = answer.evidence.map(({ what }) => what).join("\n");
  field(fieldset, "action").value = answer.action;
  field(fieldset, "mended").checked = answer.mended !== null;
}

function say(text, kind) {
  place.textContent = text;
  place.dataset.state = kind;
}

const plural = (count) => (count === 1 ? "1 answer is" : `${count} answers are`);

async function tell() {
  const all = await waiting();
  const conflicts = all.filter((one) => one.conflict).length;
  const unfinished = all.filter(isUnfinished).length;
  if (trouble !== "" && all.length > 0) say(trouble, "waiting");
  else if (conflicts > 0)
    say(
      `${plural(conflicts)} different on the server: choose below which one stands. Nothing was overwritten.`,
      "conflict",
    );
  else if (all.length > 0 && all.length === unfinished)
    say(`${plural(unfinished)} kept on this device: choose what you found, and it is sent.`, "waiting");
  else if (all.length > 0)
    say(
      `${plural(all.length)} kept on this device and not sent yet${navigator.onLine ? "" : ": no connection"}.`,
      "waiting",
    );
  else
    say(
      navigator.onLine
        ? "Everything you typed is saved on the server."
        : "No connection. What you type is kept on this device.",
      "saved",
    );
}

/** Shows the two answers of a conflict and lets the officer choose. */
function askAbout(one) {
  const fieldset = fieldsetOf(one.requirement);
  if (!fieldset || fieldset.querySelector(".safeguarding-conflict")) return;
  const box = document.createElement("div");
  box.className = "govuk-inset-text safeguarding-conflict";
  const words = document.createElement("p");
  words.className = "govuk-body";
  words.textContent = `Saved meanwhile from another device: ${one.conflict.judgement.replaceAll("-", " ")}. ${one.conflict.note}`;
  const button = (text, choose) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "govuk-button govuk-button--secondary";
    made.textContent = text;
    made.addEventListener("click", async () => {
      await choose();
      box.remove();
      await send();
    });
    return made;
  };
  const mine = button("Keep what I typed here", () =>
    alter(one.number, { base: one.conflict.version, client: crypto.randomUUID(), conflict: null }),
  );
  const theirs = button("Take the other one", async () => {
    await inStore((store, all) => {
      for (const other of all.filter(own))
        if (other.audit === audit && other.requirement === one.requirement) store.delete(other.number);
    });
    show(fieldset, one.conflict);
    fieldset.dataset.base = String(one.conflict.version);
  });
  box.append(words, mine, theirs);
  fieldset.prepend(box);
}

/**
 * Writes a changed answer to the device. One that nobody tried to send yet is replaced; one that may have reached the server is followed
 * by another.
 */
async function keepAnswer(fieldset) {
  const answer = typedIn(fieldset);
  const { requirement } = fieldset.dataset;
  const isIts = (one) => own(one) && one.audit === audit && one.requirement === requirement;
  if (!answer) {
    await inStore((store, all) => {
      for (const one of all) if (isIts(one) && isUnfinished(one)) store.delete(one.number);
    });
    return;
  }
  const fresh = { person, audit, api, requirement, answer, tried: false, conflict: null };
  await inStore((store, all) => {
    const last = all.filter(isIts).at(-1);
    if (last && (!last.tried || last.conflict)) store.put({ ...last, answer });
    else if (!last && settled.get(fieldset) === JSON.stringify(answer)) return;
    else store.add({ ...fresh, base: Number(fieldset.dataset.base), client: crypto.randomUUID() });
  });
}

let sending = Promise.resolve();
/** What the server said when it did not take an answer. */
let trouble = "";

/** Sends what waits, in order; stops at the first that can't be sent. One page at a time, also with several tabs open. */
function send() {
  sending = sending.then(() => navigator.locks.request("greenpaper-audits", sendAll)).then(tell, tell);
  return sending;
}

async function sendAll() {
  while (navigator.onLine) {
    const all = await waiting();
    const blocked = new Set(
      all.filter((one) => one.conflict || isUnfinished(one)).map((one) => `${one.audit} ${one.requirement}`),
    );
    for (const one of all) if (one.conflict && one.audit === audit) askAbout(one);
    const first = all.find((one) => !blocked.has(`${one.audit} ${one.requirement}`));
    if (!first) return;
    const next = await alter(first.number, { tried: true });
    const response = await fetch(`${next.api}/${encodeURIComponent(next.requirement)}`, {
      method: "PUT",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ ...next.answer, base: next.base, client: next.client }),
      signal: AbortSignal.timeout(30_000), // a connection that hangs holds up everything that waits
    });
    if (response.status === 401) {
      trouble = "Sign in again: what you typed is kept on this device and is sent afterwards.";
      return;
    }
    if (!response.ok) {
      const { detail } = await response.json().catch(() => ({ detail: "" }));
      trouble = response.status < 500 ? `The server did not take an answer: ${detail} It is kept on this device.` : "";
      return;
    }
    trouble = "";
    const receipt = await response.json();
    if (receipt.kind === "conflict") await alter(next.number, { conflict: receipt.current });
    else await taken(next, receipt.version);
  }
}

/** The server has taken an answer: what was typed after it is on top of it. */
async function taken(sent, version) {
  await inStore((store, all) => {
    store.delete(sent.number);
    for (const later of all)
      if (
        own(later) &&
        later.number !== sent.number &&
        later.audit === sent.audit &&
        later.requirement === sent.requirement
      )
        store.put({ ...later, base: version });
  });
  const fieldset = sent.audit === audit ? fieldsetOf(sent.requirement) : null;
  if (!fieldset) return;
  settled.set(fieldset, JSON.stringify(sent.answer));
  fieldset.dataset.base = String(version);
  field(fieldset, "base").value = String(version);
  field(fieldset, "client").value = crypto.randomUUID();
}

/** Removes what the device keeps, when somebody signs out or somebody else has signed in. */
async function clearDevice() {
  const registration = await navigator.serviceWorker.getRegistration("/safeguarding/");
  registration?.active?.postMessage({ clear: true });
  await inStore((store) => void store.clear());
  localStorage.removeItem("greenpaper-person");
}

/** Signing out would take what wasn't sent with it: says so first. */
async function guardSignOut(event) {
  const link = event.target.closest('a[href^="/sign-out"], form[action^="/sign-out"] button');
  if (!link || link.dataset.sure) return;
  event.preventDefault();
  await send();
  const left = (await waiting()).length;
  if (left > 0 && link.dataset.warned === undefined) {
    link.dataset.warned = "";
    say(
      `${plural(left)} not sent yet. Signing out now removes what this device keeps; press again to do it all the same.`,
      "conflict",
    );
    place.scrollIntoView();
    return;
  }
  await clearDevice();
  link.dataset.sure = "yes";
  link.click();
}

async function begin() {
  // Pages that the device keeps for somebody else go; that person's unsent answers wait for them, unseen.
  const before = localStorage.getItem("greenpaper-person");
  if (before !== null && before !== person) {
    const registration = await navigator.serviceWorker?.getRegistration("/safeguarding/");
    registration?.active?.postMessage({ clear: true });
  }
  localStorage.setItem("greenpaper-person", person);
  await send();
  for (const one of await waiting()) {
    const fieldset = one.audit === audit ? fieldsetOf(one.requirement) : null;
    if (fieldset) show(fieldset, one.answer);
    if (one.conflict && fieldset) askAbout(one);
  }
  let timer = 0;
  form.addEventListener("change", async (event) => {
    const fieldset = event.target.closest("fieldset[data-requirement]");
    if (!fieldset) return;
    clearTimeout(timer);
    await keepAnswer(fieldset);
    await tell();
    await send();
  });
  // A text is kept while it is typed too, not only when the field is left.
  form.addEventListener("input", (event) => {
    const fieldset = event.target.closest("fieldset[data-requirement]");
    if (!fieldset || event.target.type === "radio" || event.target.type === "checkbox") return;
    clearTimeout(timer);
    timer = setTimeout(() => keepAnswer(fieldset).then(tell), 300);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    const { page } = event.submitter?.dataset ?? {};
    for (const fieldset of fieldsets) await keepAnswer(fieldset);
    await send();
    const left = (await waiting()).filter((one) => one.audit === audit);
    if (left.some((one) => one.conflict)) return;
    const unfinished = left.find((one) => isUnfinished(one) && fieldsetOf(one.requirement));
    if (unfinished) {
      fieldsetOf(unfinished.requirement).querySelector('[type="radio"]').focus();
      return;
    }
    if (page && (left.length > 0 || !navigator.onLine)) {
      say(
        "Files need a connection. What you typed is kept on this device; add the files when there is one.",
        "waiting",
      );
      return;
    }
    if (page) {
      location.href = page;
      return;
    }
    const at = keep.indexOf(location.pathname);
    location.href = keep[at + 1] ?? keep[0];
  });
  document.addEventListener("click", guardSignOut, true);
  addEventListener("online", send);
  setInterval(async () => (await waiting()).length > 0 && send(), 15_000);
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/safeguarding/offline-worker.js", { scope: "/safeguarding/" });
  const { active } = await navigator.serviceWorker.ready;
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data.kept) place.dataset.kept = String(data.kept);
  });
  const files = [...document.querySelectorAll('link[rel="stylesheet"], link[rel="icon"], script[src]')].map(
    (one) => new URL(one.href ?? one.src).pathname,
  );
  if (navigator.onLine)
    active.postMessage({ keep: [...keep, ...files, `/safeguarding/schools/${keep[0].split("/")[3]}/escalate`] });
}

for (const fieldset of fieldsets) settled.set(fieldset, JSON.stringify(typedIn(fieldset)));
await begin();
document.documentElement.dataset.offlineReady = "true";
