// Suggestions under the search for schools, as an ARIA combobox with a list (APG "editable combobox with list autocomplete").
// Without it the form does the same in one step more.
const patience = 120;

/** The list and the sentence for screen readers, put round the field. */
function build(input) {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "site-suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Schools");
  const told = document.createElement("div");
  told.className = "govuk-visually-hidden";
  told.setAttribute("role", "status");
  const box = document.createElement("div");
  box.className = "site-suggest";
  input.replaceWith(box);
  box.append(input, list, told);
  const attributes = {
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
    autocomplete: "off",
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  return { list, told };
}

function option(id, { text, detail, href }) {
  const item = document.createElement("li");
  item.id = id;
  item.className = "site-suggestions__item";
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.href = href;
  const name = document.createElement("span");
  name.className = "site-suggestions__name";
  name.textContent = text;
  const where = document.createElement("span");
  where.className = "site-suggestions__detail";
  where.textContent = ` ${detail}`;
  item.append(name, where);
  return item;
}

/** The open and closed list: which option is chosen, and what screen readers are told. */
function listOf(input) {
  const { list, told } = build(input);
  const items = () => [...list.children];
  let active = -1;
  function choose(next) {
    active = next;
    items().forEach((item, i) => {
      item.setAttribute("aria-selected", String(i === active));
      if (i === active) item.scrollIntoView({ block: "nearest" });
    });
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", items()[active].id);
  }
  function show(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) choose(-1);
  }
  function fill(suggestions) {
    list.replaceChildren(...suggestions.map((suggestion, i) => option(`${list.id}-${i}`, suggestion)));
    told.textContent =
      suggestions.length === 0 ? "Nothing found yet" : `${suggestions.length} suggestions, use the arrow keys`;
    show(suggestions.length > 0);
  }
  /** One further down or up; past either end nothing is chosen. */
  function step(by) {
    const count = items().length;
    if (count === 0) return;
    if (list.hidden) show(true);
    const next = active + by;
    choose(next >= count || next === -1 ? -1 : next < -1 ? count - 1 : next);
  }
  return { list, show, fill, step, isOpen: () => !list.hidden, chosen: () => items()[active] ?? null };
}

/** Asks while somebody types, and never shows an answer to something that was typed before. */
function asker(input, { show, fill }) {
  let asked = "";
  let timer = 0;
  let request = null;
  async function ask() {
    const text = input.value.trim();
    if (text === asked) return;
    asked = text;
    request?.abort();
    if (text.length < 2) {
      show(false);
      return;
    }
    request = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggestions}?text=${encodeURIComponent(text)}`, {
        signal: request.signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { suggestions } = await answer.json();
      if (input.value.trim() === text && document.activeElement === input) fill(suggestions);
    } catch (error) {
      if (error.name !== "AbortError") show(false);
    }
  }
  return () => {
    clearTimeout(timer);
    timer = setTimeout(ask, patience);
  };
}

function start(input) {
  const suggestions = listOf(input);
  input.addEventListener("input", asker(input, suggestions));
  input.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key === "Tab") suggestions.show(false);
    else if (event.key === "Escape" && suggestions.isOpen()) {
      event.preventDefault();
      suggestions.show(false);
    } else if (event.key in steps) {
      event.preventDefault();
      suggestions.step(steps[event.key]);
    } else if (event.key === "Enter" && suggestions.isOpen() && suggestions.chosen()) {
      event.preventDefault();
      location.assign(suggestions.chosen().dataset.href);
    }
  });
  input.addEventListener("blur", () => suggestions.show(false));
  // Pressing must not take the focus from the field before the click arrives.
  suggestions.list.addEventListener("mousedown", (event) => event.preventDefault());
  suggestions.list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) location.assign(item.dataset.href);
  });
}

for (const input of document.querySelectorAll("input[data-suggestions]")) start(input);
