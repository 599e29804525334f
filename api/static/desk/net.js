// Calls to /api/v1/reviews with the page's token. Errors carry words that can be shown.

const page = document.getElementById("main");

export class Refused extends Error {
  constructor(status, body) {
    super(body?.error?.message ?? "没有成功，请稍后再试。");
    this.status = status;
    this.code = body?.error?.code;
  }
}

export async function call(method, path, body) {
  const response = await fetch(`/api/v1/reviews${path}`, {
    method,
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": page.dataset.csrf ?? "" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}
