"""What a pack changes of local fees, limits and form texts: "Lệ phí …: 5.000 đ → 8.000 đ …"."""

from counter_app.domain.fee import format_vnd
from counter_app.domain.local_changes import LocalChange, LocalChanges, LocalValue
from counter_app.domain.local_values import LocalFee, LocalTime
from counter_app.services.paper_text import limit_in_text
from counter_app.services.procedure_words import CHANNELS

_NOTHING = "chưa quy định"


def local_change_lines(changes: LocalChanges) -> tuple[str, ...]:
    """Return one line for each fee, procedure or form: its name, the old and the new values."""
    return tuple(f"{change.name}: {_words(change)}" for change in changes.entries)


def _words(change: LocalChange) -> str:
    before, after = ("; ".join(map(value_text, values)) for values in (change.before, change.after))
    if not change.was_there:
        return f"{_NOTHING} → {after}"
    if not change.is_there:
        return f"{before} → không còn quy định"
    if not change.before:
        return f"thêm {after}"
    return f"{before} → {after}" if after else f"bỏ {before}"


def value_text(value: LocalValue) -> str:
    """Return "8.000 đ, trực tuyến, từ 01/01/2027 (Nghị quyết …)"."""
    ends = f" đến hết {value.valid_to:%d/%m/%Y}" if value.valid_to else ""
    parts = [*_decided(value), *_limited_to(value), f"từ {value.valid_from:%d/%m/%Y}{ends}"]
    basis = f" ({value.basis_text})" if value.basis_text else ""
    return ", ".join(parts) + basis


def _decided(value: LocalValue) -> list[str]:
    if isinstance(value, LocalFee):
        return [format_vnd(value.amount_vnd) if value.amount_vnd else "không thu"]
    if isinstance(value, LocalTime):
        return [limit_in_text(value.time)]
    return [f"“{text}”" for text in (value.form_number, value.addressee) if text]


def _limited_to(value: LocalValue) -> list[str]:
    limits = []
    if isinstance(value, LocalFee):
        limits += [CHANNELS.get(channel, channel) for channel in value.channels]
        if value.when is not None:
            limits.append("chỉ khi thuộc trường hợp được quy định")
    if isinstance(value, LocalTime) and value.case_id:
        limits.append(f"trường hợp {value.case_id}")
    if value.units:
        limits.append(f"đơn vị {', '.join(value.units)}")
    return limits
