// Makes a session safe without a connection. Every answer is written to the tablet's own database as it is given, and sent when the server can
// be reached; the server takes each once, by the tablet's name and a number that only grows. Without this script the form posts as usual.

const place = document.getElementById("offline");
const { code, device, api, home } = place.dataset;
const keep = place.dataset.keep.split(" ");
const form = place.parentElement.querySelector("form");
const isEnd = location.pathname.endsWith("/end");
const finishKey = "finish";

/** Opens the tablet's database: the newest answer to each question, and whether the server has taken it, by code and question. */
const database = new Promise((resolve, reject) => {
  const opening = indexedDB.open("greenpaper-sessions", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("waiting", { keyPath: ["code", "item"] });
  opening.onsuccess = () => resolve(opening.result);
  opening.onerror = () => reject(opening.error);
});

/** Reads everything of this session and changes it in one transaction, so that typing and sending never overwrite each other. */
async function inStore(work) {
  const transaction = (await database).transaction("waiting", "readwrite", { durability: "strict" });
  const store = transaction.objectStore("waiting");
  return new Promise((resolve, reject) => {
    let answer;
    const reading = store.getAll(IDBKeyRange.bound([code], [code, []]));
    reading.onsuccess = () => {
      answer = work(store, reading.result);
    };
    transaction.oncomplete = () => resolve(answer);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** What was sent stays until the session ends: a kept page may be older than the answers, and shows them from here. */
const given = () => inStore((_store, all) => all);
const waiting = async () => (await given()).filter(({ sent }) => !sent);

/** Only grows on this tablet, also through a restart; begins at the seconds since 2020, as forms without this script do. */
function nextSequence() {
  const key = "greenpaper-session-sequence";
  const next = Math.max(
    Number(localStorage.getItem(key) ?? 0) + 1,
    Math.floor((Date.now() - Date.UTC(2020, 0, 1)) / 1000),
  );
  localStorage.setItem(key, String(next));
  return next;
}

let trouble = "";
async function tell() {
  const all = await waiting();
  const answers = all.filter(({ item }) => item !== finishKey).length;
  const ending = all.length > answers;
  const count = answers === 1 ? "1 answer is" : `${answers} answers are`;
  if (trouble !== "") place.textContent = trouble;
  else if (ending)
    place.textContent =
      "You have finished. The answers are kept on this tablet and are sent when there is a connection: give it to the adult.";
  else if (answers > 0)
    place.textContent = `${count} kept on this tablet and not sent yet${navigator.onLine ? "" : ": no connection"}. Go on.`;
  else
    place.textContent = navigator.onLine
      ? "All answers are saved."
      : "No connection. Answers are kept on this tablet. Go on.";
  place.dataset.state = trouble !== "" ? "trouble" : all.length > 0 ? "waiting" : "saved";
}

const questions = [...(form?.querySelectorAll("[data-item]") ?? [])];
const fieldsOf = (question) => [...question.querySelectorAll(`[name="answer-${question.dataset.item}"]`)];

/** What stands in a question's field. */
function typedIn(question) {
  const fields = fieldsOf(question);
  return (fields[0].type === "radio" ? (fields.find((one) => one.checked)?.value ?? "") : fields[0].value).trim();
}

/** Puts an answer into its field, as it was typed before a reload. */
function show(question, answer) {
  for (const field of fieldsOf(question))
    if (field.type === "radio") field.checked = field.value === answer;
    else field.value = answer;
}

const last = new Map();

/** Writes an answer to the tablet, if it changed. */
async function keepAnswer(question) {
  const answer = typedIn(question);
  const { item } = question.dataset;
  if (last.get(item) === answer) return;
  last.set(item, answer);
  await inStore((store) => store.put({ code, item, answer, device, api, sequence: nextSequence() }));
}

let sending = Promise.resolve();
/** Sends what waits; one page at a time, also with several tabs open. */
function send() {
  sending = sending.then(() => navigator.locks.request("greenpaper-sessions", sendAll)).then(tell, tell);
  return sending;
}

/** Sends one entry. @returns whether the server has dealt with it, so that it need not wait any more */
async function sendOne(one) {
  const finishing = one.item === finishKey;
  const response = await fetch(finishing ? `${one.api}/finish` : `${one.api}/answers/${encodeURIComponent(one.item)}`, {
    method: finishing ? "POST" : "PUT",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(finishing ? {} : { answer: one.answer, device: one.device, sequence: one.sequence }),
    signal: AbortSignal.timeout(30_000), // a connection that hangs holds up everything that waits
  });
  if (response.ok) return true;
  const { detail } = await response.json().catch(() => ({ detail: "" }));
  if (response.status >= 400 && response.status < 500 && response.status !== 429)
    trouble = `The server did not take an answer: ${detail} Ask the adult.`;
  // An answer that can't be one is not sent again; everything else is.
  return response.status === 422;
}

async function sendAll() {
  trouble = "";
  // Answers first, the end last.
  const all = (await waiting()).sort((a, b) => (a.item === finishKey) - (b.item === finishKey));
  let taken = true;
  for (const one of all) {
    if (!navigator.onLine || !taken) return;
    taken = await sendOne(one);
    if (taken)
      await inStore((store, now) => {
        const newest = now.find(({ item }) => item === one.item);
        if (newest && newest.sequence === one.sequence) store.put({ ...newest, sent: true });
      });
    if (taken && one.item === finishKey && trouble === "") await leave();
  }
}

/** The session is over: the tablet keeps nothing of it. */
async function leave() {
  const registration = await navigator.serviceWorker?.getRegistration("/assessment-fieldwork/");
  registration?.active?.postMessage({ clear: true });
  await inStore((store, all) => {
    for (const { item } of all) store.delete([code, item]);
  });
  document.documentElement.dataset.finished = "true";
  location.href = home;
}

async function begin() {
  for (const question of questions) last.set(question.dataset.item, typedIn(question));
  for (const one of await given()) {
    const question = questions.find(({ dataset }) => dataset.item === one.item);
    if (question) {
      show(question, one.answer);
      last.set(one.item, one.answer);
    }
  }
  let timer = 0;
  form?.addEventListener("change", async (event) => {
    const question = event.target.closest("[data-item]");
    if (!question) return;
    clearTimeout(timer);
    await keepAnswer(question);
    await tell();
    await send();
  });
  form?.addEventListener("input", (event) => {
    const question = event.target.closest("[data-item]");
    if (!question || event.target.type === "radio") return;
    clearTimeout(timer);
    timer = setTimeout(() => keepAnswer(question).then(tell), 300);
  });
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    for (const question of questions) await keepAnswer(question);
    if (isEnd)
      await inStore((store) => store.put({ code, item: finishKey, answer: "", device, api, sequence: nextSequence() }));
    await send();
    if (!isEnd) location.href = keep[keep.indexOf(location.pathname) + 1] ?? keep[0];
  });
  addEventListener("online", send);
  setInterval(async () => (await waiting()).length > 0 && send(), 10_000);
  // What is left out is counted by the server, which may not know of the answers on this tablet.
  if (isEnd && (await given()).length > 0) document.getElementById("left")?.remove();
  await send();
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/assessment-fieldwork/session-worker.js", {
    scope: "/assessment-fieldwork/",
  });
  const { active } = await navigator.serviceWorker.ready;
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data.kept) place.dataset.kept = String(data.kept);
  });
  const files = [...document.querySelectorAll('link[rel="stylesheet"], link[rel="icon"], script[src]')].map(
    (one) => new URL(one.href ?? one.src).pathname,
  );
  if (navigator.onLine) active.postMessage({ keep: [...keep, ...files] });
}

await begin();
document.documentElement.dataset.offlineReady = "true";
