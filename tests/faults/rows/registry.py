"""All rows of the fault table, by number."""

from tests.faults.rows.bit_rot import bit_rot
from tests.faults.rows.full_disk import full_disk
from tests.faults.rows.kills import kills
from tests.faults.rows.power_rows import lying_disk, power_cut
from tests.faults.rows.read_only_folder import read_only_folder
from tests.faults.rows.row import Fault
from tests.faults.rows.server_rows import database_killed, poor_line, storm
from tests.faults.rows.sync_rows import bad_line, put_back, repeated, server_put_back
from tests.faults.rows.tampering import tampering
from tests.faults.rows.two_machines import two_machines
from tests.faults.rows.wrong_clock import wrong_clock

FAULTS = (
    Fault(
        number=1,
        fault="The program is killed",
        how=(
            "SIGKILL at random moments while it receives, prints, closes a day, moves its log and "
            "exchanges, and once before each third step of every act."
        ),
        must_hold=(
            "What was acknowledged is there; row, history, audit and outbox agree; paper and database too."
        ),
        run=kills,
        suites={
            "kills while printing and closing a day": (
                "tests/faults/test_kill_print.py",
                "tests/faults/test_kill_day_close.py",
            ),
            "kills at every line of a key change": ("tests/storage/test_key_change.py",),
        },
    ),
    Fault(
        number=2,
        fault="The power goes",
        how=(
            "Every write, sync, rename and delete of the real program with the real SQLCipher is recorded; "
            "at random moments all that was not synced is kept, dropped or garbled by sectors of 512 bytes."
        ),
        must_hold="As row 1, and no damage; with weaker settings the same cuts find losses.",
        run=power_cut,
        not_covered=(
            "Disks that do not do what they said (row 3). Windows: the calls are the same, its file system "
            "was not tried."
        ),
    ),
    Fault(
        number=3,
        fault="The disk lies about what it has written",
        how="As row 2, but of the last calls, up to 400, nothing was synced.",
        must_hold=(
            "Nothing half or wrong is shown as whole; damage is told; a backup brings the counter back."
        ),
        run=lying_disk,
        not_covered=(
            "The newest acts can be gone although the database is whole: such a disk loses what it said it "
            "had. The next exchange with the server and the audit tip on paper tell of it. Use a UPS; do "
            "not use such disks."
        ),
    ),
    Fault(
        number=4,
        fault="The disk is full",
        how="A small tmpfs is filled before each step of a visit, down to a few different remainders.",
        must_hold="No half act; plain words; on the reserve the open work is finished.",
        run=full_disk,
    ),
    Fault(
        number=5,
        fault="The folder can only be read",
        how="A read-only mount, which binds even root; a folder without rights under another user.",
        must_hold="Everything can still be looked up; acts are refused in words.",
        run=read_only_folder,
        suites={
            "tests of rights": ("tests/faults/test_environment_faults.py", "-k", "read_only"),
        },
    ),
    Fault(
        number=6,
        fault="A bit turns over on the disk",
        how="Single bits in the database, its log, scans and the key record; then everything is looked at.",
        must_hold="No wrong value is ever shown; each bit is noticed or harmless.",
        run=bit_rot,
        not_covered=(
            "A bit in the very last act of a log that a crash left behind ('older'): nothing tells it from "
            "a power cut in that act. The next exchange with the server does."
        ),
    ),
    Fault(
        number=7,
        fault="Two programs on one folder; a copied PC",
        how="Two processes; a copy of a whole data folder put to work beside the first.",
        must_hold=(
            "The second program is refused; the copy is noticed at its first exchange; nothing is lost."
        ),
        run=two_machines,
        suites={
            "tests of a second program": (
                "tests/faults/test_environment_faults.py",
                "tests/storage/test_database_files.py",
                "-k",
                "second_program",
            ),
        },
        share="counter cloned",
    ),
    Fault(
        number=8,
        fault="A PC is put back to an old copy",
        how="Its data folder is replaced by an earlier one in the middle of rounds with other faults.",
        must_hold="A new epoch; nothing lost, doubled or numbered twice once all was exchanged.",
        run=put_back,
        not_covered=(
            "What neither the machine nor the server nor a stick has any more; such events are counted."
        ),
    ),
    Fault(
        number=9,
        fault="The server's database is put back",
        how="It is replaced by what it was at an earlier restart, in the middle of the rounds.",
        must_hold="The counters fill it again.",
        run=server_put_back,
    ),
    Fault(
        number=10,
        fault="The clock is wrong",
        how=(
            "The real program under libfaketime: days back, a year ahead, right again; clocks that are days "
            "off in the rounds."
        ),
        must_hold="No paper with an hour of the past; what is off is told; nothing is lost.",
        run=wrong_clock,
        suites={
            "tests of clocks": (
                "tests/faults/test_environment_faults.py",
                "tests/sync/test_turns.py",
                "-k",
                "clock",
            ),
        },
        share="clock off",
    ),
    Fault(
        number=11,
        fault="The line to the server breaks",
        how="Requests and replies lost or cut in half, sign-in pages of captive portals, busy proxies.",
        must_hold="Everything arrives exactly once.",
        run=bad_line,
    ),
    Fault(
        number=12,
        fault="What was sent comes twice, late, or out of order",
        how="The line repeats and delays whole requests.",
        must_hold="Nothing is doubled.",
        run=repeated,
    ),
    Fault(
        number=13,
        fault="A hub in the office dies",
        how="Not applicable: no counter is a hub in this version.",
        must_hold="Not applicable.",
        not_covered="Without a line to the server counters of one office exchange by the carry file only.",
    ),
    Fault(
        number=14,
        fault="An event nobody can take",
        how="Bad schemas, unknown kinds, huge notes, both ways.",
        must_hold="Only that dossier is put aside; the others go on.",
        suites={
            "poison up, put aside alone": ("tests/sync/test_push_poison.py",),
            "poison down, put aside alone": ("tests/services/test_several_counters.py", "-k", "bad_entry"),
            "hostile logs": ("tests/services/test_hostile_log.py",),
            "hostile bodies at the server": ("tests/server/test_hostile_bodies.py",),
        },
    ),
    Fault(
        number=15,
        fault="Old and new versions meet",
        how="Stored bytes of every released version against this one, and messages of a version to come.",
        must_hold="A push is always taken; every old database opens.",
        suites={
            "pushes and sticks of released versions": ("tests/server/test_old_and_new_peers.py",),
            "replies of released and odd servers": ("tests/sync/test_old_and_odd_servers.py",),
            "golden bytes and the contract": ("tests/protocol",),
            "databases of every schema": ("tests/storage/test_schema_versions.py",),
        },
    ),
    Fault(
        number=16,
        fault="The server or PostgreSQL dies under load",
        how="SIGKILL of the server while three counters push; PostgreSQL stopped at once.",
        must_hold="Nothing confirmed is missing, nothing is there twice.",
        run=database_killed,
        not_covered=(
            "PostgreSQL runs without fsync here: programs die, not machines. For power cuts at the server "
            "rely on PostgreSQL, its WAL archive and a standby."
        ),
    ),
    Fault(
        number=17,
        fault="All counters come back at once",
        how=(
            "Two thousand simulated counters, each with what it did meanwhile, against one server; once "
            "spread as the program does, once all at the same moment."
        ),
        must_hold="The server keeps answering; all is there once within two minutes.",
        run=storm,
    ),
    Fault(
        number=18,
        fault="Big scans over a poor line",
        how="20 MB at 1 Mbit/s with a break a minute, twenty times faster than life.",
        must_hold="It goes on where it was: at most 1.15 times its size is sent.",
        run=poor_line,
    ),
    Fault(
        number=19,
        fault="A hostile data pack",
        how="Bombs, strangers' keys, older versions, paths that lead out, cut and padded files.",
        must_hold="Refused; the data of before stays in force.",
        suites={
            "packs refused, the old one stays": ("tests/catalogue/test_pack_refusals.py",),
            "roots of trust": ("tests/catalogue/test_pack_trust.py",),
            "packs over the line": ("tests/sync/test_pack_lane.py",),
            "packs on a full disk": ("tests/faults/test_pack_disk_full.py",),
        },
    ),
    Fault(
        number=20,
        fault="Hostile text",
        how=(
            "A corpus and generated text through cards, forms, search, lists, papers and every text of the "
            "window."
        ),
        must_hold="Shown as typed, or refused; never taken for markup, a formula or a path.",
        suites={
            "whatever comes in": ("tests/faults/test_bad_input.py",),
            "every decoder, sink, list and paper": ("tests/hostile",),
            "hostile sticks": ("tests/server/test_hostile_sticks.py",),
        },
    ),
    Fault(
        number=21,
        fault="The audit log is tampered with",
        how="Entries edited, deleted, cut off, inserted, reordered, and chained anew, by SQL with the key.",
        must_hold="Every one is located.",
        run=tampering,
        suites={"tests of the check": ("tests/services/test_audit_verify.py",)},
        not_covered=(
            "What is chained anew after the last tip that was told to paper, a backup or the server."
        ),
    ),
    Fault(
        number=22,
        fault="One office at another's data",
        how="Every route of the server with another office's token; SQL under row-level security.",
        must_hold="Nothing is shown or changed.",
        suites={
            "attempts across offices, refused": ("tests/server/test_offices_apart.py",),
            "hostile peers": ("tests/server/test_hostile_peers.py",),
        },
    ),
)
