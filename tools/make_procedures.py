"""Writes the first draft of forms/procedures/ from a JSON list of published facts.

A maintainer ran it once for each batch of facts; what ships are the files it wrote, corrected by hand.
It never overwrites a file. What a person still has to write in short official words is marked with
`TODO_MARK`, and the tests refuse a file that still has the mark.

    python tools/make_procedures.py FACTS.json forms/procedures
"""

import argparse
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

TODO_MARK = "CHƯA RÚT GỌN"
LAW_CHANGE = date(2027, 2, 28)  # Luật Hộ tịch 03/2026/QH16 applies from the day after
FIRST_DAY = date(2026, 1, 1)  # first day this data is used; the decisions' own days are not known
_LAST_DAY_INFERRED = "Ngày hết hiệu lực suy ra từ Luật Hộ tịch 03/2026/QH16 (áp dụng từ 01/03/2027)"
_MAX_COUNT = 20
_UNITS = {"working_day": "wd", "day": "d", "day_unit_lost": "wd", "hour": "wh"}
_CHANNELS = {"counter": "counter", "online": "online", "post": "postal"}
_SOURCES = {
    "portal_copy": "Bản chép trang chi tiết thủ tục trên Cổng Dịch vụ công quốc gia, tháng 6-7/2026",
    "partly_verified": "Nguồn công khai đã đối chiếu một phần, năm 2026",
    "code_seen": "Mã và tên thấy trong dữ liệu thử công khai năm 2026; nội dung ghi theo trí nhớ",
    "recalled": "Ghi theo trí nhớ",
}
_LAWS = {
    "60/2014/QH13": "Luật Hộ tịch",
    "52/2014/QH13": "Luật Hôn nhân và gia đình",
    "68/2020/QH14": "Luật Cư trú",
    "26/2023/QH15": "Luật Căn cước",
    "31/2024/QH15": "Luật Đất đai",
    "50/2014/QH13": "Luật Xây dựng",
    "52/2010/QH12": "Luật Nuôi con nuôi",
    "35/2013/QH13": "Luật Hòa giải ở cơ sở",
    "91/2015/QH13": "Bộ luật Dân sự",
    "51/2010/QH12": "Luật Người khuyết tật",
}
_KINDS = (
    (r"/NQ-CP$", "Nghị quyết"),
    (r"/NQ-", "Nghị quyết"),
    (r"/N[ĐD]-CP$", "Nghị định"),
    (r"^\d+[\d.]*/\d{4}/TTLT", "Thông tư liên tịch"),
    (r"^\d+[\d.]*/\d{4}/TT-", "Thông tư"),
    (r"/Q[ĐD]-", "Quyết định"),
    (r"/PL-|UBTVQH", "Pháp lệnh"),
    (r"/QH\d+$", "Luật"),
)
_FORMS = {
    "HT-KHAISINH": "ht-khai-sinh", "HT-KETHON": "ht-ket-hon", "HT-KHAITU": "ht-khai-tu",
    "HT-XNTTHN": "ht-xac-nhan-tinh-trang-hon-nhan", "HT-THAYDOI": "ht-thay-doi-cai-chinh",
    "HT-TRICHLUC": "ht-trich-luc", "HT-KHAISINH-LAI": "ht-khai-sinh-lai",
    "HT-KHAISINH-HOSO": "ht-khai-sinh-ho-so", "HT-NHANCHAMECON": "ht-nhan-cha-me-con",
    "HT-GIAMHO": "ht-giam-ho", "HT-GIAMHO-CD": "ht-cham-dut-giam-ho", "HT-KETHON-LAI": "ht-ket-hon-lai",
    "HT-KHAITU-LAI": "ht-khai-tu-lai", "CT01": "ct01", "HKD-DK": "hkd-dang-ky",
    "HKD-TAMNGUNG": "hkd-tam-ngung", "XD-GPXD": "xd-giay-phep-xay-dung", "DD-DANGKY": "dd-dang-ky",
    "DD-BIENDONG": "dd-bien-dong", "DD-TACHHOP": "dd-tach-hop-thua", "BTXH-1A": "btxh-1a",
    "BTXH-1D": "btxh-1d", "BTXH-1DD": "btxh-1dd", "BTXH-MAITANG": "btxh-mai-tang", "HTXH-01": "htxh-01",
    "GN-01": "gn-01", "KT-01": "kt-01", "UQ-01": "giay-uy-quyen", "CU-TRU-CHO-O": "cu-tru-cho-o-hop-phap",
}  # fmt: skip
_PARTS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        r"^(Hộ chiếu/Thẻ căn cước|Một trong các giấy tờ sau: Căn cước điện tử)",
        {
            "part_id": "giay_to_tuy_than",
            "name": "Giấy tờ tùy thân của người yêu cầu",
            "use": "present",
            "original": 1,
            "shown_by_card": True,
            "not_needed_if": "Không cần nếu đã khai thác được thông tin bằng số định danh trên Cơ sở dữ liệu "
            "quốc gia về dân cư",
        },
    ),
    (
        r"^Giấy tờ có giá trị chứng minh thông tin về cư trú",
        {
            "part_id": "giay_to_cu_tru",
            "name": "Giấy tờ chứng minh nơi cư trú",
            "use": "present",
            "original": 1,
            "optional": True,
            "not_needed_if": "Không cần nếu tra được nơi cư trú trên Cơ sở dữ liệu quốc gia về dân cư",
        },
    ),
    (
        r"^(Bản sao v|V)ăn bản ủy quyền",
        {
            "part_id": "van_ban_uy_quyen",
            "name": "Văn bản ủy quyền (nếu người khác đi nộp thay)",
            "use": "submit",
            "original": 1,
            "optional": True,
        },
    ),
)
_DROPPED = re.compile(
    r"tương tác|^\(?[ivx]+\) |^Lưu ý|bưu chính công ích thực hiện thủ tục"
    r"|^Trường hợp chưa có tài khoản định danh"
)


def main() -> None:
    """Write a file for every procedure that has none yet."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("facts", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    known = set(_codes(arguments.folder))
    facts = json.loads(arguments.facts.read_text(encoding="utf-8"))
    for procedure in facts["procedures"]:
        if procedure["code"] not in known:
            _write(arguments.folder, procedure)


def _codes(folder: Path) -> Iterator[str]:
    for path in folder.glob("*/*.yaml"):
        match = re.search(r'^national_code: "([^"]+)"', path.read_text(encoding="utf-8"), re.MULTILINE)
        if match:
            yield match[1]


def _write(folder: Path, facts: Mapping[str, Any]) -> None:
    procedure_id = slug(facts["name"])
    if (folder / procedure_id).exists():
        procedure_id = f"{procedure_id}-{facts['code'].replace('.', '-')}"
    data = _procedure(procedure_id, facts)
    text = yaml.dump(data, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False)
    text = re.sub(r"^(valid_(?:from|to)): '([\d-]+)'", r"\1: \2", text, flags=re.MULTILINE)
    path = folder / procedure_id / f"{data['valid_from']}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# Đọc forms/README.md trước khi sửa.\n" + text, encoding="utf-8")


def slug(name: str) -> str:
    """Return the Vietnamese name as an id of at most 60 characters: "dang-ky-khai-sinh"."""
    bare = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in bare if not unicodedata.combining(c)))
    result = ""
    for word in words:
        if len(result) + len(word) > 60:
            break
        result = f"{result}-{word}" if result else word
    return result


def _procedure(procedure_id: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {
        "procedure_id": procedure_id,
        "national_code": facts["code"],
        "version": FIRST_DAY.isoformat(),
        "name": facts["name"],
        "short_name": f"{TODO_MARK} {facts['name'][:60]}",
        "keywords": [TODO_MARK],
        "sector": facts["field"],
        "valid_from": FIRST_DAY.isoformat(),
    }
    last_day = facts["valid_to"] or (LAW_CHANGE.isoformat() if facts.get("valid_to_expected") else None)
    if last_day:
        data["valid_to"] = last_day
    if facts["published_by_decision"]:
        data["decision"] = f"Quyết định {facts['published_by_decision']}"
    data["basis"] = _basis(facts["legal_basis"])
    data["results"] = [_result(result) for result in facts["results"]]
    if facts["channels"]:
        data["channels"] = [_CHANNELS[channel] for channel in facts["channels"]]
    data["provenance"] = _provenance(facts)
    data["cases"] = [_case(procedure_id, facts)]
    return {key: value for key, value in data.items() if value not in ([], "")}


def _provenance(facts: Mapping[str, Any]) -> dict[str, Any]:
    provenance = {"source": _SOURCES[facts["provenance"]["status"]], "verified": False}
    expected = facts.get("valid_to_expected")
    ends = (
        "Ngày hết hiệu lực suy ra từ Luật Hộ tịch 03/2026/QH16 (áp dụng từ 01/03/2027)" if expected else None
    )
    notes = [facts.get("note"), facts.get("superseded_by"), ends]
    note = "; ".join(str(each) for each in notes if each)
    return provenance | ({"note": note} if note else {})


def _basis(codes: list[str]) -> list[str]:
    named = dict.fromkeys(_document(re.sub(r"^\d{4}(?=\d{2,3}/\d{4}/)", "", code)) for code in codes)
    return sorted(named, key=lambda text: (text.split()[0] not in ("Luật", "Bộ"), text.split()[0], text))


def _document(code: str) -> str:
    if code in _LAWS:
        return f"{_LAWS[code]} {code}"
    kind = next((kind for pattern, kind in _KINDS if re.search(pattern, code)), "Văn bản")
    return f"{kind} {code}"


def _result(result: Mapping[str, Any]) -> dict[str, str]:
    name = {"name": result["name"].strip().rstrip(".")}
    return name | ({"code": result["code"]} if result.get("code") else {})


def _case(procedure_id: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    case: dict[str, Any] = {"case_id": "chung", "name": facts["name"]}
    case |= _time(facts)
    rule = facts["slip_rule"]
    case["slip_rule"] = rule if rule in ("always", "after_15h", "only_if_not_same_day") else "always"
    case["supplement_policy"] = "reset"
    if facts["forms"]:
        case["forms"] = [_FORMS[form_id] for form_id in facts["forms"]]
    case["parts"] = list(_parts(facts))
    case["fees"] = list(_fees(procedure_id, facts))
    case["sources"] = list(_sources(facts))
    return {key: value for key, value in case.items() if value != []}


def _time(facts: Mapping[str, Any]) -> dict[str, Any]:
    limit = facts["time_limit"] or {}
    if facts["same_day"] or (facts["slip_rule"] == "only_if_not_same_day" and limit.get("value") is None):
        return {"same_day": True}
    if limit.get("value") is None:
        return {}
    return {"time": f"{limit['value']}{_UNITS[limit['unit']]}"}


def _parts(facts: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    condensed = facts.get("counter_checklist") or facts["dossier"]
    seen: set[str] = set()
    for row in condensed:
        if _DROPPED.search(row["name"]):
            continue
        part = next((dict(part) for pattern, part in _PARTS if re.search(pattern, row["name"])), None)
        part = part or _other_part(row, len(seen) + 1)
        if part["part_id"] not in seen:
            seen.add(part["part_id"])
            yield part


def _other_part(row: Mapping[str, Any], number: int) -> dict[str, Any]:
    part: dict[str, Any] = {"part_id": f"giay_to_{number}", "name": f"{TODO_MARK} {row['name']}"}
    part["use"] = "present" if row["kind"] == "present" else "submit"
    for kind in ("original", "copy"):
        if row[kind]:
            part[kind] = row[kind] if row[kind] <= _MAX_COUNT else 1
    if row["kind"] == "conditional":
        part["optional"] = True
    return part


def _fees(procedure_id: str, facts: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    fee = facts["fee"]
    if fee["set_by"] == "none":
        return
    rule: dict[str, Any] = {
        "fee_id": f"le_phi_{procedure_id.replace('-', '_')}",
        "name": f"{TODO_MARK} {facts['name']}",
        "kind": "levy",
        "set_by": fee["set_by"],
    }
    if fee["set_by"] == "central":
        rule |= {"basis": "case", "amount_vnd": fee["amount"]}
    amounts = [
        f"{each['channel']} {each['fee_amount']} {each['fee_currency']} {each['note'] or ''}"
        for each in (facts["time_limit"] or {}).get("by_channel") or []
    ]
    yield rule | {"basis_text": f"{TODO_MARK} {fee['note'] or ''} | {' | '.join(amounts)}"}


def _sources(facts: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    source = _SOURCES[facts["provenance"]["status"]]
    if (facts["time_limit"] or {}).get("unit") == "day_unit_lost" and not facts["same_day"]:
        note = "Bản chép mất đơn vị của con số; ghi là ngày làm việc, phải đối chiếu"
        yield {"of": "time", "source": source, "verified": False, "note": note}
    if facts["slip_rule"] in ("unknown", "by_case"):
        note = "Nguồn không nói khi nào cấp phiếu hẹn; ghi là luôn cấp"
        yield {"of": "slip_rule", "source": source, "verified": False, "note": note}


if __name__ == "__main__":
    main()
