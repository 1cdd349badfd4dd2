"""Where citizens may stand in the database: every table, every column, searched or declared free of them.

A test compares this with the schema, so that a new table or column cannot be forgotten. "Free" are keys,
moments, amounts, codes, the law, and the names of the office's own people. The index of words cannot be read
back; it stands and falls with the dossier and the citizen it leads to.
"""

from dataclasses import dataclass

from counter_app.domain.personal_data import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A table. ``key``, ``dossier`` and ``at`` are SQL over its columns.

    ``person_number`` is the column that names a citizen's record; ``of_dossier`` says that a row belongs to
    its dossier as a whole: whoever stands in the dossier is concerned by it, named or not.
    """

    place: Place | None = None
    searched: str = ""
    free: str = ""
    key: str = ""
    dossier: str = "''"
    at: str = "''"
    person_number: str = ""
    of_dossier: bool = False


TABLES: dict[str, Held] = {
    "dossier": Held(
        place=Place.DOSSIER,
        searched="applicant_name applicant_id applicant_address applicant_phone",
        free="number dossier_id dossier_code provisional_code lookup_secret counter clerk procedure_id "
        "procedure_name channel status received_at due_at first_due_at training sector national_code "
        "assisted return_by copies register_no holder handed_over_at waiting_since stands_still resolved_at "
        "ended_at supplements extended originals_held charges_vnd paid_vnd owner seen",
        key="dossier_code",
        dossier="dossier_id",
        at="received_at",
    ),
    "dossier_content": Held(
        place=Place.CONTENT,
        searched="applicant forms parts charges people facts life",
        free="number procedure promise aliases slip_required office_definition calendar_definition",
        key="(SELECT d.dossier_code FROM dossier d WHERE d.number = dossier_content.number)",
        dossier="(SELECT d.dossier_id FROM dossier d WHERE d.number = dossier_content.number)",
        at="(SELECT d.received_at FROM dossier d WHERE d.number = dossier_content.number)",
    ),
    "history": Held(
        place=Place.HISTORY,
        searched="detail state_before",
        free="dossier_id step at clerk act",
        key="dossier_id || '/' || step",
        dossier="dossier_id",
        at="at",
    ),
    "person": Held(
        place=Place.PERSON,
        searched="personal_id record",
        free="number seen_at source",
        key="number",
        at="seen_at",
        person_number="number",
    ),
    "person_history": Held(
        place=Place.EARLIER_VALUE,
        searched="old_value",
        free="number person_number field replaced_at source",
        key="number",
        at="replaced_at",
        person_number="person_number",
    ),
    "person_correction": Held(
        place=Place.EARLIER_VALUE,
        searched="reason",
        free="seq person_number corrected_at clerk",
        key="'correction/' || seq",
        at="corrected_at",
        person_number="person_number",
    ),
    "person_link": Held(
        place=Place.FAMILY,
        searched="person_id relative_id",
        free="kin learned_at removed_at",
        key="kin",
        at="learned_at",
    ),
    "person_merge": Held(
        place=Place.MERGE,
        searched="keep_id other_id reason",
        free="merge_id merged_at clerk undone_at",
        key="merge_id",
        at="merged_at",
    ),
    "authorisation": Held(
        place=Place.LETTER,
        searched="giver_id delegate_id subject paper_number certified_by note end_reason",
        free="authorisation_id scope signed_on valid_until attachment_id entered_at clerk ended_at",
        key="authorisation_id",
        at="entered_at",
    ),
    "person_request": Held(
        place=Place.REQUEST,
        searched="note answer",
        free="request_id person_number kind asked_at answer_by clerk answered_at answered_by outcome",
        key="request_id",
        at="asked_at",
        person_number="person_number",
    ),
    "receipt": Held(
        place=Place.RECEIPT,
        searched="payer lines note over_reason void_reason",
        free="receipt_id dossier_id counter year number day at clerk method total_vnd voided_at voided_by "
        "written void_written",
        key="number || '/' || year",
        dossier="dossier_id",
        at="at",
        of_dossier=True,
    ),
    "print_log": Held(
        place=Place.PRINT,
        searched="detail",
        free="dossier_id step paper copy_no at clerk outcome of_step",
        key="paper || '/' || copy_no",
        dossier="dossier_id",
        at="at",
        of_dossier=True,
    ),
    "attachment": Held(
        place=Place.SCAN,
        searched="part_name",
        free="attachment_id dossier_id draft_id part_id part_order media_type size pages dpi skew_tenths "
        "sha256 source low_accepted signed file_key added_at clerk removed_at",
        key="attachment_id",
        dossier="dossier_id",
        at="added_at",
        of_dossier=True,
    ),
    "transfer_list": Held(
        place=Place.LIST,
        searched="note",
        free="list_id kind number year counter at clerk taker agency training office_definition "
        "acknowledged_at acknowledged_by",
        key="number || '/' || year",
        at="at",
    ),
    "transfer_item": Held(
        place=Place.LIST,
        searched="content",
        free="list_id position dossier_id taken_off",
        key="list_id || '/' || position",
        dossier="dossier_id",
        of_dossier=True,
    ),
    "draft": Held(
        place=Place.DRAFT,
        searched="applicant_name state",
        free="draft_id procedure_id procedure_name updated_at clerk",
        key="draft_id",
        at="updated_at",
    ),
    "intake_notice": Held(
        place=Place.NOTICE,
        searched="applicant_id content",
        free="notice_id kind number counter at clerk draft_id procedure_id procedure_name sector training",
        key="notice_id",
        at="at",
    ),
    "day_close": Held(
        place=Place.DAY_CLOSE,
        searched="body reopen_reason",
        free="close_id counter day revision closed_at clerk counted_cash_vnd expected_cash_vnd tip "
        "office_definition training reopened_at reopened_by",
        key="day",
        at="closed_at",
    ),
    "outbox_event": Held(
        place=Place.OUTBOX,
        searched="body",
        free="seq event_id dossier_id kind at epoch epoch_seq state attempts next_attempt_at last_answer "
        "office_seq bare prev_hash hash",
        key="event_id",
        dossier="dossier_id",
        at="at",
    ),
    "log_entry": Held(
        place=Place.INBOX,
        searched="body",
        free="arrival office_seq event_id device_id dossier_id kind at problem attempts",
        key="event_id",
        dossier="dossier_id",
        at="at",
    ),
    "sync_notice": Held(
        place=Place.SYNC_NOTICE,
        searched="params",
        free="notice_id kind dossier_id at settled_at settled_by",
        key="notice_id",
        dossier="dossier_id",
        at="at",
    ),
    "audit_entry": Held(
        place=Place.AUDIT,
        searched="detail",
        free="seq at clerk act subject_id prev_hash hash",  # a citizen is "person:" and a number there
        key="seq",
        at="at",
    ),
    # Nobody but the office's own people, machines and the law
    "account": Held(
        free="account_id username username_folded full_name full_name_folded role password_hash must_change "
        "created_at password_at closed locked failures failed_at last_in_at"
    ),
    "audit_head": Held(free="only seq hash"),
    "audit_anchor": Held(free="place seq hash at kind reference proof"),
    "definition": Held(free="digest kind item_id version body told"),
    "dossier_code": Held(free="compact code number"),
    "code_counter": Held(free="day counter last_number"),
    "paper_number": Held(free="series year counter last_number"),
    "setting": Held(free="key value"),
    "office_value": Held(free="seq key value valid_from entered_at clerk basis"),
    "latest_moment": Held(free="only at"),
    "purged_dossier": Held(
        free="dossier_id dossier_code procedure_id received_at ended_at status content_digest basis "
        "purged_at clerk"
    ),
    "rating": Held(free="rating_key day score reasons sector clerk source reported"),
    "ticket": Held(
        free="ticket_id day letter number group_id group_name priority issued_at state calls counter "
        "called_at last_call_at ended_at procedure_id"
    ),
    "sync_enrolment": Held(
        free="only server_url device_id unit_code counter private_key server_signing_key "
        "server_sealing_key enrolled_at epoch"
    ),
    "sync_position": Held(free="only cursor clock_ahead_s scans_seen"),
    "scan_upload": Held(
        free="attachment_id added_at size sent upload_id state attempts next_attempt_at last_answer"
    ),
    "number_block": Held(free="place first last from_day until_day"),
    "lane_report": Held(
        free="lane failures next_attempt_at answer params tried_at succeeded_at failing_since"
    ),
    "traffic_day": Held(free="day sent received"),
    "pack_download": Held(free="sha256 kind version unit size received state problem"),
    "backup_run": Held(free="run at occasion place file size digest outcome tip"),
}
