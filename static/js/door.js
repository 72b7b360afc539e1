// The door with script: scans by camera where the browser can, answers without leaving the page, keeps scans while offline.

const MOST = 500;
const AGAIN_MS = 3000;
const UNDO_MS = 10000;
const box = document.querySelector("[data-door]");
const find = (name) => document.querySelector(`[data-door-${name}]`);
const place = find("verdict");
const stored = box ? `expo-door:${box.dataset.doorScan}` : "";

const queue = () => JSON.parse(localStorage.getItem(stored) ?? "[]");

function showQueue(rows) {
  localStorage.setItem(stored, JSON.stringify(rows));
  find("queue").hidden = rows.length === 0;
  find("queued").textContent = rows.length;
  find("scans").value = JSON.stringify(rows);
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}

function tone(good) {
  navigator.vibrate?.(good ? 80 : [80, 60, 200]);
  try {
    const sound = new AudioContext();
    const wave = sound.createOscillator();
    wave.frequency.value = good ? 880 : 220;
    wave.connect(sound.destination);
    wave.start();
    wave.stop(sound.currentTime + (good ? 0.12 : 0.4));
  } catch {
    // No sound: the word and the colour say the same.
  }
}

function undoButton(said, form) {
  place.querySelector(".undo")?.remove();
  if (!said.undo) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn alt undo";
  button.textContent = box.dataset.doorUndoWord;
  button.addEventListener("click", async () => {
    button.remove();
    const sent = new FormData(form);
    sent.set("format", "json");
    sent.delete("idempotency_key");
    const answer = await fetch(box.dataset.doorUndo.replace("/0/", `/${said.pk}/`), { method: "POST", body: sent });
    if (answer.ok) show(await answer.json(), form);
  });
  place.append(button);
  setTimeout(() => button.remove(), UNDO_MS);
}

function show(said, form) {
  place.hidden = false;
  place.className = `verdict ${said.tone}`;
  for (const name of ["sign", "word", "name", "detail"]) find(name).textContent = said[name] ?? "";
  if (said.inside !== undefined) find("inside").textContent = said.inside;
  undoButton(said, form);
  tone(said.tone === "ok");
}

function keep(sent, form) {
  const rows = queue();
  if (rows.length >= MOST) {
    show({ tone: "no", sign: "×", word: box.dataset.doorFullWord }, form);
    return;
  }
  const row = { code: sent.get("code"), direction: sent.get("direction"), client: sent.get("client") };
  showQueue([...rows, { ...row, at: new Date().toISOString() }]);
  show({ tone: "warn", sign: "!", word: box.dataset.doorOfflineWord, name: row.code }, form);
}

async function send(form) {
  const sent = new FormData(form);
  if (!sent.get("code").trim()) return;
  sent.set("format", "json");
  sent.set("client", newId());
  try {
    const answer = await fetch(box.dataset.doorScan, { method: "POST", body: sent });
    if (!(answer.headers.get("Content-Type") ?? "").includes("json")) throw new TypeError("no answer of the door");
    show(await answer.json(), form);
  } catch {
    keep(sent, form);
  }
  form.elements.code.value = "";
  form.elements.code.focus();
}

async function watch(form, video) {
  const reader = new BarcodeDetector({ formats: ["qr_code"] });
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.hidden = false;
  await video.play();
  let last = "", until = 0;
  const look = async () => {
    const [found] = await reader.detect(video).catch(() => []);
    if (found && (found.rawValue !== last || Date.now() > until)) {
      [last, until] = [found.rawValue, Date.now() + AGAIN_MS];
      form.elements.code.value = found.rawValue;
      await send(form);
    }
    requestAnimationFrame(look);
  };
  look();
}

// The report has come: what it tells of need not be kept. Sent twice, a scan enters once, so nothing is lost on the way.
const told = document.querySelector("[data-door-sent]");
if (told) localStorage.removeItem(`expo-door:${told.dataset.doorSent}`);

if (box) {
  const form = box.querySelector("form");
  const camera = find("camera");
  showQueue(queue());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
  if ("BarcodeDetector" in window && navigator.mediaDevices) {
    camera.hidden = false;
    camera.addEventListener("click", () => watch(form, find("video")).then(() => { camera.hidden = true; }, () => { camera.hidden = true; }));
  }
}
