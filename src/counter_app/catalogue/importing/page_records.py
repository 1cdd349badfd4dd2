"""Reads procedure pages kept as JSON, in the three shapes IT centres have.

1. A copied portal page: ``ma_thu_tuc`` … with its tables flattened into text.
2. A parsed ``ChiTietTTHC_*.doc``: ``metadata``, ``content`` and ``tables``.
3. An answer of the portal: ``code``, ``name``, ``executionMethods`` … Only the outer names of this shape
   were seen; inside its lists the likely names are tried, and what is not found stays unknown.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from counter_app.catalogue.importing.cell_text import CellTexts
from counter_app.catalogue.importing.legal_text import NUMBER, legal_numbers, results_of_page
from counter_app.catalogue.importing.method_text import channel_of, methods_of_cells, methods_of_page
from counter_app.catalogue.importing.paper_text import counts_of_cell, paper_of, papers_of_page
from counter_app.domain.imported import ImportedMethod, ImportedPaper, ImportedRecord, Place
from counter_app.domain.national_list import split_code
from counter_app.domain.procedure import ProcedureResult

MOST_ROWS = 400
_LEVELS = (
    ("isWard", "Cấp xã"),
    ("isProvince", "Cấp tỉnh"),
    ("isMinistry", "Cấp bộ"),
    ("isOtherAgency", "Cơ quan khác"),
)
_LIST_KEYS = ("data", "items", "procedures", "result", "results")


def page_records(value: object, file: str, key: str = "") -> Iterator[ImportedRecord]:
    """Yield every procedure within a JSON value: one object, a list of them, or an answer around them."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from page_records(item, file, f"{key}[{index}]")
        return
    if not isinstance(value, dict):
        return
    place = Place(file=file, key=key)
    if "ma_thu_tuc" in value or "ten_thu_tuc" in value:
        yield _copied_page(value, place)
    elif isinstance(value.get("metadata"), dict):
        yield _parsed_document(value, place)
    elif "code" in value and "name" in value:
        yield _portal_item(value, place)
    else:
        for name in _LIST_KEYS:
            yield from page_records(value.get(name), file, f"{key}.{name}".lstrip("."))


def _copied_page(page: Mapping[str, Any], place: Place) -> ImportedRecord:
    texts = CellTexts()
    code_text = texts.take("code", page.get("ma_thu_tuc"))
    methods, papers = page.get("cach_thuc_thuc_hien"), page.get("thanh_phan_ho_so")
    code, suffix = split_code(code_text)
    return ImportedRecord(
        place=place,
        code_text=code_text,
        code=code,
        suffix=suffix,
        name=texts.take("name", page.get("ten_thu_tuc")),
        sector=texts.known("sector", page.get("linh_vuc")),
        level=texts.known("level", page.get("cap_thuc_hien")),
        agency=texts.known("agency", page.get("co_quan_thuc_hien")),
        decision=texts.known("decision", page.get("so_quyet_dinh")),
        methods=_rows_of_methods(methods, texts)
        if isinstance(methods, list)
        else methods_of_page(texts.known("methods", methods)),
        papers=_rows_of_papers(papers, texts)
        if isinstance(papers, list)
        else papers_of_page(texts.known("papers", papers)),
        results=results_of_page(texts.known("results", page.get("ket_qua_xu_ly"))),
        basis=_basis(page.get("can_cu_phap_ly"), texts),
        has_page=True,
        marks=texts.marks,
    )


def _parsed_document(page: Mapping[str, Any], place: Place) -> ImportedRecord:
    texts = CellTexts()
    known = {_plain_key(key): value for key, value in page["metadata"].items()}
    content = {_plain_key(key): value for key, value in _mapping(page.get("content")).items()}
    tables = _mapping(page.get("tables"))
    code_text = texts.take("code", known.get("ma_thu_tuc", page.get("thu_tuc_id")))
    code, suffix = split_code(code_text)
    result = texts.known("results", content.get("ket_qua_thuc_hien"))
    return ImportedRecord(
        place=place,
        code_text=code_text,
        code=code,
        suffix=suffix,
        name=texts.take("name", known.get("ten_thu_tuc")),
        sector=texts.known("sector", known.get("linh_vuc")),
        level=texts.known("level", known.get("cap_thuc_hien")),
        agency=texts.known("agency", content.get("co_quan_thuc_hien")),
        decision=texts.known("decision", known.get("so_quyet_dinh")),
        methods=_rows_of_methods(tables.get("hinh_thuc_nop"), texts),
        papers=_rows_of_papers(tables.get("thanh_phan_ho_so"), texts),
        results=results_of_page(result) or ((ProcedureResult(name=result[:300]),) if result else ()),
        basis=_basis(tables.get("can_cu_phap_ly"), texts),
        has_page=True,
        marks=texts.marks,
    )


def _portal_item(item: Mapping[str, Any], place: Place) -> ImportedRecord:
    texts = CellTexts()
    code_text = texts.take("code", item["code"])
    code, suffix = split_code(code_text)
    levels = [words for flag, words in _LEVELS if item.get(flag) is True]
    methods, papers = item.get("executionMethods"), item.get("profileComponents")
    return ImportedRecord(
        place=place,
        code_text=code_text,
        code=code,
        suffix=suffix,
        name=texts.take("name", item["name"]),
        sector=_joined(item.get("categories") or item.get("category"), "sector", texts),
        level=", ".join(levels),
        agency=_joined(item.get("executingAgencies") or item.get("departments"), "agency", texts),
        decision=texts.known("decision", _first(item, "decisionNumber", "decision")),
        methods=_rows_of_methods(methods, texts),
        papers=_rows_of_papers(papers, texts),
        results=tuple(
            ProcedureResult(name=name[:300])
            for name in (texts.known("results", _name_of(row)) for row in _rows(item.get("results")))
            if name
        ),
        basis=_basis(item.get("legalBasis") or item.get("legalDocuments"), texts),
        has_page=isinstance(methods, list) or isinstance(papers, list),
        marks=texts.marks,
    )


def _rows_of_methods(table: object, texts: CellTexts) -> tuple[ImportedMethod, ...]:
    methods: list[ImportedMethod] = []
    for row in _rows(table):
        if not isinstance(row, dict):
            continue
        time = texts.known("time", _first(row, "thoi_han_giai_quyet", "thoi_gian", "processingTime", "time"))
        unit = texts.known("time", _first(row, "don_vi", "timeUnit", "processingTimeUnit"))
        methods += methods_of_cells(
            channel_of(texts.take("channel", _first(row, "hinh_thuc", "methodName", "method", "name"))),
            f"{time} {unit}".strip(),
            texts.known("fee", _first(row, "phi_le_phi", "feeText", "fee")),
            texts.known("fee", _first(row, "mo_ta", "description", "note")),
        )
    return tuple(methods)


def _rows_of_papers(table: object, texts: CellTexts) -> tuple[ImportedPaper, ...]:
    papers = []
    for row in _rows(table):
        if not isinstance(row, dict):
            continue
        name = texts.take("papers", _first(row, "ten_giay_to", "componentName", "name"))
        cells = [texts.take("papers", row.get(key)) for key in ("so_luong", "ghi_chu")]
        original, copy = counts_of_cell(" ".join(cells))
        if name:
            papers.append(
                paper_of(
                    name,
                    _number(_first(row, "originalQuantity", "so_ban_chinh"), original),
                    _number(_first(row, "copyQuantity", "so_ban_sao"), copy),
                    texts.take("papers", _first(row, "truong_hop", "groupName", "caseName")),
                )
            )
    return tuple(papers)


def _basis(value: object, texts: CellTexts) -> tuple[str, ...]:
    """Read a table's own number first: the title beside it names other texts too."""
    if not isinstance(value, list):
        return legal_numbers(texts.known("basis", value))
    numbers: dict[str, None] = {}
    for row in _rows(value):
        cells = row if isinstance(row, dict) else {"text": row}
        own = texts.take("basis", _first(cells, "so_ky_hieu", "number", "code", "text"))
        title = texts.take("basis", _first(cells, "trich_yeu", "name", "title"))
        found = legal_numbers(own) if NUMBER.search(own) else legal_numbers(title)[:1]
        numbers |= dict.fromkeys(found)
    return tuple(numbers)


def _rows(value: object) -> list[Any]:
    return value[:MOST_ROWS] if isinstance(value, list) else []


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _first(row: Mapping[str, Any], *keys: str) -> object:
    return next((row[key] for key in keys if row.get(key) not in (None, "")), None)


def _number(value: object, otherwise: int | None) -> int | None:
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1_000_000
    return int(str(value)) if is_count else otherwise


def _name_of(value: object) -> object:
    return value.get("name") if isinstance(value, dict) else value


def _joined(value: object, key: str, texts: CellTexts) -> str:
    items = value[:20] if isinstance(value, list) else [value]
    return ", ".join(filter(None, (texts.known(key, _name_of(item)) for item in items)))


def _plain_key(key: str) -> str:
    from counter_app.domain.vietnamese_text import fold

    return fold(key).replace(" ", "_")
