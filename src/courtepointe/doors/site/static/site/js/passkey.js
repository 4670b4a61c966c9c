/* Passkeys: the browser's own ceremony, between a form of ours and the device. Nothing else is read. */
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const opened = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

function told(credential) {
  const response = credential.response;
  const fields = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const sent = Object.fromEntries(fields.filter((f) => response[f]).map((f) => [f, text(response[f])]));
  if (response.getTransports) sent.transports = response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: sent,
  });
}

function make({ creation_options: asked }) {
  const key = structuredClone(asked.publicKey);
  const wanted = { ...key.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return navigator.credentials.create({
    publicKey: {
      ...key,
      challenge: bytes(key.challenge),
      user: { ...key.user, id: bytes(key.user.id) },
      excludeCredentials: opened(key.excludeCredentials),
      authenticatorSelection: wanted,
    },
  });
}

function use({ request_options: asked }) {
  const key = asked.publicKey;
  return navigator.credentials.get({
    publicKey: { ...key, challenge: bytes(key.challenge), allowCredentials: opened(key.allowCredentials) },
  });
}

async function options(form) {
  const beside = document.getElementById("passkey-data");
  if (beside) return JSON.parse(beside.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) {
    document.querySelector("[data-passkey-missing]")?.removeAttribute("hidden");
    continue;
  }
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.credential.value) return;
    event.preventDefault();
    const fault = form.querySelector("[data-passkey-fault]");
    if (fault) fault.hidden = true;
    try {
      const asked = await options(form);
      form.credential.value = told(await (form.dataset.passkey === "create" ? make(asked) : use(asked)));
      form.submit();
    } catch {
      if (fault) fault.hidden = false;
    }
  });
}
