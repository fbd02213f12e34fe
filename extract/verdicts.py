"""Whether a stated number is to be reached (target), was reached (result) or is neither (fact)."""

from __future__ import annotations

from datetime import date

import regex

from kehoach.schemas.stages import MeasureKind, TimeKind, TimeMention

from .statements import Setting, Statement, Verdict, base_unit, fact_of

_TARGET, _RESULT, _FACT = MeasureKind.TARGET, MeasureKind.RESULT, MeasureKind.FACT
_YEAR = regex.compile(r"(?<!\w)(?<!(?:đến|so\s+với|từ)\s+)năm\s+(20\d\d)(?!\s*-)", regex.IGNORECASE)
_BOUNDS = (">=", ">", "range")
_REACH = 45  # characters between a verb and the count that is its object
_AVERAGE = regex.compile(r"\(\s*(?:trung\s+bình|bình\s+quân)\s+$", regex.IGNORECASE)  # "(trung bình 64 người/xã)" in a review
_RAISED = regex.compile(r"(?<!\w)(?<!trở\s+)(?:lên|lên\s+(?:đến|tới|thành)|xuống(?:\s+còn)?)$", regex.IGNORECASE)
_RAISED_REACH = 80  # characters between a verb of change and the value that it leads to
_DEED = 20  # the same for verbs that may belong to a name
_AFTER = 60  # characters after a number in which a comparison still belongs to it
_SURE = 0.92
_LONG_CLAUSE = 400  # characters; in longer ones the number may belong to something else
_DUTY = 240  # characters after a percentage in which its duty may follow ("100% cơ sở ... phải có")


def judge(case: Statement, times: tuple[TimeMention, ...]) -> Verdict:
    """The verdict on one stated number; ``times`` are those that govern it."""
    if fact := fact_of(case):
        return fact
    cue = _cue(case, times)
    match case.around.setting:
        case Setting.TARGETS | Setting.AIMS | Setting.CELL_RESULT:
            return _among_targets(case, cue)
        case Setting.TASKS:
            return _in_tasks(case, cue)
        case Setting.REPORT:
            return _in_report(case, cue)
        case _:
            return _in_prose(case, cue)


def _among_targets(case: Statement, cue: Verdict | None) -> Verdict:
    """A number among targets is one unless it is clearly said to be reached."""
    aims = case.around.setting is Setting.AIMS
    if cue is not None and cue.kind is _RESULT:
        return cue
    if aims and cue is None and not _measured(case):
        return Verdict(_FACT, "targets.bare-count", 0.6)
    return Verdict(_TARGET, f"targets.setting-{case.around.setting}", _SURE if _is_plain(case) else 0.75)


def _is_plain(case: Statement) -> bool:
    """Whether nothing about the number is open: a share, a bound, a change or a stated value in a clause of a usual length."""
    if case.clause.span.length > _LONG_CLAUSE:
        return False
    if case.percent or (case.quantity.comparator != "=" and case.unit):
        return True
    return case.around.setting is not Setting.AIMS and case.rules.valued_end.search(case.before.rstrip()) is not None


def _in_tasks(case: Statement, cue: Verdict | None) -> Verdict:
    """In a task a percentage or bound must be reached; a count only as the object of a verb of reaching near it."""
    done = case.first("result", case.clause.span.start, case.start)
    if (cue is not None and cue.kind is _RESULT) or (done and (cue is None or cue.rule != "targets.striving")):
        return Verdict(_FACT, cue.rule if cue else "targets.done", 0.6)
    if cue is not None:
        return cue if _measured(case) else Verdict(_FACT, "targets.bare-count", 0.6)
    return _without_cue(case)


def _without_cue(case: Statement) -> Verdict:
    before = case.before.rstrip()
    reach = _REACH if before.lower().endswith(("đối với", "cho")) else 2
    if case.rules.patterns.first("share", case.before):
        return Verdict(_FACT, "targets.share", 0.6)
    if case.percent:
        return Verdict(_TARGET, "targets.percent-in-task", 0.65) if _states_share(case) else Verdict(_FACT, "targets.norm", 0.6)
    if case.quantity.comparator == ">=" and case.first("from-up", case.quantity.span.start - 4, case.start) and not _acts_within(case, _REACH):
        return Verdict(_FACT, "targets.norm", 0.6)  # "tai nạn làm bị thương từ 02 người trở lên"
    # "quy mô từ 50 đến 75 ha", "tối đa 15 điểm": measures and limits describe unless a verb says that they are reached.
    measure = base_unit(case.unit) in case.around.words.closed and base_unit(case.unit) != "lần"
    if case.quantity.comparator in _BOUNDS and case.unit and not (measure and not _acts_within(case, _REACH)):
        return Verdict(_TARGET, "targets.bound-in-task", 0.6)
    if before.endswith(":") and case.around.said is _TARGET:  # "58 trạm (trong đó: đơn vị A: 25 trạm, đơn vị B: 33 trạm)"
        return Verdict(_TARGET, "targets.goes-on", 0.5)
    # "Đầu tư mới trạm 5G: 35 trạm" as well as "mở thêm 20 tuyến"
    if _acts_within(case, reach) or (before.endswith(":") and case.rules.patterns.first("action", before)):
        return Verdict(_TARGET, "targets.action", 0.5)
    if _RAISED.search(before) and _acts_within(case, _RAISED_REACH):  # "mở rộng khu A lên 75 ha"
        return Verdict(_TARGET, "targets.raised", 0.5)
    return Verdict(_FACT, "targets.no-cue", 0.6)


def _states_share(case: Statement) -> bool:
    """Whether a percentage in a task says how much of something is to be reached: "Chlorine 70%" and "100% phao áo" alone do not."""
    clause, end = case.clause, case.quantity.span.end
    if case.quantity.comparator != "=" or case.rules.valued_end.search(case.before.rstrip()) is not None:
        return True
    if case.before.strip() and any(char.isalpha() for char in case.view[end : clause.span.end]):
        return True  # "Công khai 100% thủ tục"
    if case.first("action", clause.segment.start, case.start) or case.rules.head.search(case.before):
        return True
    return case.first("predicate", end, min(clause.segment.end, end + _DUTY)) is not None


def _in_report(case: Statement, cue: Verdict | None) -> Verdict:
    """In a report every change, share and value was reached; a count where something says so."""
    if cue is not None and cue.rule == "targets.named-list" and case.quantity.planned is not None:
        return Verdict(_RESULT, "targets.report", 0.6)  # "một số đơn vị như: Vụ A hoàn thành 15/15 nhiệm vụ"
    if cue is not None and (cue.kind is _RESULT or _measured(case) or case.around.said is cue.kind):
        return cue
    if cue is not None:
        return Verdict(_FACT, "targets.bare-count", 0.6)
    if _goes_on(case):
        return Verdict(_TARGET, "targets.goes-on", 0.55)
    if case.percent or case.quantity.planned is not None or case.quantity.comparator in "+-":
        return Verdict(_RESULT, "targets.report", 0.6)
    end = case.quantity.span.end
    if case.rules.patterns.first("done-after", case.view[end : min(case.clause.segment.end, end + _AFTER)]):
        return Verdict(_RESULT, "targets.done-after", 0.6)
    if (
        case.before.rstrip().endswith((":", "đạt"))
        or _AVERAGE.search(case.view, case.clause.segment.start, case.start)
        or (case.before.rstrip().endswith(" là") and case.rules.head.match(case.before.lstrip()))
    ):
        return Verdict(_RESULT, "targets.report-value", 0.5)
    if _RESULT in (case.around.said, case.around.earlier):
        return Verdict(_RESULT, "targets.report-goes-on", 0.55)
    return Verdict(_FACT, "targets.no-cue", 0.5)


def _in_prose(case: Statement, cue: Verdict | None) -> Verdict:
    if cue is None:
        return Verdict(_TARGET, "targets.goes-on", 0.55) if _goes_on(case) else Verdict(_FACT, "targets.no-cue", 0.5)
    return cue if _measured(case) or case.around.said is cue.kind else Verdict(_FACT, "targets.bare-count", 0.6)


def _goes_on(case: Statement) -> bool:
    """A bound without wording of its own, after a target."""
    return case.quantity.comparator in (">=", "<=") and _TARGET in (case.around.said, case.around.earlier)


def _cue(case: Statement, times: tuple[TimeMention, ...]) -> Verdict | None:
    """The wording nearest to the number that tells reached from to be reached: in its segment, then the tense of its times, then its sentence."""
    clause, end = case.clause, case.quantity.span.end
    if found := _last_cue(case, clause.segment.start):
        return found
    if case.first("compared", case.start, min(clause.segment.end, end + _AFTER)):
        return Verdict(_RESULT, "targets.compared", 0.85)
    if case.around.needs_reason:
        leads = case.percent and not clause.final  # "100% cơ sở phải ..."
        if leads and (rule := case.first("obligation", end, min(clause.span.end, end + _DUTY))):
            return Verdict(_TARGET, rule, 0.7)
        if tense := _tense(times, case.around.issued_on) or _past_year(case):
            return Verdict(tense, "targets.tense", 0.65)
    return _last_cue(case, clause.sentence.start) if clause.sentence.start < clause.segment.start else None


def _last_cue(case: Statement, start: int) -> Verdict | None:
    # Among targets and tasks "đã" may belong to a noun ("nhiệm vụ đã giao"): only clear wording counts.
    loose = case.around.setting in (Setting.REPORT, Setting.NEUTRAL)
    labels = (("result" if loose else "achieved", _RESULT), ("compared", _RESULT), ("target", _TARGET))
    best: tuple[int, Verdict] | None = None
    for label, kind in labels:
        for rule in case.rules.patterns.labelled(label):
            for match in rule.pattern.finditer(case.view, case.since(start), case.quantity.span.end):
                if best is None or match.start() > best[0]:
                    best = (match.start(), Verdict(kind, rule.id, 0.7 if kind is _TARGET else 0.85))
    return best[1] if best else None


def _measured(case: Statement) -> bool:
    """Whether the number itself is what is reached: a percentage, a bound, a change, a value, or the object of a verb of reaching."""
    if case.percent or case.quantity.comparator != "=" or case.quantity.planned is not None:
        return True
    return case.rules.valued_end.search(case.before.rstrip()) is not None or _acts_within(case, _REACH) or _acts_within(case, _DEED, "deed")


def _acts_within(case: Statement, reach: int, label: str = "action") -> bool:
    before = case.before.rstrip()
    return any(match.end() >= len(before) - reach for rule in case.rules.patterns.labelled(label) for match in rule.pattern.finditer(before))


def _past_year(case: Statement) -> MeasureKind | None:
    """A year before the document's own, printed before the number, where no timeframe was read from it."""
    years = list(_YEAR.finditer(case.view, case.since(case.clause.sentence.start), case.start))
    if not years or case.around.issued_on is None or int(years[-1].group(1)) >= case.around.issued_on.year:
        return None
    return _RESULT


def _tense(times: tuple[TimeMention, ...], issued_on: date | None) -> MeasureKind | None:
    """Past when every governing time ends by the document's date ("đến 12h ngày ..." in a report of that day), future when one ends after it."""
    ends = [item.end for item in times if item.kind in (TimeKind.DEADLINE, TimeKind.PERIOD, TimeKind.POINT) and item.end]
    if not ends or issued_on is None:
        return None
    return _RESULT if max(ends) <= issued_on else _TARGET
