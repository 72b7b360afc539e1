// Dragging a session to another room or time fills in and sends the form that the link "move" leads to; without this script the link does it.

const form = document.querySelector(".drag-form");
let dragged = null;

function drop(cell) {
  form.action = dragged.dataset.move;
  form.elements.room.value = cell.dataset.room;
  form.elements.start.value = cell.dataset.start;
  form.elements.minutes.value = dragged.dataset.minutes;
  form.requestSubmit();
}

if (form) {
  for (const chip of document.querySelectorAll(".chip-session[draggable=true]")) {
    chip.addEventListener("dragstart", (event) => {
      dragged = chip;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", chip.dataset.move);
    });
    chip.addEventListener("dragend", () => { dragged = null; });
  }
  for (const cell of document.querySelectorAll("td[data-room]")) {
    cell.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      cell.classList.add("over");
    });
    cell.addEventListener("dragleave", () => cell.classList.remove("over"));
    cell.addEventListener("drop", (event) => {
      event.preventDefault();
      cell.classList.remove("over");
      if (dragged) drop(cell);
    });
  }
}
