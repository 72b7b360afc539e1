// Keeps what is typed into a step of the wizard: a little after the last change, on leaving a box, on leaving the page.
// Nothing of it is saved; the button does that. Without this page the button alone does everything.

const QUIET_MS = 3000;
const AGAIN_MS = 15000;

class Keeper {
  constructor(box) {
    this.box = box;
    this.form = box.closest("form");
    this.status = box.querySelector("[data-kept]");
    this.isChanged = false;
    this.isSending = false;
    this.isAway = false;
    this.isOff = "keepOff" in box.dataset; // another window was faster: the reader decides, by the button
    this.timer = 0;
  }

  watch() {
    const { form } = this;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("focusout", () => this.send());
    form.addEventListener("submit", () => clearTimeout(this.timer));
    document.addEventListener("visibilitychange", () => document.hidden && this.send(true));
    window.addEventListener("pagehide", () => this.send(true));
    window.addEventListener("online", () => this.send());
    window.addEventListener("beforeunload", (event) => {
      if (this.isChanged && this.isAway && !form.dataset.sent) event.preventDefault();
    });
  }

  changed() {
    this.isChanged = true;
    this.later(QUIET_MS);
  }

  later(pause) {
    clearTimeout(this.timer);
    if (!this.isOff) this.timer = setTimeout(() => this.send(), pause);
  }

  body() {
    const data = new FormData(this.form);
    data.set("window", data.get("idempotency_key"));
    data.delete("idempotency_key"); // this is no second press of the button
    return new URLSearchParams(data);
  }

  async send(isLeaving = false) {
    if (!this.isChanged || this.isSending || this.isOff || this.form.dataset.sent) return;
    clearTimeout(this.timer);
    this.isChanged = false;
    this.isSending = true;
    try {
      const answer = await fetch(this.box.dataset.keep, {
        method: "POST", body: this.body(), credentials: "same-origin", keepalive: isLeaving,
      });
      this.isAway = false;
      await this.take(answer);
    } catch {
      this.isAway = this.isChanged = true;
      this.say(this.box.dataset.away);
    }
    this.isSending = false;
    if (this.isChanged) this.later(this.isAway ? AGAIN_MS : QUIET_MS);
  }

  async take(answer) {
    const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    this.login(answer.redirected ? answer.url : "");
    if (!isOurs) {
      this.say(answer.redirected ? this.box.dataset.ended : this.box.dataset.odd);
      return;
    }
    const told = await answer.json();
    this.say(told.words);
    if (told.edition) this.form.elements.edition.value = told.edition;
    if (told.differences) this.moved(told.differences);
  }

  say(words) {
    this.status.textContent = words;
  }

  login(address) {
    const line = this.box.querySelector("[data-login]");
    line.hidden = !address;
    if (address) line.querySelector("a").href = address;
  }

  moved(differences) {
    this.isOff = true;
    const place = this.box.querySelector("[data-moved]");
    place.replaceChildren(...new DOMParser().parseFromString(differences, "text/html").body.childNodes);
    place.hidden = false;
  }
}

for (const box of document.querySelectorAll("[data-keep]")) new Keeper(box).watch();
