"""People come in to the desk as they do in life: by a one-time link and a password."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
from fastapi.testclient import TestClient

from api.office import Office
from api.review.people import Person, Role

PASSWORD = "四个不相干的词连起来"


@dataclass
class Colleague:
    """Somebody logged in, with a browser of their own over the same application."""

    http: httpx.Client
    csrf: str

    def do(self, number: int, action: str, **form: str) -> httpx.Response:
        """Press a button of the case page."""
        data = {"csrf": self.csrf, **form}
        return self.http.post(f"/desk/cases/{number}/{action}", data=data, follow_redirects=False)

    def api(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Call the API."""
        headers = {"X-CSRF-Token": self.csrf}
        return self.http.request(method, f"/api/v1/reviews{path}", json=body, headers=headers)

    def page(self, path: str = "") -> str:
        """The text of a page of the desk."""
        return self.http.get(f"/desk{path}").text


def enter(client: TestClient, office: Office, name: str, role: Role = Role.LAWYER) -> Colleague:
    """Make an account and come in with it."""
    token = office.accounts.add(Person(name, role), "测试")
    office.accounts.join(token, PASSWORD)
    browser = TestClient(client.app, raise_server_exceptions=False)
    body = {"name": name, "password": PASSWORD}
    session = browser.post("/api/v1/session", json=body).json()
    return Colleague(browser, session["csrf"])
