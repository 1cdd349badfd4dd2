"""The first half of the day: work without a server, enrolment, a line that breaks, a scan."""

from tests.demo.cast import Cast, Counter
from tests.demo.citizens import BIRTH_PART, DURING_THE_CUT, OFFICE, OFFLINE, PROVINCE, UNIT
from tests.demo.line import Cut
from tests.demo.papers import paper_to_scan

_CUT_AFTER = 700  # bytes of a push: in the middle of its body
_CUT_SCAN_AFTER = 150_000


def set_up(cast: Cast) -> None:
    """Two computers of one commune, none of which knows a server."""
    story = cast.story
    story.chapter("Two counters of one commune are set up", "Thiết lập hai quầy của một bộ phận một cửa")

    def init(counter: Counter) -> None:
        where = ("--unit-code", UNIT, "--office", OFFICE, "--province", PROVINCE)
        number = str(counter.number)
        counter.run("init", *where, "--counter", number, "--admin", f"Cán bộ quầy {number}")

    cast.both(init)
    story.tell(f"{OFFICE} ({UNIT}), quầy 1 and quầy 2")


def receive_without_server(cast: Cast) -> None:
    """Citizens come although there is no server; asking for one tells so in plain words."""
    story, one = cast.story, cast.one
    story.chapter("Counter 1 receives although there is no server yet", "Tiếp nhận khi chưa có máy chủ")
    for counter in cast.counters:
        counter.line.down()
    refused = one.run("enrol", "--server", one.line.url, "--code", "AAAA-BBBB-CCCC", code=4)
    story.tell(f"enrol: {refused['message']}")
    story.check("the program says that there is no server", refused["code"] == "server_not_reached")
    for errand in OFFLINE:
        dossier = one.receive(errand)
        story.tell(f"{dossier.code}  {errand.what}: {errand.who.full_name} (slip printed, giấy hẹn đã in)")
    waiting = one.run("outbox", "list")
    story.tell(f"outbox (mục chờ gửi): {waiting['waiting']} receipts wait")
    story.check("everything waits at the counter", waiting["waiting"] == len(OFFLINE))


def serve_and_enrol(cast: Cast) -> None:
    """The server starts, its operator adds the office, both counters come in with one-time codes."""
    story, programs = cast.story, cast.programs
    story.chapter("The server starts; both counters enrol", "Máy chủ chạy; hai quầy đăng ký bằng mã một lần")
    programs.serve(cast.port)
    programs.server("office", "add", UNIT, "--name", "UBND xã Trung Minh", "--province", PROVINCE)
    password = {"COUNTER_PASSWORD": cast.leader_password}
    programs.server("leader", "add", "chu-tich", "--unit", UNIT, env=password)
    for counter in cast.counters:
        counter.line.up()
        code = cast.server_json("enrol-code", UNIT, str(counter.number))["code"]
        if counter is cast.one:
            wrong = counter.run("enrol", "--server", counter.line.url, "--code", "WRNG-CODE-2222", code=3)
            story.tell(f"a wrong code: {wrong['message']}")
        told = counter.run("enrol", "--server", counter.line.url, "--code", code)
        story.tell(f"counter {told['counter']} enrolled with {code}, {told['waiting']} receipts wait")
    one = cast.one
    sent = one.sync()
    got = cast.two.sync()
    story.tell(
        f"counter 1 sent {sent['sent']} events, the definitions of law they were received under included: "
        f"{sent['bytes_sent']} bytes"
    )
    story.check("nothing waits at counter 1 any more", sent["waiting"] == 0)
    story.check(f"counter 2 received all {sent['sent']} of them", got["received"] == sent["sent"])
    found = cast.two.run("find", "lo thi xuan")
    names = [row["dossier_code"] for row in found]
    story.check("counter 2 finds the dossier of counter 1 by name", names == [one.received[1].code])


def cut_in_the_middle(cast: Cast) -> None:
    """A request cut in its middle, a reply lost after the server committed, and nothing counts twice."""
    story, one = cast.story, cast.one
    story.chapter("The line breaks in the middle of sending", "Đứt mạng giữa chừng khi đang gửi")
    before = cast.view.events()
    first, second = (one.receive(errand) for errand in DURING_THE_CUT)
    one.line.cut(Cut(b"POST /v1/push", upward=_CUT_AFTER))
    story.tell(_lane(one.sync(code=4)))
    story.check("half a batch left no trace on the server", cast.view.events() == before)
    one.line.cut(Cut(b"POST /v1/push"))
    story.tell(_lane(one.sync(code=4)))
    after = cast.view.events()
    story.check("the reply was lost: the server has the events, the counter cannot know", after > before)
    one.line.down()
    third = one.receive(OFFLINE[1])
    story.tell(f"line down; {first.code}, {second.code} and {third.code} were received meanwhile")
    story.tell(_lane(one.sync(code=4)))
    one.line.up()
    report = one.sync()
    story.tell(f"line up: {report['sent']} events confirmed, {report['waiting']} wait")
    story.check(
        "every receipt stands on the server exactly once",
        cast.view.receipts() == dict.fromkeys(cast.codes, 1),
    )
    story.check("no event is there twice", cast.view.doubled() == 0)


def scan_uploaded(cast: Cast) -> None:
    """A paper is scanned, its upload breaks and goes on where it stood."""
    story, one = cast.story, cast.one
    story.chapter(
        "A scanned paper goes up, through a break", "Bản quét giấy tờ được gửi, đứt giữa chừng gửi tiếp"
    )
    code = one.received[0].code
    attached = one.run("scans", "add", code, BIRTH_PART, str(paper_to_scan(cast.work / "paper.png")))
    one.line.cut(Cut(b"PATCH /v1/uploads/", upward=_CUT_SCAN_AFTER))
    before = one.line.upward
    one.sync(code=4)
    report = one.sync()
    spent = one.line.upward - before
    story.tell(f"{attached['size']} bytes of PDF, {spent} bytes on the line with everything else")
    story.check("the scan is stored whole", cast.view.scan_sums() == [attached["sha256"]])
    story.check("less than a fifth of it was sent twice", spent < 1.2 * attached["size"])
    story.check("nothing of it waits", report["scans_waiting"] == 0 and report["scans_sent"] == 1)


def _lane(report: dict[str, object]) -> str:
    """Return what the lane of acts says."""
    lanes = report["lanes"]
    assert isinstance(lanes, list)
    return f"sync: {lanes[0]['words']}"
