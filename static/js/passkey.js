// Makes a passkey, or signs in with one, and sends what the browser answers with the form around the button.
// Options come with the page, or from an address when the button is pressed. Bytes travel as base64url.
(() => {
  "use strict";
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const withBytes = (keys = []) => keys.map((key) => ({ ...key, id: bytes(key.id) }));

  const ASK = {
    create: (options) =>
      navigator.credentials.create({
        publicKey: {
          ...options,
          challenge: bytes(options.challenge),
          user: { ...options.user, id: bytes(options.user.id) },
          excludeCredentials: withBytes(options.excludeCredentials),
        },
      }),
    get: (options) =>
      navigator.credentials.get({
        publicKey: {
          ...options,
          challenge: bytes(options.challenge),
          allowCredentials: withBytes(options.allowCredentials),
        },
      }),
  };
  const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

  const asJson = (credential) => {
    const parts = PARTS.filter((part) => credential.response[part]);
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response: Object.fromEntries(parts.map((part) => [part, text(credential.response[part])])),
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  };

  const optionsFor = async (form) => {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options.publicKey;
  };

  const answer = async (form) => {
    const problem = form.querySelector("[data-problem]");
    problem.hidden = true;
    try {
      const credential = await ASK[form.dataset.passkey](await optionsFor(form));
      form.elements.credential.value = asJson(credential);
      form.submit();
    } catch {
      problem.hidden = false; // turned down, timed out, or the browser does not know the device
    }
  };

  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("[data-passkey]")) {
    form.querySelector("button").disabled = false;
    form.querySelector("[data-cannot]").hidden = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer(form);
    });
  }
})();
