"""A run of the policy lab as an accessible PDF: what was asked, what it found per measure, and how to recompute it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from eenthuis.connect.lab_places import PROVINCES
from eenthuis.connect.typst_pdf import pdf
from eenthuis.lab import Measure, chosen_measures, measures, province_measures
from eenthuis.reference.policy import levers
from eenthuis.services.lab import LabRun
from eenthuis.terms.lab_runs import LabKind
from eenthuis.terms.version import code_version
from eenthuis.web import lab_places, lab_reading, lab_worth
from eenthuis.web import wording_lab as words
from eenthuis.web import wording_lab_places as place_words
from eenthuis.web.lab_reading import Chart, Reader
from eenthuis.web.templatetags.lab import measured, measured_signed
from eenthuis.web.wording_lab_work import work_told

Section = dict[str, object]


def title_of(page: LabRun) -> str:
    """Return the title of a run."""
    if not page.ask.scenarios:
        return _("Het verleden, zoals het voorzien zou zijn")
    base, scenario = (words.scenario(one.name) for one in page.ask.scenarios)
    named = _("%(scenario)s tegen %(base)s") % {"scenario": scenario, "base": base}
    return named[:1].upper() + named[1:]


def document(page: LabRun, read: Reader, *, day: date) -> bytes:
    """Return the report of a run that is done, as PDF/UA-1 in the language of the page."""
    sections = [*_asked(page), *_found(page, read)]
    values = {
        "title": title_of(page),
        "author": "Eenthuis",
        "description": _("Doorrekening van het beleidslab van Eenthuis"),
        "language": (get_language() or "nl")[:2],
        "footer": _("Eenthuis, beleidslab, doorrekening %(address)s, versie %(version)s")
        % {"address": page.address, "version": code_version()},
        "paragraphs": [
            _(
                "De uitkomsten zijn geen voorspelling. Wat een hefboom doet, is vaak een aanname met een bandbreedte."
            ),
            _("%(futures)s toekomsten van %(half_years)s halfjaren, startgetal %(seed)s.")
            % {"futures": page.ask.futures, "half_years": page.ask.half_years, "seed": page.ask.seed},
            _("Dezelfde vraag geeft dezelfde cijfers, waar en door wie ook gerekend."),
            *work_told(page.ask.work),
        ],
        "sections": sections,
    }
    return pdf("sections", values, day=day)


def _asked(page: LabRun) -> Iterable[Section]:
    if not page.ask.scenarios:
        return
    base, scenario = page.ask.scenarios
    rows = [
        [
            str(words.LEVERS.get(name, name)),
            words.lever_value(base.levers[name]),
            words.lever_value(scenario.levers[name]),
            scenario.sources.get(name, levers()[name].source),
        ]
        for name in scenario.differs_in(base)
    ]
    columns = [_("Hefboom"), words.scenario(base.name), words.scenario(scenario.name), _("Grond")]
    table = {**_table(_("Hefbomen met hun grond"), columns, rows), "shares": [3, 1, 1, 3]}
    yield _section(_("Waarin de twee verschillen"), tables=[table])


def _found(page: LabRun, read: Reader) -> Iterable[Section]:
    has_work = page.ask.work is not None
    shown = [one for one in measures(has_work=has_work) if one.less_is_better is not None]
    match page.ask.kind:
        case LabKind.COMPARE:
            yield _summary(page, read)
            for measure in shown:
                yield _compared(lab_reading.charts(page.ask, read, measure), measure)
            if PROVINCES in page.files:
                yield from _places(page, read)
        case LabKind.TORNADO:
            for measure in shown:
                yield _pulled(read, measure)
        case LabKind.WORTH:
            for measure in chosen_measures(has_work=has_work):
                yield _worth(lab_worth.worths(read, measure))
        case LabKind.PAST:
            charts, within = lab_reading.past(read)
            told = _("Van de achtergehouden cijfers valt %(within)s %% binnen de band van 80 %%.") % {
                "within": round(100 * within)
            }
            yield _section(_("Hoe goed de band was"), paragraphs=[told])
            for chart in charts:
                yield _past(chart)


def _summary(page: LabRun, read: Reader) -> Section:
    rows = [
        [
            f"{line.words} ({line.unit})",
            measured(line.base),
            measured(line.scenario),
            f"{measured_signed(line.difference)} ± {measured(line.half_width)}",
        ]
        for line in lab_reading.lines(page.ask, read)
    ]
    columns = [_("Maat"), *(words.scenario(one.name) for one in page.ask.scenarios), _("Verschil")]
    caption = _("Het midden van alle toekomsten, en het gemiddelde verschil met de band van 95 %")
    return _section(_("In het laatste halfjaar"), tables=[_table(caption, columns, rows)])


def _compared(charts: Sequence[Chart], measure: Measure) -> Section:
    base, scenario, apart = (chart.rows for chart in charts)
    rows = [
        [
            row["half_year"],
            measured(row["q50"]),
            measured(scenario[place]["q50"]),
            measured_signed(apart[place]["q05"]),
            measured_signed(apart[place]["q50"]),
            measured_signed(apart[place]["q95"]),
        ]
        for place, row in enumerate(base)
    ]
    columns = [
        _("Halfjaar"), charts[0].title, charts[1].title, _("Verschil 5 %"), _("Verschil 50 %"), _("Verschil 95 %"),
    ]  # fmt: skip
    unit = words.UNITS[measure.unit]
    return _section(
        _named(measure),
        figures=[_figure(chart) for chart in charts],
        tables=[_table(_("Midden per halfjaar, in %(unit)s") % {"unit": unit}, columns, rows)],
    )


def _places(page: LabRun, read: Reader) -> Iterable[Section]:
    for measure in province_measures(has_work=page.ask.work is not None):
        yield _of_provinces(page, lab_places.provinces(page.ask, read, measure.name))
    yield _of_municipalities(
        page, lab_places.place_map(page.ask, read, "", shown=lab_places.DIFFERENCE, half_year="")
    )


def _of_provinces(page: LabRun, found: lab_places.Provinces) -> Section:
    base, scenario = (words.scenario(one.name) for one in page.ask.scenarios)
    title = _("%(measure)s per provincie") % {"measure": place_words.measure(found.measure.name)}
    told = _(
        "Doorgetrokken lijn: %(scenario)s; onderbroken lijn: %(base)s; band: negen van de tien toekomsten."
    )
    caption = _("Midden in %(half_year)s, en het gemiddelde verschil") % {
        "half_year": found.last[0].half_year
    }
    return _section(
        title[:1].upper() + title[1:],
        paragraphs=[told % {"scenario": scenario, "base": base}],
        figures=[{"svg": found.whole, "alt": _alternative(title)}],
        tables=[_table(caption, [_("Provincie"), base, scenario, _("Verschil")], _apart_rows(found.last))],
    )


def _of_municipalities(page: LabRun, found: lab_places.Map) -> Section:
    base, scenario = (words.scenario(one.name) for one in page.ask.scenarios)
    title = _("%(measure)s per gemeente, %(half_year)s") % {
        "measure": place_words.measure(found.measure.name),
        "half_year": found.half_year,
    }
    told = _(
        "Verschil van het scenario, gemiddeld over de toekomsten: donkerblauw is het minst, bruin het meest."
    )
    return _section(
        title[:1].upper() + title[1:],
        paragraphs=[told],
        figures=[{"svg": lab_places.alone(found.drawn), "alt": _alternative(title)}],
        tables=[_table(title, [_("Gemeente"), base, scenario, _("Verschil")], _apart_rows(found.lines))],
    )


def _apart_rows(lines: Sequence[lab_places.ProvinceLine | lab_places.PlaceLine]) -> list[list[str]]:
    return [
        [
            line.name,
            measured(line.base),
            measured(line.scenario),
            f"{measured_signed(line.difference)} ± {measured(line.half_width)}",
        ]
        for line in lines
    ]


def _pulled(read: Reader, measure: Measure) -> Section:
    drawn, lines, whole, together = lab_reading.effects(read, measure)
    rows = [
        [
            one.words,
            one.value,
            f"{measured_signed(one.alone)} ± {measured(one.alone_half)}",
            f"{measured_signed(one.last)} ± {measured(one.last_half)}",
        ]
        for one in lines
    ]
    told = _("Alles samen: %(whole)s; daarvan komt %(together)s doordat hefbomen op elkaar inwerken.") % {
        "whole": measured_signed(whole),
        "together": measured_signed(together),
    }
    caption = _("Per hefboom, in %(unit)s; ± is de band van 95 %%") % {"unit": words.UNITS[measure.unit]}
    columns = [_("Hefboom"), _("Waarde"), _("Alleen"), _("Als laatste")]
    return _section(
        _named(measure),
        paragraphs=[told],
        figures=[_figure(Chart(_named(measure), drawn, ()))] if lines else [],
        tables=[_table(caption, columns, rows)],
    )


def _worth(found: lab_worth.Worths) -> Section:
    unit = words.UNITS[found.measure.unit]
    options = [
        [
            one.words,
            f"{measured(one.mean)} ± {measured(one.half_width)}",
            _("het beste") if one.is_best else "",
        ]
        for one in found.options
    ]
    rows = [
        [one.name, one.meaning, f"{measured(one.worth)} ± {measured(one.half_width)}"]
        for one in found.lines
        if one.worth > 0
    ]
    told = _(
        "Wie alle parameters kende, zou gemiddeld ten minste %(together)s ± %(half)s %(unit)s winnen; wie ook het"
        " toeval kende, hoogstens %(everything)s."
    ) % {
        "together": measured(found.together.worth),
        "half": measured(found.together.half_width),
        "everything": measured(found.everything.worth),
        "unit": unit,
    }
    same = _("In elke toekomst is dezelfde keuze het beste. Meer weten verandert haar niet.")
    caption = _("De keuze nu, het gemiddelde in %(half_year)s") % {"half_year": found.half_year}
    tables = [_table(caption, [_("Scenario"), _("Gemiddelde"), _("Dat is")], options)]
    if rows:
        worth = _("Wat het kennen van een parameter waard is, in %(unit)s") % {"unit": unit}
        columns = [_("Parameter"), _("Betekenis"), _("Waard")]
        tables.append({**_table(worth, columns, rows), "shares": [2, 4, 2]})
    return _section(
        _named(found.measure),
        paragraphs=[told if found.everything.worth else same],
        figures=[_figure(Chart(_named(found.measure), found.drawn, ()))] if found.drawn else [],
        tables=tables,
    )


def _past(chart: Chart) -> Section:
    columns = [_("Halfjaar"), _("Gepubliceerd"), "10 %", "50 %", "90 %"]
    rows = [
        [row["half_year"], *(measured(row[name]) for name in ("published", "q10", "q50", "q90"))]
        for row in chart.rows
    ]
    title = chart.title[:1].upper() + chart.title[1:]
    return _section(title, figures=[_figure(chart)], tables=[_table(title, columns, rows)])


def _named(measure: Measure) -> str:
    said = words.measure(measure.name)
    return said[:1].upper() + said[1:]


def _figure(chart: Chart) -> Mapping[str, str]:
    return {"svg": lab_reading.alone(chart.drawn), "alt": _alternative(chart.title)}


def _alternative(title: str) -> str:
    return _("Grafiek: %(title)s. De tabel eronder geeft dezelfde cijfers.") % {"title": title}


def _section(
    title: str,
    *,
    paragraphs: Sequence[str] = (),
    figures: Sequence[Mapping[str, str]] = (),
    tables: Sequence[Mapping[str, object]] = (),
) -> Section:
    return {
        "title": title,
        "paragraphs": list(paragraphs),
        "figures": list(figures),
        "tables": list(tables),
    }


def _table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping[str, object]:
    return {"caption": caption, "columns": list(columns), "rows": [list(row) for row in rows]}
