"""Where the fuzzers begin: well-formed inputs of every kind, and the hostile ones we know."""

import io
import json
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from tests.catalogue.conftest import FORM, PROCEDURE
from tests.catalogue.importing.import_samples import page, put_json, put_sheet
from tests.devices import scan_samples
from tests.domain.card_samples import CARD, to_cp1258, to_mixed, to_tcvn3, to_telex, to_vni
from tests.helpers.builders import MORNING
from tests.helpers.packs import KeyRing, PackMaker
from tests.helpers.visits import BIRTH, CERTIFIED_COPY
from tests.hostile.hostile_texts import BY_AIM, CORPUS, SHORT
from tests.protocol import golden
from tests.protocol.hostile import BAD_EVENTS

from counter_app.domain.audit_chain import Tip
from counter_app.domain.recovery_code import code_from, qr_text
from counter_app.services.backup.backup_port import BackupContent, BackupManifest
from counter_app.services.visit_json import visit_to_json
from counter_app.storage import backup_container
from counter_protocol import wire
from counter_protocol.carry import Record

DATA_ID = "to-khai"
_PROGRAM = Path(__file__).parents[3]
_SAMPLE_FORMS = ("gn-01", "giay-uy-quyen", "ht-khai-sinh")
_SAMPLE_PROCEDURES = ("dang-ky-khai-sinh", "chung-thuc-ban-sao-tu-ban-chinh")
_MOST_SEED = 200_000
_MANIFEST = "manifest.json"
_SHEET = "xl/worksheets/sheet1.xml"


def found_before(target: str) -> list[bytes]:
    """Return what fuzzing found in earlier runs: it stays mended."""
    return [path.read_bytes() for path in sorted((CORPUS / "found" / target).glob("*"))]


def cards() -> Sequence[bytes]:
    typed = (CARD, to_telex(CARD), to_vni(CARD), *BY_AIM["cards"], *BY_AIM["slips"], *BY_AIM["bidi"])
    return [to_mixed(CARD), to_cp1258(CARD), to_tcvn3(CARD), *_bytes_of(typed)]


def hex_cards() -> Sequence[bytes]:
    return [each.hex().encode() for each in cards()] + [b"0", b"zz", b" 41 42", "٠١".encode()]


def messages() -> Sequence[bytes]:
    said = [body for _path, body in golden.every("messages")]
    return [*said, *(wire.pack(body) for body in said)]


def events() -> Sequence[bytes]:
    bad = [body for body in BAD_EVENTS.values() if len(body) < _MOST_SEED]
    return [*(body for _path, body in golden.every("events")), *bad]


def carry_files() -> Sequence[bytes]:
    return [golden.read(golden.FOLDER / "v1" / "carry_up.hex"), b"QMCC1", b"QMCC1\xff\xff\xff\xff"]


def carry_blocks() -> Sequence[bytes]:
    """Blocks as `targets.carry_content` cuts them: an odd length is packed, an even one goes as it is."""
    bodies = [
        wire.to_bytes(Record(kind=kind, body=b"x" * 40)) for kind in ("batch", "scan", "bytes", "ack", "new")
    ]
    streams = [len(body).to_bytes(4, "big") + body for body in bodies]
    whole = [bytes([len(each) | 1]) + each.ljust(len(each) | 1, b"\x00") for each in streams]
    raw = [bytes([len(packed) & 0xFE]) + packed for packed in map(wire.pack, streams)]
    return [b"".join(whole), *whole, *raw, b"\x00", b"\x01\x00", b"\x04\xff\xff\xff\xff"]


def packs() -> Sequence[bytes]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        maker = PackMaker.below(folder)
        form = folder / "content" / "forms" / "templates" / DATA_ID / "2026-01-01.yaml"
        form.parent.mkdir(parents=True)
        form.write_text(FORM, encoding="utf-8")
        whole = maker.make(folder / "content", "2026.12.1").read_bytes()
        with zipfile.ZipFile(io.BytesIO(whole)) as made:
            targets = made.read("targets.json")
        root = KeyRing(folder / "others").root()
    names = (
        "../x.yaml",
        "/etc/x.yaml",
        "content/forms/..\\x.yaml",
        "content/forms/CON.yaml",
        "C:/x",
        *SHORT[:8],
    )
    return [
        whole,
        targets,
        root,
        zip_of(names),
        zip_of(("a" * 300, "targets.json")),
        b"PK\x05\x06" + bytes(18),
    ]


def entry_names() -> Sequence[bytes]:
    sound = (f"content/forms/templates/{DATA_ID}/2026-01-01.yaml", "targets.json", "root/1.root.json")
    hostile = [f"content/forms/{text}.yaml" for text in BY_AIM["path"]]
    return [*_bytes_of((*sound, *BY_AIM["path"], *hostile)), "\n".join(sound).encode()]


def forms() -> Sequence[bytes]:
    """Samples and shipped files under the one name the target reads; a procedure begins with its id."""
    shipped = [
        path.read_text(encoding="utf-8")
        for kind, names in (("templates", _SAMPLE_FORMS), ("procedures", _SAMPLE_PROCEDURES))
        for name in names
        for path in sorted((_PROGRAM / "forms" / kind / name).glob("*.yaml"))
    ]
    texts = [_renamed(text) for text in (FORM, PROCEDURE, *shipped)]
    hostile = (
        "a: &a [x]\nb: *a\n",
        "!!python/object/apply:os.system [id]\n",
        "a: !!binary aGk=\n",
        "{" * 60,
        "- " * 200 + "x",
        f"a: {'9' * 5000}\n",
        f"a: {'9' * 400}.5\n",
        "a: 1\na: 2\n",
        "? [x]\n: y\n",
        "a: <b>&amp;\n",
        "---\n---\n",
        "%YAML 9.9\n---\n",
        "\ufeffa: 1\n",
        "a: '\x07'\n",
        "a: |\n" + " x" * 300,
        "<<: {a: 1}\n",
        _renamed(FORM).replace("valid_from: 2026-01-01", "valid_from: 2026-01-01\nvalid_to: 0000-00-00"),
        _renamed(FORM).replace("key: ho_ten", "key: __class__"),
        _renamed(FORM).replace("{ho_ten}", "{ho_ten.__class__.__mro__}"),
        _renamed(FORM).replace("text: ", "text: '{' #"),
    )
    return _bytes_of((*texts, *hostile))


def lists() -> Sequence[bytes]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        json_page = put_json(folder / "page.json", page()).read_bytes()
        rows = (
            ("STT", "Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Cấp thực hiện"),
            (1, "1.001193", "=HYPERLINK(1)", "Hộ tịch", "Cấp xã"),
            (2, "1.000656", "<img src=x>", "Hộ tịch", "Cấp xã"),
        )
        sheet = put_sheet(folder / "list.xlsx", rows, merged=("D2:D3",)).read_bytes()
    with zipfile.ZipFile(io.BytesIO(sheet)) as book:
        inner = book.read(_SHEET)
    hostile = ('[{"ten_thu_tuc": 1}]', "[" * 5000, '{"a": ' * 3000, "[NaN, 1e999]", '"\\ud800"', "\ufeff[]")
    return [json_page, sheet, inner, json_page.decode().encode("utf-16"), *_bytes_of(hostile)]


@cache
def _workbook() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as place:
        made = put_sheet(Path(place) / "list.xlsx", (("Mã thủ tục", "Tên thủ tục"),))
        with zipfile.ZipFile(made) as book:
            return {name: book.read(name) for name in book.namelist()}


def workbook_of(sheet: bytes) -> bytes:
    """Return a sound workbook whose only sheet is these bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in _workbook().items():
            made.writestr(zipfile.ZipInfo(name), sheet if name == _SHEET else content)
    return buffer.getvalue()


def pdfs_of(data: bytes) -> Sequence[bytes]:
    """Return sound PDF files around these bytes: as what a page draws, and as an object of the file."""
    page = scan_samples.stream(zlib.compress(data, 1), b"/Filter /FlateDecode")
    return [scan_samples.pdf_of_objects(page), scan_samples.pdf_of_objects(scan_samples.stream(b""), data)]


def papers() -> Sequence[bytes]:
    small = scan_samples.text_page(120, 160)
    pictures = [scan_samples.picture_bytes(small, kind, 100) for kind in ("PNG", "JPEG", "TIFF")]
    pdf = scan_samples.drawn_pdf()
    polyglots = (pictures[1] + pdf, pdf + pictures[1], pictures[0][:60] + pdf, b"%PDF-1.7\n" + pictures[1])
    made = scan_samples.pdf_of_objects(scan_samples.stream(b"q 1 0 0 1 0 0 cm Q"))
    bombs = (scan_samples.inflating_pdf(2), scan_samples.huge_png(30_000, 30_000)[:4000])
    return [
        *pictures,
        pdf,
        made,
        *polyglots,
        *bombs,
        b"%PDF-",
        b"\xff\xd8\xff",
        b"II*\x00",
        b"GIF89a",
        b"PK\x03\x04",
    ]


def answers() -> Sequence[bytes]:
    told = [visit_to_json(visit) for visit in (BIRTH, CERTIFIED_COPY)]
    plain = [{key: value for key, value in each.items() if key not in _NOT_ASKED} for each in told]
    hostile = [{"applicant": {"full_name": text, "phone": text, "birth_date": text}} for text in SHORT[::5]]
    wrong = ({"copies": 10**30}, {"parts": [{}]}, {"people": {"me": 1}}, {"fields": {"x": {"y": [[[[]]]]}}})
    return [json.dumps(each).encode() for each in (*plain, *hostile, *wrong)]


@cache
def _backup() -> dict[str, bytes]:
    """The members of a small sound backup, by name."""
    content = BackupContent(
        schema="0013",
        unit_code="H29.12",
        office="UBND xã",
        counter=1,
        device_id="d",
        training=False,
        dossiers=1,
        drafts=0,
        people=3,
        accounts=0,
        scans=1,
        tip=Tip(seq=6, hash=bytes(32)),
        latest=MORNING,
    )
    manifest = BackupManifest(
        created=MORNING,
        program="1",
        fingerprint="c75dbe3351108ea0",
        content=content,
        with_scans=True,
        members=(),
        wraps=({"kind": "recovery"},),
    )
    buffer = io.BytesIO()
    with tempfile.TemporaryDirectory() as place:
        inside = Path(place) / "member"
        inside.write_bytes(b"SQLCipher" * 20)
        names = ("counter.db", "scans/ab/0193.bin", "packs/2026.12.1/targets.json")
        backup_container.write(buffer, [(name, inside) for name in names], manifest, bytes(32))
    with zipfile.ZipFile(buffer) as made:
        return {name: made.read(name) for name in made.namelist()}


def backup_of(manifest: bytes) -> bytes:
    """Return a sound backup that says this of itself."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in _backup().items():
            made.writestr(zipfile.ZipInfo(name), manifest if name == _MANIFEST else content)
    return buffer.getvalue()


def backups() -> Sequence[bytes]:
    told = _backup()[_MANIFEST]
    wrong = (b'"dossiers": 1', b'"seq": 6', b'"size": 180', b'"counter": 1')
    endless = [told.replace(part, part[: part.index(b":")] + b": 1e999") for part in wrong]
    return [backup_of(told), told, *endless, zip_of(["counter.db", "../x"]), b'{"kind": 1}']


def recovery_codes() -> Sequence[bytes]:
    code = code_from(bytes(range(18)))
    return _bytes_of([code, code.lower().replace("-", " "), qr_text(code), code[:-1] + "U", *SHORT[::7]])


_NOT_ASKED = ("procedure_id", "case_id", "override_reason")


def _bytes_of(texts: Iterable[str]) -> list[bytes]:
    return [text.encode("utf-8", "surrogatepass") for text in texts if len(text) < _MOST_SEED]


def _renamed(text: str) -> str:
    text = re.sub(r"^#.*\n", "", text)
    text = re.sub(r"^(form_id|procedure_id): .*$", rf"\1: {DATA_ID}", text, count=1, flags=re.M)
    return re.sub(r"^valid_from: .*$", "valid_from: 2026-01-01", text, count=1, flags=re.M)


def zip_of(names: Iterable[str]) -> bytes:
    """Return an archive of one-byte entries with these names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in dict.fromkeys(names):
            made.writestr(zipfile.ZipInfo(name), b"x")
    return buffer.getvalue()
