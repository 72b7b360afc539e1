// Shows of the offer's form only what the chosen form of transfer and payment need. Without this page everything is shown.

const chosen = (form, name) => new FormData(form).get(name);

function follow(form) {
  for (const box of form.querySelectorAll("[data-when], [data-unless]")) {
    const [name, value] = (box.dataset.when ?? box.dataset.unless).split("=");
    const isIt = chosen(form, name) === value;
    box.hidden = "when" in box.dataset ? !isIt : isIt;
  }
}

const box = document.querySelector("[data-when]");
if (box) {
  const form = box.closest("form");
  form.addEventListener("change", () => follow(form));
  follow(form);
}
