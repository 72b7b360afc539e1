// The officer's pages: usual opinions put into the box, the last tick taken back, and single keys. Keys are off until
// switched on, never work while something is typed, and each presses a control that stands on the page.

const STORE = "review-keys";

function remembered() {
  try {
    return localStorage.getItem(STORE) === "on";
  } catch {
    return false; // storage may be forbidden: then the keys stay off
  }
}

function remember(on) {
  try {
    localStorage.setItem(STORE, on ? "on" : "off");
  } catch {
    // The switch still works for this page.
  }
}

function offerCanned() {
  const data = document.getElementById("review-canned");
  const choice = document.querySelector("select[name=canned]");
  const box = document.querySelector("textarea[name=reason]");
  if (!data || !choice || !box) return;
  const words = JSON.parse(data.textContent);
  choice.addEventListener("change", () => {
    const text = words[choice.value];
    if (!text) return;
    box.value = box.value.trim() ? `${box.value.trim()}\n${text}` : text;
    choice.value = "";
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function typing(target) {
  return target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox]):not([type=radio])");
}

function step(by) {
  const rows = [...document.querySelectorAll("[data-review-queue] [data-row]")];
  if (!rows.length) return;
  const here = rows.findIndex((row) => row.classList.contains("at"));
  const next = Math.min(Math.max(here < 0 ? 0 : here + by, 0), rows.length - 1);
  for (const row of rows) row.classList.toggle("at", row === rows[next]);
  rows[next].querySelector("a").focus();
}

function tick(number) {
  const item = document.querySelector(`[data-item="${number}"]`);
  if (!item) return;
  const [good, bad] = item.querySelectorAll("input[type=radio]");
  const wanted = good.checked ? bad : good;
  wanted.checked = true;
  wanted.focus();
  wanted.dispatchEvent(new Event("input", { bubbles: true }));
  wanted.dispatchEvent(new Event("change", { bubbles: true }));
}

// Ticks alone are taken back here, before or after they were kept as a draft; a decision is never taken back.
function offerUndo() {
  const button = document.querySelector("[data-undo]");
  if (!button) return;
  const form = button.form;
  const chosen = (name) => form.querySelector(`input[name="${name}"]:checked`)?.value ?? "";
  const last = new Map();
  const done = [];
  for (const radio of form.querySelectorAll("[data-item] input[type=radio]")) last.set(radio.name, chosen(radio.name));
  form.addEventListener("change", ({ target }) => {
    if (!last.has(target.name)) return;
    done.push([target.name, last.get(target.name)]);
    last.set(target.name, target.value);
    button.hidden = false;
  });
  button.addEventListener("click", () => {
    const [name, before] = done.pop();
    const radios = [...form.querySelectorAll(`input[name="${name}"]`)];
    for (const radio of radios) radio.checked = radio.value === before;
    last.set(name, before);
    radios[0].dispatchEvent(new Event("input", { bubbles: true }));
    button.hidden = !done.length;
    (radios.find((radio) => radio.checked) ?? radios[0]).focus();
  });
}

function press(key) {
  const control = document.querySelector(`[data-key="${key}"]`);
  if (!control) return;
  if (control instanceof HTMLDetailsElement) {
    control.open = true;
    control.querySelector("select").focus();
  } else {
    control.click();
  }
}

// The latest step first: ticks, and when none is left the taking or putting back that the page offers to undo.
function undo() {
  const tick = document.querySelector("[data-undo]:not([hidden])");
  if (tick) tick.click();
  else press("u");
}

function help() {
  const details = document.querySelector("[data-keys-help]");
  details.open = !details.open;
  details.querySelector("summary").focus();
}

function search() {
  const box = document.querySelector("input[name=q]");
  if (box) box.focus();
  else document.querySelector("nav a[href$='/patents/']")?.click();
}

const ACTIONS = {
  j: () => step(1),
  k: () => step(-1),
  n: () => document.querySelector("textarea[name=reason]")?.focus(),
  a: () => press("a"),
  r: () => press("r"),
  h: () => press("h"),
  u: undo,
  "/": search,
  "?": help,
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || typing(event.target)) return;
  if (/^[1-5]$/.test(event.key)) {
    tick(event.key);
  } else if (ACTIONS[event.key]) {
    ACTIONS[event.key]();
  } else {
    return;
  }
  event.preventDefault();
}

function offerKeys() {
  const panel = document.querySelector("[data-review-keys]");
  if (!panel) return;
  panel.hidden = false;
  const toggle = panel.querySelector("[data-keys-switch]");
  const apply = (on) => (on ? document.addEventListener("keydown", onKey) : document.removeEventListener("keydown", onKey));
  toggle.checked = remembered();
  apply(toggle.checked);
  toggle.addEventListener("change", () => {
    remember(toggle.checked);
    apply(toggle.checked);
  });
}

offerCanned();
offerUndo();
offerKeys();
