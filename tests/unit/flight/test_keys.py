"""Keys of vehicles: read from a closed file or the environment, and shown nowhere."""

import traceback
from pathlib import Path

import pytest

from flight.errors import SigningKeyError
from flight.keys import KeyRing, load_keys
from flight.protocol.signing import SigningKey

SECRET = bytes(range(100, 132))
DIGITS = SECRET.hex()
KEY = SigningKey(SECRET)
OTHER = "ab" * 32


def key_file(folder: Path, content: str, mode: int = 0o600) -> Path:
    path = folder / "keys.toml"
    path.write_text(content, encoding="utf-8")
    path.chmod(mode)
    return path


def test_a_key_of_64_digits_is_those_bytes(tmp_path: Path) -> None:
    keys = load_keys(key_file(tmp_path, f'goto-1 = "{DIGITS.upper()}"\n'), {})

    assert keys.key_of("goto-1") == KEY


def test_a_passphrase_makes_the_key_that_mavproxy_makes(tmp_path: Path) -> None:
    keys = load_keys(key_file(tmp_path, 'goto-1 = { passphrase = "abc" }\n'), {})

    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # SHA-256 of "abc", FIPS 180
    assert keys.key_of("goto-1") == SigningKey(bytes.fromhex(known))


def test_a_drone_without_a_key_has_none(tmp_path: Path) -> None:
    assert load_keys(key_file(tmp_path, ""), {}).key_of("goto-1") is None
    assert load_keys(None, {}).key_of("goto-1") is None


def test_the_environment_gives_keys_too() -> None:
    keys = load_keys(None, {"TSUBAKI_SIGNING_KEY_GOTO_1": DIGITS, "TSUBAKI_PORT": "8000"})

    assert keys.key_of("goto-1") == KEY


def test_two_different_keys_for_one_drone_are_refused(tmp_path: Path) -> None:
    path = key_file(tmp_path, f'goto-1 = "{DIGITS}"\n')

    with pytest.raises(SigningKeyError, match="goto-1 has one key in the key file and another in TSUBAKI"):
        load_keys(path, {"TSUBAKI_SIGNING_KEY_GOTO_1": OTHER}).key_of("goto-1")


def test_the_same_key_in_both_places_is_that_key(tmp_path: Path) -> None:
    keys = load_keys(key_file(tmp_path, f'goto-1 = "{DIGITS}"\n'), {"TSUBAKI_SIGNING_KEY_GOTO_1": DIGITS})

    assert keys.key_of("goto-1") == KEY


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o610])
def test_a_file_that_others_may_open_is_refused_with_the_remedy(tmp_path: Path, mode: int) -> None:
    path = key_file(tmp_path, f'goto-1 = "{DIGITS}"\n', mode)

    with pytest.raises(SigningKeyError, match=rf"mode {mode:04o}\); run: chmod 600 {path}"):
        load_keys(path, {})


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SigningKeyError, match="cannot be read: No such file"):
        load_keys(tmp_path / "none.toml", {})


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f'goto-1 = "{DIGITS[:-1]}"', "goto-1 in .* has another form"),
        (f'goto-1 = "{DIGITS}0"', "goto-1 in .* has another form"),
        (f'goto-1 = {{ phrase = "{DIGITS}" }}', "goto-1 in .* has another form"),
        (f'goto-1 = {{ passphrase = "{DIGITS}", more = 1 }}', "goto-1 in .* has another form"),
        (f'goto.one = "{DIGITS}"', "goto in .* has another form"),
        (f"goto-1 = 0x{DIGITS}", "goto-1 in .* has another form"),
        (f"goto-1 = {DIGITS}", r"is no TOML \(line 1\); write DRONE"),
        (f'goto-1 = "{DIGITS}', r"is no TOML \(line 1\); write DRONE"),
    ],
)
def test_a_key_of_another_form_is_refused_and_not_shown(tmp_path: Path, content: str, told: str) -> None:
    path = key_file(tmp_path, content + "\n")

    with pytest.raises(SigningKeyError, match=told) as caught:
        load_keys(path, {})

    assert DIGITS[:-1] not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = key_file(tmp_path, "")
    path.write_bytes(b'goto-1 = "\xff\xfe"')

    with pytest.raises(SigningKeyError, match="is no TOML; write DRONE"):
        load_keys(path, {})


def test_a_key_of_another_form_in_the_environment_is_refused_and_not_shown() -> None:
    with pytest.raises(SigningKeyError, match="TSUBAKI_SIGNING_KEY_GOTO_1 has another form") as caught:
        load_keys(None, {"TSUBAKI_SIGNING_KEY_GOTO_1": DIGITS[:-1]})

    assert DIGITS[:-1] not in "".join(traceback.format_exception(caught.value))


def test_keys_for_drones_that_do_not_exist_are_named(tmp_path: Path) -> None:
    keys = load_keys(
        key_file(tmp_path, f'goto-1 = "{DIGITS}"\ngoto-l = "{DIGITS}"\n'),
        {"TSUBAKI_SIGNING_KEY_GOTO_2": DIGITS, "TSUBAKI_SIGNING_KEY_GOTTO": DIGITS},
    )

    keys.require_known(["goto-1", "goto-2", "goto-l", "gotto"])
    with pytest.raises(SigningKeyError, match="do not exist: goto-l, TSUBAKI_SIGNING_KEY_GOTTO; correct"):
        keys.require_known(["goto-1", "goto-2"])


def test_a_ring_shows_no_key() -> None:
    assert repr(KeyRing({"goto-1": KEY}, {})) == "KeyRing(1 hidden)"
