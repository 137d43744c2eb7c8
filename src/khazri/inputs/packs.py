"""Scenario packs from folders: YAML with the line of every value, attachments inside, one hash for one content."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from khazri.inputs.yaml_lines import YamlFaults, read_yaml
from khazri.scenario import Attachment, Fault, Origin, Pack, PackFaults, examine, hash_canonical
from khazri.scenario.faults import Finding, Verbatim, Where, write_path

if TYPE_CHECKING:
    from khazri.oils import Oil

SCENARIO = "scenario.yaml"
LARGEST = 2_000_000  # bytes of scenario.yaml: two hundred times the examples
MOST_FILES = 10_000  # that one pattern may stand for
PATTERN_MARKS = frozenset("*?[")


def read_pack(path: Path | str, *, known_oils: Collection[str] | None = None, roots: Sequence[Path] = ()) -> Pack:
    """The pack in a folder (or its scenario.yaml); raises PackFaults with everything that is wrong.

    known_oils   idents of the catalogue; None: those of `khazri.oils`
    roots        further folders in which gridded files may lie (large forcing that is not copied into every pack)
    """
    pack, faults = _examine(Path(path), known_oils, roots)
    if pack is None or faults:
        raise PackFaults(faults)
    return pack


def check(path: Path | str, *, known_oils: Collection[str] | None = None, roots: Sequence[Path] = ()) -> list[Fault]:
    """Every fault of a pack, in the order of its lines; none: an empty list."""
    return list(_examine(Path(path), known_oils, roots)[1])


def create(name: str, folder: Path | str = Path()) -> Path:
    """Make a new pack that runs as it is; gives the path of its scenario.yaml. Nothing that exists is touched."""
    from khazri.inputs import InputError
    from khazri.scenario.kinds import IDENT
    from khazri.scenario.template import write_template

    if IDENT.match(name) is None or len(name) > 64:
        raise InputError(
            f'pack name is "{name}"; expected lower-case words joined by hyphens, as in north-caspian-spill'
        )
    parent = Path(folder)
    if not parent.is_dir():
        raise InputError(f"{parent} is not a folder; expected one that exists, to make {name}/ in")
    made = parent / name
    if made.exists():
        raise InputError(f"{made} exists; expected a name that is free: nothing is overwritten")
    try:
        made.mkdir()
        (made / SCENARIO).write_text(write_template(name), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            f"{made} cannot be made: {error.strerror}; expected a folder that may be written to"
        ) from error
    return made / SCENARIO


def pack_hash(pack: Pack | Path | str, *, roots: Sequence[Path] = ()) -> str:
    """SHA-256 of what the pack says and of its attachments' bytes; names, order of keys and comments do not enter."""
    if not isinstance(pack, Pack):
        pack = read_pack(pack, roots=roots)
    content = pack.model_dump(by_alias=True, exclude_unset=True)
    for attachment in pack.attachments():
        hashes = sorted(_hash_file(file) for file in attached(pack, attachment, roots=roots))
        _put(
            content,
            _dumped_path(content, attachment.where),
            [*(f"sha256:{each}" for each in hashes), *attachment.addresses],
        )
    return hash_canonical(content)


def input_hashes(pack: Pack, *, roots: Sequence[Path] = ()) -> dict[str, str]:
    """SHA-256 of every attached file, by its name in the pack (or its path, outside)."""
    files = sorted({file for attachment in pack.attachments() for file in attached(pack, attachment, roots=roots)})
    folder = Path(pack.folder or ".").resolve()
    return {
        (str(file.relative_to(folder)) if file.is_relative_to(folder) else str(file)): _hash_file(file)
        for file in files
    }


def attached(pack: Pack, attachment: Attachment | str, *, roots: Sequence[Path] = ()) -> list[Path]:
    """The files that an attachment (or the name of a single file) of the pack stands for, sorted per pattern."""
    wanted = attachment if isinstance(attachment, Attachment) else Attachment((), (attachment,))
    found: list[Path] = []
    for name in wanted.names:
        files, expected = _locate(name, Path(pack.folder or "."), roots, patterns=wanted.patterns)
        if expected:
            file = str(Path(pack.folder or ".") / SCENARIO)
            raise PackFaults((Fault(file, 0, write_path(wanted.where), name, expected),))
        found.extend(file for file in files if file not in found)
    return found


def oil_of(pack: Pack, ident: str) -> Oil:
    """The oil that a release names: one of the pack's own (figures or an ADIOS file), else of the catalogue."""
    from khazri import oils

    for index, own in enumerate(pack.oils):
        if own.ident == ident and own.adios is not None:
            from khazri.inputs.adios import read_adios

            return read_adios(attached(pack, Attachment(("oils", index, "adios"), (own.adios,)))[0], ident=ident)
        if own.ident == ident:
            return own.to_oil()
    return oils.find(ident)


def _examine(
    path: Path, known_oils: Collection[str] | None, roots: Sequence[Path]
) -> tuple[Pack | None, tuple[Fault, ...]]:
    file, complaint = _scenario_file(path)
    if complaint is not None:
        return None, (complaint,)
    shown = str(file)
    try:
        values, lines = read_yaml(file.read_bytes(), shown)
        yaml_faults: tuple[Fault, ...] = ()
    except YamlFaults as error:
        if error.values is None:
            return None, error.faults
        values, lines, yaml_faults = error.values, error.lines, error.faults
    except OSError as error:
        return None, (Fault(shown, 0, "", Verbatim(f"unreadable ({error.strerror})"), "a file that may be read"),)
    oils = _catalogue() if known_oils is None else known_oils
    folder = file.parent

    def outside(pack: Pack) -> Iterator[Finding]:
        yield from _attachment_findings(pack, folder, roots)
        yield from _adios_findings(pack, folder)
        yield from _zone_findings(pack)

    pack, faults = examine(values, origin=Origin(shown, lines), known_oils=oils, further=outside)
    if pack is not None:
        pack = pack.with_origin(folder=str(folder))
    return pack, tuple(sorted((*yaml_faults, *faults), key=lambda fault: (fault.line, fault.path)))


def _scenario_file(path: Path) -> tuple[Path, Fault | None]:
    try:
        if path.is_dir():
            file = path / SCENARIO
            if not file.is_file():
                return file, Fault(
                    str(path), 0, "", Verbatim(f"a folder without {SCENARIO}"), f"a folder with {SCENARIO} in it"
                )
        elif path.is_file():
            file = path
        else:
            return path, Fault(str(path), 0, "", Verbatim("not there"), f"the folder of a pack, or its {SCENARIO}")
        size = file.stat().st_size
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return path, Fault(
            str(path), 0, "", Verbatim(f"unreadable ({reason})"), f"the folder of a pack, or its {SCENARIO}"
        )
    if size > LARGEST:
        return file, Fault(str(file), 0, "", Verbatim(f"{size} bytes long"), f"at most {LARGEST} bytes")
    return file, None


def _catalogue() -> frozenset[str]:
    from khazri import oils

    return frozenset(oils.catalogue_idents())


def _attachment_findings(pack: Pack, folder: Path, roots: Sequence[Path]) -> Iterator[Finding]:
    for attachment in pack.attachments():
        for name in attachment.names:
            _, expected = _locate(name, folder, roots, patterns=attachment.patterns)
            if expected:
                yield Finding(attachment.where, expected, name)


def _adios_findings(pack: Pack, folder: Path) -> Iterator[Finding]:
    from khazri.inputs import InputError

    for index, own in enumerate(pack.oils):
        if own.adios is None:
            continue
        from khazri.inputs.adios import read_adios  # it loads numba, which takes seconds

        files = _locate(own.adios, folder, (), patterns=False)[0]
        try:
            for file in files:
                read_adios(file, ident=own.ident)
        except InputError as error:
            yield Finding(("oils", index, "adios"), f"a record that makes an oil: {error}")


def _zone_findings(pack: Pack) -> Iterator[Finding]:
    for index, party in enumerate(pack.parties):
        try:
            ZoneInfo(party.time_zone)
        except (OSError, ValueError, KeyError):
            if available_timezones():  # none at all: a system without the list cannot judge
                yield Finding(("parties", index, "time_zone"), "a time zone of the IANA list, as in Asia/Baku")


def _locate(name: str, folder: Path, roots: Sequence[Path], *, patterns: bool) -> tuple[list[Path], str]:
    """The files of a name or pattern, and what would be right where there are none or they lie outside."""
    homes = [folder.resolve(), *(root.resolve() for root in roots)]
    if PATTERN_MARKS & set(name) and not patterns and not (folder / name).exists():
        return [], "the name of one file, without * or ?"
    if ".." in Path(name).parts or (not roots and _is_absolute(name)):
        return [], "a file inside the pack's folder"
    for home in homes:
        try:
            found = _match(home, name) if patterns else [home / name]
            inside = [file.resolve() for file in found if file.is_file()]
        except (OSError, ValueError, NotImplementedError):  # too long a name, a pattern that is none
            return [], "a name or pattern of files inside the pack's folder"
        if any(not any(file.is_relative_to(each) for each in homes) for file in inside):
            return [], "a file inside the pack's folder" + (" or the folders given beside it" if roots else "")
        if len(inside) > MOST_FILES:
            return [], f"a pattern for at most {MOST_FILES} files"
        if inside:
            return sorted(inside), ""
    if (folder / name).is_dir():
        return [], "a file; this is a folder"
    return [], "a file that exists in the pack's folder" + (" or the folders given beside it" if roots else "")


def _is_absolute(name: str) -> bool:
    return Path(name).is_absolute() or name.startswith(("/", "\\", "~")) or name[1:2] == ":"


def _match(home: Path, name: str) -> list[Path]:
    if not PATTERN_MARKS & set(name) or (home / name).is_file():
        return [home / name]
    found: list[Path] = []
    for each in home.glob(name):
        found.append(each)
        if len(found) > MOST_FILES:
            break
    return found


def _hash_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _dumped_path(content: object, where: Where) -> Where:
    """`where`, as far as it leads through what was dumped (coast and bathymetry were dumped as sections)."""
    node = content
    for part in where:
        node = node[part]  # type: ignore[index]
    return (*where, "file") if isinstance(node, dict) else where


def _put(content: object, where: Where, value: object) -> None:
    node = content
    for part in where[:-1]:
        node = node[part]  # type: ignore[index]
    node[where[-1]] = value  # type: ignore[index]
