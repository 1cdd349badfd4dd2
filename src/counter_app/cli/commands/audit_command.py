"""counter-app audit: check the audit log, list it, take it out as a file."""

import argparse
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.cli.context import CliContext, day_argument
from counter_app.domain.errors import BadInput, EnvironmentProblem, RuleRefusal

if TYPE_CHECKING:
    from counter_app.services.audit.findings import AuditFinding, AuditReport
    from counter_app.services.audit_port import AuditFilter, NumberedEntry

_MOST_LISTED = 10_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of audit."""
    parser.add_argument("action", choices=("verify", "list", "export"))
    parser.add_argument("file", nargs="?", type=Path, help="export: a .xlsx or .pdf")
    parser.add_argument("--tip", default="", metavar="DIGITS", help="verify: which place has this tip")
    parser.add_argument("--by", default="", metavar="NAME", help="list, export: only acts in this name")
    parser.add_argument("--act", default="", metavar="BEGINNING", help="list, export: such as dossier_")
    parser.add_argument("--code", default="", metavar="CODE", help="list, export: only about this dossier")
    parser.add_argument("--from", dest="since", metavar="DATE")
    parser.add_argument("--to", metavar="DATE")
    parser.add_argument("--limit", type=int, default=200, help="list: how many, the newest first")


def run(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Check, list or export.

    Raises:
        RuleRefusal: ``audit_not_whole`` (count, report) when the check found anything.
    """
    if arguments.action == "verify":
        return _verify(context, arguments.tip)
    if arguments.action == "list":
        return _list(context, arguments)
    return _export(context, arguments)


def _verify(context: CliContext, tip: str) -> dict[str, object]:
    from counter_app.services.audit.verify import verify

    try:
        report = verify(context.desk("beside"), tip=tip)
    except EnvironmentProblem as problem:
        if problem.code not in ("database_read_only", "database_unreachable"):
            raise
        report = verify(context.desk("read"), tip=tip, record=False)
    told = _told(report, tip)
    if not report.whole:
        from counter_app.audit_words import finding_words

        found = "\n".join(f"- {finding_words(each)}" for each in report.findings)
        raise RuleRefusal("audit_not_whole", found=found, **told)
    return told


def _told(report: "AuditReport", tip: str) -> dict[str, object]:
    from counter_app.audit_words import anchored_words, asked_words, outcome_words, tip_words

    asked = {"asked": list(report.asked), "asked_words": asked_words(report, tip)} if tip else {}
    return {
        "ok": report.whole,
        "checks": [
            {"name": "log", "ok": report.whole, "detail": outcome_words(report)},
            {"name": "anchors", "ok": report.whole, "detail": anchored_words(report)},
        ],
        "whole": report.whole,
        "words": outcome_words(report),
        "entries": report.entries,
        "seq": report.tip.seq,
        "tip": tip_words(report.tip.digits),
        "hash": report.tip.hash.hex(),
        "anchored": dict(report.anchored),
        "anchored_words": anchored_words(report),
        "unproven": report.unproven,
        "count": len(report.findings) + report.more_findings,
        "findings": [_finding(each) for each in report.findings],
        **asked,
    }


def _finding(finding: "AuditFinding") -> dict[str, object]:
    from counter_app.audit_words import around_words, finding_words

    return {
        "finding": finding.kind.value,
        "first": finding.first,
        "last": finding.last,
        "words": finding_words(finding),
        "around": around_words(finding),
    }


def _list(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.audit.take_out import read_page

    if not 1 <= arguments.limit <= _MOST_LISTED:
        raise BadInput("usage", problem="limit")
    found, codes = read_page(
        context.desk("read"), _wanted(arguments), dossier_code=arguments.code, limit=arguments.limit
    )
    return {"entries": [_entry(each, codes) for each in found]}


def _entry(each: "NumberedEntry", codes: dict[str, str]) -> dict[str, object]:
    from counter_app.audit_words import audit_act_words

    entry = each.entry
    return {
        "seq": each.seq,
        "at": entry.at.isoformat() if each.readable else None,
        "clerk": entry.clerk,
        "act": entry.act,
        "words": audit_act_words(entry.act),
        "subject": entry.subject_id,
        "dossier_code": codes.get(entry.subject_id, ""),
        "detail": dict(entry.detail),
    }


def _export(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.audit_words import audit_act_words
    from counter_app.cli.report_target import report_target
    from counter_app.services.audit.take_out import take_out

    if arguments.file is None:
        raise BadInput("usage", problem="out_missing")
    target = report_target(arguments.file)
    desk, wanted = context.desk("beside"), _wanted(arguments)
    count = take_out(desk, wanted, target, audit_act_words, dossier_code=arguments.code)
    return {"path": str(target), "count": count}


def _wanted(arguments: argparse.Namespace) -> "AuditFilter":
    from counter_app.domain.period import day_begins
    from counter_app.services.audit_port import AuditFilter

    return AuditFilter(
        clerk=arguments.by,
        acts=(arguments.act,) if arguments.act else (),
        since=day_begins(day_argument(arguments.since)) if arguments.since else None,
        until=day_begins(day_argument(arguments.to) + timedelta(days=1)) if arguments.to else None,
    )
