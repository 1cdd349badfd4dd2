"""When a paper is needed, in words a citizen reads; always Vietnamese."""

from collections.abc import Mapping

from counter_app.domain.condition import Condition

_CHANNELS = {
    "online": "khi nộp trực tuyến",
    "counter": "khi nộp trực tiếp",
    "postal": "khi gửi qua bưu chính",
}
_RELATION = "nyc_quan_he"  # every civil form asks by this key who hands it in


def condition_words(condition: Condition, labels: Mapping[str, str]) -> str:
    """Return "khi người nộp là người được ủy quyền", or "" when no plain words are known.

    `labels` are the questions of the forms by key.
    """
    if condition.all or condition.any or condition.none:
        return ""
    values = condition.one_of or (() if condition.equals is None else (condition.equals,))
    if condition.field == "channel" and len(values) == 1:
        return _CHANNELS.get(str(values[0]), "")
    texts = [each for each in values if isinstance(each, str)]
    if condition.field == _RELATION and texts:
        return f"khi người nộp là {' hoặc '.join(map(_lowered, texts))}"
    label = labels.get(condition.field, "")
    if not label:
        return ""
    if condition.filled or values == (True,):
        return f"khi tờ khai có ghi “{label}”"
    return f"khi “{label}” là “{'” hoặc “'.join(texts)}”" if texts and len(texts) == len(values) else ""


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
