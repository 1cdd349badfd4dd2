"""The root of trust moves on only by its own signatures."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.catalogue.pack_folders import UNIT, PackWorld, make_world
from tests.helpers.packs import KeyRing
from tools.make_root import with_signature

from counter_app.catalogue.packs.trust import MAX_ROOT, read_root, unit_within
from counter_app.domain.data_pack import PackKind
from counter_app.domain.errors import BadInput, RuleRefusal

AT = datetime(2026, 12, 1, tzinfo=UTC)
SHIPPED = Path(__file__).parents[2] / "resources" / "trust" / "root.json"


@pytest.fixture
def world(tmp_path: Path) -> PackWorld:
    return make_world(tmp_path)


def install(world: PackWorld, version: str, roots: Sequence[bytes], *signed_by: str) -> None:
    pack = world.maker.make(world.content(version), version, signed_by=signed_by, roots=roots)
    world.store.activate(world.store.stage(pack, UNIT).info, AT)


def code_of(world: PackWorld, version: str, roots: Sequence[bytes], *signed_by: str) -> str:
    with pytest.raises(RuleRefusal) as refused:
        install(world, version, roots, *signed_by)
    return refused.value.code


def test_a_new_root_signed_by_the_old_and_by_itself_takes_over(world: PackWorld) -> None:
    ring, first = world.maker.ring, world.store.trusted_root()
    grants = ({"kinds": ["national"], "units": [], "keys": ["nation2"], "threshold": 1},)
    second = ring.root(version=2, root_keys=("root2",), signed_by=("root", "root2"), grants=grants)
    install(world, "2026.12.1", (first, second), "nation2")
    assert world.store.trusted_root() == second
    # The key of before signs nothing any more, not even in a pack that brings only the old root.
    assert code_of(world, "2026.12.2", (first,), "nation") == "pack_wrong_key"
    assert code_of(world, "2026.12.3", (first, second), "nation") == "pack_wrong_key"
    third = ring.root(version=3, root_keys=("root2",), signed_by=("root2",), grants=grants)
    install(world, "2026.12.4", (first, second, third), "nation2")
    assert world.store.trusted_root() == third


def test_a_counter_that_missed_a_root_follows_the_chain(world: PackWorld) -> None:
    ring, first = world.maker.ring, world.store.trusted_root()
    second = ring.root(version=2, root_keys=("root2",), signed_by=("root", "root2"))
    third = ring.root(version=3, root_keys=("root3",), signed_by=("root2", "root3"))
    install(world, "2026.12.1", (first, second, third), "nation")
    assert world.store.trusted_root() == third


@pytest.mark.parametrize(
    ("version", "signed_by"),
    [
        (2, ("stranger",)),  # by itself, not by the old
        (3, ("root", "stranger")),  # a link is missing
        (1, ("root", "stranger")),  # not a next version
    ],
)
def test_a_root_of_a_stranger_is_refused(world: PackWorld, version: int, signed_by: tuple[str, ...]) -> None:
    ring, first = world.maker.ring, world.store.trusted_root()
    grants = ({"kinds": ["national"], "units": [], "keys": ["evil"], "threshold": 1},)
    other = ring.root(version=version, root_keys=("stranger",), signed_by=signed_by, grants=grants)
    roots = (first, other) if version > 1 else (other,)
    assert code_of(world, "2026.12.1", roots, "evil") == "pack_wrong_key"
    assert world.store.trusted_root() == first


def test_a_threshold_of_two_needs_two_different_signatures(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    ring, first = world.maker.ring, world.store.trusted_root()
    grants = ({"kinds": ["national"], "units": [], "keys": ["a", "b", "c"], "threshold": 2},)
    keys = ("root", "root2", "root3")
    second = ring.root(version=2, root_keys=keys, threshold=2, signed_by=("root", "root2"), grants=grants)
    assert code_of(world, "2026.12.1", (first, second), "a") == "pack_wrong_key"
    assert code_of(world, "2026.12.2", (first, second), "a", "a") == "pack_wrong_key"
    install(world, "2026.12.3", (first, second), "a", "c")
    # From now on one key of the root is not enough either.
    third = ring.root(version=3, root_keys=("root2",), signed_by=("root2",), grants=grants)
    assert code_of(world, "2026.12.4", (first, second, third), "a", "b") == "pack_wrong_key"
    third = ring.root(version=3, root_keys=("root3",), signed_by=("root3", "root2"), grants=grants)
    install(world, "2026.12.5", (first, second, third), "a", "b")


@pytest.mark.parametrize(
    "grant",
    [
        {"kinds": ["national"], "units": [], "keys": ["nation"], "threshold": 0},
        {"kinds": ["national"], "units": [], "keys": ["nation"], "threshold": 2},
        {"kinds": ["national"], "units": [], "keys": ["nation", "nation"], "threshold": 2},
        {"kinds": [5], "units": [], "keys": ["nation"], "threshold": 1},
    ],
)
def test_a_root_with_a_senseless_grant_is_no_root(tmp_path: Path, grant: dict[str, object]) -> None:
    with pytest.raises(BadInput) as refused:
        read_root(KeyRing(tmp_path).root(grants=(grant,)))
    assert refused.value.code == "pack_bad_root"


def test_a_root_must_be_signed_by_itself_and_be_of_sane_size(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    unsigned = ring.root(root_keys=("root", "root2"), threshold=2, signed_by=("root",))
    for raw in (unsigned, b"", b"[]", b'{"signed": {}}', b" " * (MAX_ROOT + 1)):
        with pytest.raises(BadInput):
            read_root(raw)


def test_holders_of_the_root_sign_one_after_the_other(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    root = ring.root(root_keys=("root", "root2"), threshold=2, signed_by=("root",))
    assert len(read_root(with_signature(root, ring.signer("root2"))).signatures) == 2
    with pytest.raises(BadInput):
        read_root(with_signature(root, ring.signer("stranger")))


def test_another_root_is_taken_before_the_first_pack_and_only_by_signature_after(world: PackWorld) -> None:
    ring = KeyRing(world.folder / "other-keys")
    own = ring.root()
    world.store.trust(own)
    world.maker.ring = ring
    install(world, "2026.12.1", (own,), "nation")
    with pytest.raises(RuleRefusal) as refused:
        world.store.trust(SHIPPED.read_bytes())
    assert refused.value.code == "pack_root_refused"
    assert world.store.trusted_root() == own
    following = ring.root(version=2, root_keys=("root2",), signed_by=("root", "root2"))
    assert world.store.trust(following) == 2
    with pytest.raises(RuleRefusal):
        world.store.trust(own)


def test_taking_every_pack_back_does_not_open_the_root_to_strangers(world: PackWorld) -> None:
    first = world.store.trusted_root()
    install(world, "2026.12.1", (first,), "nation")
    assert world.store.roll_back(PackKind.NATIONAL) is None
    with pytest.raises(RuleRefusal) as refused:
        world.store.trust(KeyRing(world.folder / "stranger").root())
    assert refused.value.code == "pack_root_refused"
    following = world.maker.ring.root(version=2, root_keys=("root2",), signed_by=("root", "root2"))
    assert world.store.trust(following) == 2
    assert world.store.root_digest() == hashlib.sha256(following).hexdigest()


def test_a_root_on_its_way_from_holder_to_holder_says_how_many_have_signed(tmp_path: Path) -> None:
    half = KeyRing(tmp_path).root(root_keys=("root", "root2"), threshold=2, signed_by=("root",))
    with pytest.raises(BadInput) as refused:
        read_root(half)
    assert (refused.value.code, refused.value.params) == ("pack_root_half_signed", {"signed": 1, "needed": 2})


def test_the_shipped_root_needs_two_of_three_and_trusts_nobody_of_the_tests() -> None:
    root = read_root(SHIPPED.read_bytes()).signed
    assert (root.version, root.roles["root"].threshold, len(root.roles["root"].keyids)) == (1, 2, 3)
    assert [(grant["kinds"], grant["units"]) for grant in root.unrecognized_fields["data_grants"]] == [
        (["national"], [])
    ]


@pytest.mark.parametrize(
    ("unit", "area", "within"),
    [
        ("H29", "H29", True),
        ("H29.12", "H29", True),
        ("H29.12", "H29.1", False),
        ("H290.1", "H29", False),
        ("000.17.22.H56", "H56", True),
        ("000.17.22.H56", "6", False),
        ("H29", "H29.12", False),
    ],
)
def test_a_unit_lies_in_its_province(unit: str, area: str, within: bool) -> None:
    assert unit_within(unit, area) is within
