"""Figures as files: sizes of print, valid, without dates, of any names and any number of models."""

import io
import re
import subprocess
import sys
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from PIL import Image

from softcam_core.evaluation.report.curves import draw_curves
from softcam_core.evaluation.report.figures import draw_all
from softcam_core.evaluation.report.panels import arrangements, by_architecture, by_model
from softcam_core.evaluation.report.scatter import draw_scatter
from softcam_core.evaluation.results import Summary
from softcam_core.evaluation.summary import summarise
from softcam_core.explain.methods import METHODS
from softcam_core.figures.save import SVG, XLINK, as_png, as_svg, inline
from softcam_core.figures.style import MM, ONE_COLUMN, TWO_COLUMNS, drawing, plain
from tests.core.evaluation import sample
from tests.core.evaluation.sample import write_sample

PAGE = 297.0 - 16 - 18
"""Height of an A4 page within its margins, mm."""


def drawn(summary):
    with drawing():
        return {
            one.name: (one, as_svg(one.figure, one.title), as_png(one.figure))
            for one in draw_all(summary)
        }


@pytest.fixture(scope="module")
def figures(four):
    return drawn(four.summary)


def test_figures_are_one_or_two_columns_wide_and_fit_a_page(figures):
    for one, svg, png in figures.values():
        width, height = (size / MM for size in one.figure.get_size_inches())
        assert width == pytest.approx(TWO_COLUMNS if one.wide else ONE_COLUMN)
        assert height < PAGE - 25, f"{one.name}: the caption has to fit below"
        picture = Image.open(io.BytesIO(png))
        assert picture.size == pytest.approx((width * MM * 300, height * MM * 300), abs=1)
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        box = [float(n) for n in ElementTree.fromstring(svg).attrib["viewBox"].split()]
        assert box[2:] == pytest.approx((width * MM * 72, height * MM * 72))


def test_drawings_are_valid_and_stand_alone(figures):
    for one, svg, png in figures.values():
        root = ElementTree.fromstring(svg)
        assert root.tag == f"{{{SVG}}}svg"
        assert root.find(f"{{{SVG}}}title").text == one.title
        for element in root.iter():
            href = element.attrib.get(f"{{{XLINK}}}href", "#")
            assert href.startswith("#"), one.name
        text = svg.decode()
        assert not re.search(r"\d{4}-\d\d-\d\dT", text)
        assert "metadata" not in text
        assert "DOCTYPE" not in text
        assert b"Software" not in png


def test_text_is_large_enough_to_read_in_print(figures):
    for one, *_ in figures.values():
        for text in one.figure.findobj(Text):
            if text.get_text() and text.get_visible():
                assert text.get_fontsize() >= 5.5, (one.name, text.get_text())


def test_a_dollar_sign_is_no_formula(figures):
    for one, *_ in figures.values():
        assert not any(text.get_parse_math() for text in one.figure.findobj(Text)), one.name


def test_axes_are_labelled(figures):
    for one, *_ in figures.values():
        for axes in one.figure.axes:
            assert axes.get_xlabel() or one.name == "reliability", one.name


def cut_off(one):
    """Return how far a figure reaches beyond each of its edges, inches."""
    with drawing():
        box = one.figure.get_tightbbox(FigureCanvasAgg(one.figure).get_renderer())
    width, height = one.figure.get_size_inches()
    return max(-box.x0, -box.y0, box.x1 - width, box.y1 - height)


def test_nothing_is_cut_off_at_a_figures_edge(figures):
    for one, *_ in figures.values():
        assert cut_off(one) < 0.01, one.name


def test_nothing_is_cut_off_with_every_method_and_the_longest_names(tmp_path, monkeypatch):
    monkeypatch.setattr(sample, "POST_HOC", tuple(m for m in METHODS if m != "evidence"))
    long = "a-model-with-a-name-that-goes-on-and-on-of-2026-11-23"
    write_sample(
        tmp_path,
        images=30,
        models=("resnet-blackbox", f"{long}-dense", f"{long}-sparse"),
        classes=("normal", "mild", "moderate", "severe", "proliferative diabetic retinopathy"),
    )
    with drawing():
        figures = list(draw_all(summarise(tmp_path, 100)))
    assert len(figures) > 10
    for one in figures:
        assert cut_off(one) < 0.01, one.name
        assert one.figure.get_figheight() / MM < PAGE - 25, one.name


def test_ids_in_a_page_are_the_figures_own():
    with drawing():
        figure = draw_curves(
            *(by_model(RUN), CURVES),
            **{"value": "value", "x_label": "k", "y_label": "precision"},
        )
        svg = as_svg(figure, "T")
    first, second = (inline(svg, name, "words") for name in ("one", "two"))
    ids = [set(re.findall(r'\bid="([^"]+)"', text)) for text in (first, second)]
    assert ids[0]
    assert not ids[0] & ids[1]
    for text, own in zip((first, second), ids, strict=True):
        assert set(re.findall(r'href="#([^"]+)"', text)) <= own
        assert set(re.findall(r"url\(#([^)]+)\)", text)) <= own
        assert "xmlns" not in text
        assert 'aria-label="words"' in text


RUN = {
    "models": [
        {"name": n, "title": n, "arch": "resnet50", "head": head, "l1": l1, "l2": 0.0}
        | {"classes": ["a", "b"], "methods": methods}
        for n, head, l1, methods in (
            ("box", "blackbox", 0.0, ["gradcam", "random"]),
            ("dense", "softcam", 0.0, ["evidence", "gradcam", "random"]),
            ("sparse", "softcam", 1e-4, ["evidence", "gradcam", "random"]),
        )
    ]
}
CURVES = [
    {"model": model["name"], "method": method, "k": [1, 2, 3]}
    | {"value": [0.1, 0.2, 0.3], "low": [0.0, 0.1, 0.2], "high": [0.2, 0.3, 0.4]}
    for model in RUN["models"]
    for method in model["methods"]
]


def test_the_papers_panel_has_the_black_boxs_methods_and_each_models_evidence():
    (panel,) = by_architecture(RUN)
    assert panel.title == "ResNet-50"
    assert [(one.model, one.method, one.label) for one in panel.series] == [
        ("dense", "evidence", "dense SoftCAM"),
        ("sparse", "evidence", "sparse SoftCAM"),
        ("box", "gradcam", "Grad-CAM"),
        ("box", "random", "Random map"),
    ]
    dense, sparse = panel.series[:2]
    assert dense.look.colour == sparse.look.colour
    assert (dense.look.dash, dense.look.marker) != (sparse.look.dash, sparse.look.marker)


def test_without_a_black_box_of_the_same_backbone_each_model_has_its_panel():
    models = [{**RUN["models"][0], "arch": "vgg16"}, *RUN["models"][1:]]
    ((ending, _, panels),) = arrangements({"models": models})
    assert ending == ""
    assert [panel.title for panel in panels] == ["box", "dense", "sparse"]


def test_chance_is_drawn_grey_and_broken_and_below_everything():
    with drawing():
        figure = draw_curves(
            *(by_model(RUN)[:1], CURVES),
            **{"value": "value", "x_label": "k", "y_label": "precision"},
        )
    lines = [line for line in figure.axes[0].lines if len(line.get_xdata()) == 3]
    own = [line for line in lines if line.get_transform() == figure.axes[0].transData]
    first, last = own[0], own[-1]
    assert first.get_color() == "#767676"
    assert first._unscaled_dash_pattern[1]
    assert last.get_color() == "#0072b2"
    assert not last._unscaled_dash_pattern[1]


def test_undefined_points_are_left_out():
    points = [
        {"model": "dense", "method": "evidence", "precision": [None] * 3, "sensitivity": [0.5] * 3},
        {"model": "dense", "method": "gradcam", "precision": [0.4, 0.3, 0.5]}
        | {"sensitivity": [0.5, None, None]},
    ]
    with drawing():
        figure = draw_scatter(by_model(RUN), points)
        as_png(figure)
    assert len(figure.axes) == 1
    texts = {text.get_text() for text in figure.axes[0].texts}
    assert "Grad-CAM" in texts
    assert "Evidence" not in texts
    with drawing():
        assert draw_scatter(by_model(RUN), points[:1]) is None


def test_a_curve_without_any_number_is_drawn_as_nothing():
    nothing = {"value": [None] * 3, "low": [None] * 3, "high": [None] * 3}
    curves = [{"model": "dense", "method": "evidence", "k": [1, 2, 3], **nothing}, CURVES[0]]
    with drawing():
        figure = draw_curves(
            *(by_model(RUN), curves),
            **{"value": "value", "x_label": "k", "y_label": "precision"},
        )
        as_png(figure)


def test_many_models_take_several_figures_that_fit_a_page(tmp_path):
    models = tuple(f"m{n}-dense" for n in range(9))
    write_sample(tmp_path, images=6, models=models)
    with drawing():
        figures = list(draw_all(summarise(tmp_path, 100)))
    names = [one.name for one in figures]
    assert {"topk_localization_precision", "topk_localization_precision_2"} <= set(names)
    assert "activation_consistency_3" in names
    assert len(names) == len(set(names))
    for one in figures:
        assert one.figure.get_figheight() / MM < PAGE - 25, one.name
    (continued,) = [one for one in figures if one.name == "topk_localization_precision_2"]
    assert continued.title.endswith(", continued")


def test_few_images_are_points_and_many_are_violins():
    from softcam_core.evaluation.report.violins import FEW, draw_consistency

    rng = np.random.default_rng(0)
    for count, violins in ((FEW, 0), (FEW + 1, 2)):
        values = rng.uniform(size=count).tolist()
        entry = {"model": "dense", "method": "evidence", "positive": values, "negative": values}
        with drawing():
            figure = draw_consistency(
                by_model(RUN), [entry], {("dense", "evidence", "positive"): 7}
            )
            as_png(figure)
        assert sum(len(ax.collections) for ax in figure.axes) == violins
        assert "n = 7" in {text.get_text() for text in figure.axes[0].texts}


def test_a_name_is_one_line_of_letters_that_can_be_drawn():
    assert plain(" a\n b\tc ") == "a b c"
    assert plain("x" * 60, 20) == "x" * 12 + "…" + "x" * 7
    assert len(plain("x" * 60, 20)) == 20
    assert plain("a\U000fffffb") == "a□b"
    assert plain("\x07") == "□"
    assert plain("κ ≥ 0 → r−") == "κ ≥ 0 → r−"


def test_a_users_own_matplotlib_settings_change_nothing():
    import matplotlib

    with drawing():
        usual = as_svg(_curve(), "T")
    with matplotlib.rc_context({"lines.linewidth": 9, "font.size": 20, "axes.facecolor": "red"}):
        with drawing():
            assert as_svg(_curve(), "T") == usual
        assert matplotlib.rcParams["font.size"] == 20


def _curve():
    return draw_curves(
        *(by_model(RUN), CURVES), **{"value": "value", "x_label": "k", "y_label": "precision"}
    )


@pytest.mark.parametrize("module", ["summary", "results", "tables", "definitions", "colours"])
def test_numbers_alone_do_not_load_matplotlib(module):
    code = (
        f"import sys, softcam_core.evaluation.{module}; "
        "assert not {'matplotlib', 'jinja2', 'torch'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_the_report_never_loads_pyplot():
    code = (
        "import sys, softcam_core.evaluation.report; "
        "assert 'matplotlib' in sys.modules and 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_an_empty_summary_has_no_figures():
    with drawing():
        assert list(draw_all(Summary(run=RUN))) == []
