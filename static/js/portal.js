// Smooths what already works without it: focus, double submits, drafts, the time on a printed page.

const QUIET_MS = 2000;

function focusErrors() {
  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();
}

function refuseSecondSubmit(event) {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("aria-disabled", "true");
}

// A page taken back from the browser's memory, or a file that was only downloaded, may be sent again.
function allowAgain() {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
}

// <form data-autosave="address">: posts the draft after a pause; the server answers with the words to show.
function autosave(form) {
  const status = form.querySelector("[data-autosave-status]");
  let timer = 0;
  const send = async () => {
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      if (answer.ok && status) status.textContent = await answer.text();
    } catch {
      // Offline: the button still saves everything, so a lost draft costs nothing but the pause.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(send, QUIET_MS);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}

function stampPrint() {
  const now = new Date();
  const pad = (n) => String(n).padStart(2, "0");
  const day = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
  for (const place of document.querySelectorAll("[data-printed-at]")) {
    place.textContent = `${day} ${pad(now.getHours())}:${pad(now.getMinutes())}`;
  }
}

focusErrors();
for (const form of document.querySelectorAll("form[data-autosave]")) autosave(form);
document.addEventListener("submit", refuseSecondSubmit);
window.addEventListener("pageshow", (event) => event.persisted && allowAgain());
window.addEventListener("beforeprint", stampPrint);
document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target.removeAttribute("aria-busy"));
