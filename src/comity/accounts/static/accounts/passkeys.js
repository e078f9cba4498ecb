// Shows what needs passkeys where the browser has them, and says when one did not work.

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkeys]")) part.hidden = false;
}

document.addEventListener("allauth.error", () => {
  for (const place of document.querySelectorAll("[data-passkey-problem]")) {
    place.textContent = place.dataset.passkeyProblem;
  }
});
