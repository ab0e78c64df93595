"""Settings: one frozen object, read once from the environment and `.env`, handed inward by the wiring."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PUBLIC_API = "https://api.telegram.org"


class SettingsError(Exception):
    """Some settings cannot be used; `problems` has one line each, naming the setting and what it should be."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Office:
    """How the top unit heads, signs and sends its official report; what is empty is derived from the unit's
    name and the plan, or asked.
    """

    organization: str = ""  # "BCH ĐOÀN TỈNH THANH HÓA"
    department: str = ""  # the line below it
    number_suffix: str = ""  # "BC/TĐTN-BTG"
    place: str = ""
    signatory_title: str = ""
    signatory_name: str = ""
    recipients: tuple[str, ...] = ()


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="CHIDOAN_", env_file=".env", frozen=True, extra="ignore", env_ignore_empty=True
    )

    telegram_token: SecretStr | None = None
    telegram_api_url: str = PUBLIC_API
    database_url: str | None = None
    data_dir: Path = Path("data")
    plan: str = "ke-hoach-66"
    timezone: str = "Asia/Ho_Chi_Minh"
    send_rate: float = Field(default=28, ge=0)  # messages a second over all chats; 0: unlimited
    clock_start: datetime | None = None
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    listen: str = "127.0.0.1:8066"
    report_organization: str = ""
    report_department: str = ""
    report_number_suffix: str = ""
    report_place: str = ""
    report_signatory_title: str = ""
    report_signatory_name: str = ""
    report_recipients: str = ""  # one behind the other, with semicolons

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("must be a time zone such as Asia/Ho_Chi_Minh") from error
        return value

    @field_validator("telegram_token")
    @classmethod
    def _token_shape(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            number, _, secret = value.get_secret_value().partition(":")
            if not number.isdigit() or not secret:
                raise ValueError("must look like 123456:ABC..., as @BotFather gives it")
        return value

    @field_validator("telegram_api_url", "webhook_url")
    @classmethod
    def _is_http(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/") if value else value

    @field_validator("database_url")
    @classmethod
    def _is_supported(cls, value: str | None) -> str | None:
        if value is None:
            return None
        try:
            url = make_url(value)
        except ArgumentError as error:
            raise ValueError("must be like sqlite:///file.db or postgresql+psycopg://...") from error
        if url.drivername not in ("sqlite", "postgresql+psycopg"):
            raise ValueError("must begin with sqlite:/// or postgresql+psycopg://")
        return value

    @field_validator("listen")
    @classmethod
    def _is_address(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or int(port) > 65535:
            raise ValueError("must be host:port, such as 127.0.0.1:8066")
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def office(self) -> Office:
        return Office(
            organization=self.report_organization.strip(),
            department=self.report_department.strip(),
            number_suffix=self.report_number_suffix.strip(" -"),
            place=self.report_place.strip(),
            signatory_title=self.report_signatory_title.strip(),
            signatory_name=self.report_signatory_name.strip(),
            recipients=tuple(one.strip() for one in self.report_recipients.split(";") if one.strip()),
        )

    @property
    def database(self) -> str:
        """The database's address: its setting, or a file in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'chidoan.db'}"

    @property
    def listen_address(self) -> tuple[str, int]:
        host, _, port = self.listen.rpartition(":")
        return host, int(port)


def load_settings() -> Settings:
    """Raises SettingsError."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError([_line(problem["loc"], problem["msg"]) for problem in error.errors()]) from None


def _line(place: tuple[int | str, ...], message: str) -> str:
    name = "CHIDOAN_" + "_".join(str(part) for part in place).upper()
    return f"{name} {message.removeprefix('Value error, ')}"
