from api.app import create_app
from api.settings import Settings
from api.wiring import build

app = create_app(build(Settings()))  # type: ignore[call-arg]
