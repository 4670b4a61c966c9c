// The drawer: what stands behind a number, fetched from the page that says it without script.
const drawer = document.getElementById("drawer");

export async function openDrawer(link) {
  const inside = drawer.querySelector("[data-inside]");
  const address = new URL(link.href);
  address.searchParams.set("fragment", "1");
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(String(response.status));
    inside.innerHTML = await response.text();
  } catch {
    location.href = link.href;
    return;
  }
  const title = inside.querySelector("h1, h2");
  if (title) {
    title.id = "drawer-title";
    drawer.removeAttribute("aria-label");
    drawer.setAttribute("aria-labelledby", "drawer-title");
  }
  drawer.addEventListener("close", () => link.focus(), { once: true });
  drawer.showModal();
  drawer.scrollTop = 0;
}

drawer?.addEventListener("click", (event) => {
  if (event.target === drawer) drawer.close();
});
