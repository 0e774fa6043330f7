// Passkeys: a form marked data-passkey asks the device before it is sent. Without JavaScript, or where the browser
// cannot do it, the form stays hidden and the page says so.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = (credentials) => (credentials || []).map((known) => ({ ...known, id: bytes(known.id) }));

  // The browser's answer as plain JSON: every buffer in base64url.
  function plain(credential) {
    const response = { clientDataJSON: text(credential.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[part]) response[part] = text(credential.response[part]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    };
  }

  async function make({ publicKey }) {
    return navigator.credentials.create({
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        user: { ...publicKey.user, id: bytes(publicKey.user.id) },
        excludeCredentials: listed(publicKey.excludeCredentials),
        // A passkey here signs in by itself, so the device keeps it and asks who is holding it.
        authenticatorSelection: {
          ...publicKey.authenticatorSelection,
          residentKey: "required",
          requireResidentKey: true,
          userVerification: "required",
        },
      },
    });
  }

  async function use({ publicKey }) {
    return navigator.credentials.get({
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        allowCredentials: listed(publicKey.allowCredentials),
      },
    });
  }

  const written = () => JSON.parse(document.getElementById("passkey-options").textContent);
  const fetched = async (form) => {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
    return answer.json();
  };
  const ceremonies = {
    make: async () => make(written().creation_options),
    confirm: async () => use(written().request_options),
    login: async (form) => use((await fetched(form)).request_options),
  };
  const words = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "known" };

  async function ask(form) {
    const error = form.querySelector("[data-passkey-error]");
    error.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(plain(await ceremonies[form.dataset.passkey](form)));
      form.submit();
    } catch (problem) {
      error.textContent = form.dataset[words[problem.name] || "failed"];
      error.hidden = false;
    }
  }

  const possible = window.PublicKeyCredential && window.isSecureContext && !/^[\d.]+$|:/.test(location.hostname);
  if (!possible) return;
  document.querySelectorAll("[data-passkey-missing]").forEach((note) => { note.hidden = true; });
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      // Not a submission yet, so nobody should take the next one for a double tap.
      event.stopPropagation();
      ask(form);
    });
  }
})();
