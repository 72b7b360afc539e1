// Says when the login is about to end, and keeps it alive when asked. Without this the footer says until when.
// A page read in another tab keeps the login alive as well, so the tabs tell one another.

const STORE = "login-ends";
const box = document.querySelector("[data-login-end]");
const warning = Number(box.dataset.loginWarning) * 1000;
let ends = 0;
let isFinal = "loginFinal" in box.dataset;
let timer = 0;

function say(what) {
  for (const part of box.querySelectorAll("[data-say]")) part.hidden = part.dataset.say !== what;
  box.hidden = !what;
}

function look() {
  clearTimeout(timer);
  const left = ends - Date.now();
  if (left <= 0) {
    say("over");
    return;
  }
  say(left > warning ? "" : isFinal ? "final" : "soon");
  timer = setTimeout(look, left > warning ? left - warning : left);
}

function lasts(seconds) {
  ends = Date.now() + seconds * 1000;
  try {
    localStorage.setItem(STORE, String(ends));
  } catch {
    // Storage may be forbidden: then each tab speaks for itself.
  }
}

function tellFooter() {
  const line = document.querySelector("[data-login-until]");
  const words = new Date(ends).toLocaleString("sv-SE", { timeZone: "Asia/Shanghai" }).slice(0, 16);
  if (line) line.textContent = line.textContent.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, words);
}

async function stay() {
  let answer;
  try {
    answer = await fetch(box.dataset.loginStay, { credentials: "same-origin", redirect: "manual" });
  } catch {
    say("away");
    return;
  }
  if (!answer.ok) {
    say(answer.type === "opaqueredirect" ? "over" : "away");
    return;
  }
  lasts((await answer.json()).left);
  isFinal = ends - Date.now() <= warning; // asked for more and not given
  tellFooter();
  look();
}

lasts(Number(box.dataset.loginEnd));
for (const button of box.querySelectorAll("button")) button.addEventListener("click", stay);
window.addEventListener("storage", (event) => {
  if (event.key !== STORE || !event.newValue) return;
  ends = Number(event.newValue);
  tellFooter();
  look();
});
document.addEventListener("visibilitychange", () => document.hidden || look()); // timers sleep with the machine
look();
