// Assembling from a list: a filter that forgives accents, whole groups at once, and a running count.
const room = document.querySelector("[data-units]");
const filter = room.querySelector("[data-filter]");
const tally = room.querySelector("[data-tally]");
const groups = [...room.querySelectorAll("details.pick")];
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function count() {
  const chosen = room.querySelectorAll("input[name=unit]:checked").length;
  const words = chosen === 0 ? tally.dataset.none : chosen === 1 ? tally.dataset.one : tally.dataset.many;
  tally.textContent = words.replace("0", String(chosen));
  for (const group of groups) {
    const boxes = [...group.querySelectorAll("input[name=unit]")];
    const on = boxes.filter((box) => box.checked).length;
    group.querySelector("[data-count]").textContent = on ? `${on} / ${boxes.length}` : String(boxes.length);
  }
}

function sift() {
  const wanted = fold(filter.value.trim());
  for (const group of groups) {
    const whole = fold(group.querySelector("summary").textContent).includes(wanted);
    let some = false;
    for (const line of group.querySelectorAll("li")) {
      line.hidden = wanted !== "" && !whole && !fold(line.textContent).includes(wanted);
      some ||= !line.hidden;
    }
    group.hidden = !some;
    if (wanted && some && !whole) group.open = true;
  }
}

for (const group of groups) {
  const button = group.querySelector("[data-all]");
  button.hidden = false;
  button.addEventListener("click", () => {
    const boxes = [...group.querySelectorAll("input[name=unit]")];
    const next = !boxes.every((box) => box.checked);
    boxes.forEach((box) => { box.checked = next; });
    count();
  });
}
filter.closest(".field").hidden = false;
filter.addEventListener("input", sift);
filter.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
room.addEventListener("change", count);
count();
