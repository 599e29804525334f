// With script the phone goes on in the chat page, which keeps the conversation's number itself.

document.querySelector("form").addEventListener("submit", (event) => {
  try {
    localStorage.setItem("wenfa.conversation", document.getElementById("main").dataset.conversation);
  } catch {
    return; // storage is switched off: the form goes on without script
  }
  event.preventDefault();
  location.replace("/");
});
