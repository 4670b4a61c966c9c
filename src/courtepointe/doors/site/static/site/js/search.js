// The search box suggests: the combobox pattern, with the form still there for Enter.
export function suggest(box) {
  const input = box.querySelector("input");
  const list = box.querySelector("[role=listbox]");
  const said = box.querySelector("[data-said]");
  let asked = "";
  let chosen = -1;
  let waiting = null;
  let timer = 0;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  const options = () => [...list.querySelectorAll("[role=option]")];

  function chooseNone() {
    chosen = -1;
    options().forEach((one) => one.setAttribute("aria-selected", "false"));
    input.removeAttribute("aria-activedescendant");
  }

  function close() {
    list.hidden = true;
    chooseNone();
    input.setAttribute("aria-expanded", "false");
  }

  // Who is choosing chooses among what they see: no late answer moves the list under their hand.
  function hold() {
    clearTimeout(timer);
    waiting?.abort();
    asked = "";
  }

  function choose(next) {
    const all = options();
    if (!all.length) return;
    hold();
    chosen = (next + all.length) % all.length;
    all.forEach((one, place) => one.setAttribute("aria-selected", String(place === chosen)));
    input.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  }

  async function look() {
    const text = input.value.trim();
    if (text === asked && !list.hidden) return;
    asked = text;
    if (text.length < 2) { close(); return; }
    waiting?.abort();
    waiting = new AbortController();
    const address = `${box.dataset.seek}?q=${encodeURIComponent(text)}&list=${list.id}`;
    try {
      const response = await fetch(address, { signal: waiting.signal });
      if (!response.ok) return;
      list.innerHTML = await response.text();
    } catch { return; }
    const some = options().length > 0;
    list.hidden = !some;
    chooseNone();
    input.setAttribute("aria-expanded", String(some));
    said.textContent = some ? said.dataset.some : said.dataset.none;
  }

  const go = (option) => { location.href = option.dataset.address; };

  input.addEventListener("input", () => { chooseNone(); clearTimeout(timer); timer = setTimeout(look, 120); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) look().then(() => choose(0));
      else choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      go(options()[chosen]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
  // What was typed while this module was on its way.
  if (input.value.trim()) look();
  box.addEventListener("focusout", (event) => { if (!box.contains(event.relatedTarget)) close(); });
}
