"""The second half of the day: news from behind the desk, results, a contradiction, a stick, the web pages."""

import json
from pathlib import Path

from tests.demo.cast import Cast, Counter
from tests.demo.citizens import ON_A_STICK, UNIT
from tests.demo.papers import scanned_slip
from tests.demo.web_text import Browser, lines_beginning

from counter_protocol.fold import FlagKind

_HOLDER = "Phòng Tư pháp – Hộ tịch"
_OFFICER = ("--by", "Công chức Tư pháp – Hộ tịch")


def status_comes_down(cast: Cast) -> None:
    """An officer works on dossiers behind the desk; both counters learn it."""
    story, server = cast.story, cast.programs.server
    story.chapter("Status comes down from the officer", "Tình trạng từ công chức chuyên môn về quầy")
    birth, copies = cast.one.received[:2]
    server("status", "processing", birth.code, "--to", _HOLDER, *_OFFICER)
    server("status", "resolved", copies.code, "--name", "Bản sao chứng thực", *_OFFICER)
    cast.both(Counter.sync)
    held = cast.both(lambda counter: counter.show(birth.code)["holder"])
    story.check(f"both counters show who has {birth.code}: {_HOLDER}", held == [_HOLDER] * 2)
    seen = cast.both(lambda counter: counter.show(copies.code)["status"])
    story.check(f"both know that the result of {copies.code} is there", seen == ["resolved"] * 2)
    server("status", "resolved", birth.code, "--name", "Giấy khai sinh", "--number", "12/2026", *_OFFICER)


def returned_elsewhere(cast: Cast) -> None:
    """The citizen comes to the other counter with the slip."""
    story, one, two = cast.story, cast.one, cast.two
    story.chapter("The slip is scanned at counter 2, the result returned", "Quét phiếu, trả kết quả ở quầy 2")
    two.sync()
    said = scanned_slip(one.received[0].slip)
    kind = two.run("scan", said)["kind"]
    story.tell(f"scanned: {said.partition('/')[0]} ({kind})")
    returned = _return(two, said)
    story.check("the dossier is another counter's", not returned["own"])
    story.check("returned (đã trả)", returned["status"] == "returned")
    two.sync()
    one.sync()
    told = one.show(one.received[0].code)
    story.tell(f"counter 1 now shows: returned to {told['returned_to']['full_name']}")
    story.check("counter 1 knows it", told["status"] == "returned")
    story.check("and no flag: it is no contradiction", not told["notices"])


def returned_twice(cast: Cast) -> None:
    """Both counters give the same result away while neither has a line: nobody can miss it afterwards."""
    story, one, two = cast.story, cast.one, cast.two
    story.chapter("Both counters return one dossier, offline", "Hai quầy cùng trả một hồ sơ khi mất mạng")
    code = one.received[1].code
    for counter in cast.counters:
        counter.line.down()
    cast.both(lambda counter: _return(counter, code))
    story.tell(f"{code} is returned at counter 1 and at counter 2, and neither can know")
    for counter in cast.counters:
        counter.line.up()
    for counter in (one, two, one):
        counter.sync()
    told = cast.both(lambda counter: counter.show(code)["notices"])
    for counter, notices in zip(cast.counters, told, strict=True):
        kinds = [notice["kind"] for notice in notices]
        story.check(f"counter {counter.number} is told to look: {kinds}", kinds == [FlagKind.RETURNED_TWICE])
    if told[0]:
        story.tell(f"{told[0][0]['title']}. {told[0][0]['happened']} {told[0][0]['to_do']}")


def flag_settled(cast: Cast) -> None:
    """A human found out who holds the paper."""
    story, server = cast.story, cast.programs.server
    story.chapter("A human settles the flag", "Người có trách nhiệm xử lý cảnh báo")
    code = cast.one.received[1].code
    listed = server("flags", "list", "--unit", UNIT)
    story.check("the operator sees it too", code in listed)
    reason = "Đã hỏi hai quầy: chỉ một bản được giao, quầy 2 bấm nhầm."
    by = ("--reason", reason, "--by", "Chủ tịch UBND xã")
    story.tell(server("flags", "settle", listed.split("\t")[1], "--unit", UNIT, *by))
    cast.both(Counter.sync)
    left = cast.both(lambda counter: counter.show(code)["notices"])
    story.check("it is gone at both counters, and stays in the history", left == [[], []])


def carried_on_a_stick(cast: Cast) -> None:
    """A counter without a line sends by USB stick and gets the answer the same way; later the line too."""
    story, two = cast.story, cast.two
    story.chapter("Counter 2 has no line: a carry file", "Quầy 2 mất mạng: tệp bàn giao USB")
    two.line.down()
    dossier = two.receive(ON_A_STICK)
    stick = cast.work / "stick"
    stick.mkdir()
    exported = two.run("carry", "export", str(stick / "len.qmc"))
    story.tell(f"{exported['size']} bytes, encrypted and signed: {exported['counts']['events']} events")
    names = dossier.errand.who.full_name.encode()
    story.check("no name can be read in the file", names not in (stick / "len.qmc").read_bytes())
    story.check("nothing counts as sent yet", two.run("outbox", "list")["waiting"] > 0)
    cast.programs.server("carry", "import", str(stick / "len.qmc"), "--out", str(stick))
    story.check("the dossier is on the server", cast.view.receipts().get(dossier.code) == 1)
    answer = next(stick.glob("tra-loi-*.qmc"))
    taken = two.run("carry", "import", str(answer))
    story.tell(f"the answer confirms {taken['acked']} events")
    story.check("nothing waits at counter 2", two.run("outbox", "list")["waiting"] == 0)
    again = two.run("carry", "import", str(answer))
    story.check("the same file once more does nothing", again["repeated"] and again["acked"] == 0)
    cast.programs.server("carry", "import", str(stick / "len.qmc"))
    two.line.up()
    report = two.sync()
    story.check("by the line nothing is sent again", report["sent"] == 0)
    story.check(
        "and nothing is doubled", cast.view.doubled() == 0 and cast.view.receipts()[dossier.code] == 1
    )
    cast.one.sync()
    story.check("counter 1 has it too", cast.one.show(dossier.code)["dossier_code"] == dossier.code)


def web_pages(cast: Cast) -> None:
    """What the head of the commune and a citizen see."""
    story = cast.story
    story.chapter("The leader's page and the citizen's look-up", "Trang của lãnh đạo và trang tra cứu")
    browser = Browser(f"http://127.0.0.1:{cast.port}")
    try:
        refused = browser.get("/")
        story.check("nobody sees figures without logging in", "Mật khẩu" in refused)
        page = browser.post("/dang-nhap", ten="chu-tich", mat_khau=cast.leader_password)
        story.tell(lines_beginning(page, "Tiếp nhận |", "Đã trả |", "Quầy"))
        story.check("the leader's page shows the office", "UBND xã Trung Minh" in page)
        _look_up(cast, browser)
    finally:
        browser.close()


def _look_up(cast: Cast, browser: Browser) -> None:
    story = cast.story
    code, _, secret = scanned_slip(cast.one.received[0].slip).partition("/")
    found = browser.post("/tra-cuu", ma=code, bi_mat=secret)
    story.tell(lines_beginning(found, "Thủ tục", "Nơi nộp", "Đã trả"))
    story.check("/tra-cuu says that the result was given", "Đã trả" in found)
    names = [dossier.errand.who.full_name for dossier in cast.one.received]
    story.check("and names nobody", not any(name in found for name in names))
    wrong = browser.post("/tra-cuu", ma=code, bi_mat="ZZZZ")
    story.check("a wrong secret finds nothing", "Không tìm thấy hồ sơ" in wrong)


def _return(counter: Counter, code: str) -> dict[str, object]:
    data: Path = counter.folder / "return.json"
    data.write_text(json.dumps({"to": "owner", "identity_checked": "card"}), encoding="utf-8")
    returned = counter.run("act", code, "return", "--data", str(data))
    assert isinstance(returned, dict)
    return returned
