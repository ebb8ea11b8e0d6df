"""Which model explains what: the paper's arrangement."""

from __future__ import annotations

from dataclasses import replace

from softcam_core.plates.sources import lanes, of_case


def titles(found) -> list[str]:
    return [lane.title for lane in found]


def test_post_hoc_methods_explain_the_black_box_alone(models) -> None:
    found = lanes(models, ("evidence", "gradcam"), by_arch=False)
    assert titles(found) == ["Grad-CAM", "Dense evidence", "Sparse evidence"]
    assert [m.variant for m in next(iter(found.values()))] == ["black box"]


def test_without_a_black_box_they_explain_the_softcam_models(models) -> None:
    found = lanes(models[1:], ("gradcam", "evidence"), by_arch=False)
    kinds = [(lane.method, lane.variant) for lane in found]
    assert kinds == [
        ("gradcam", "dense"),
        ("gradcam", "sparse"),
        ("evidence", "dense"),
        ("evidence", "sparse"),
    ]


def test_architectures_are_columns_of_their_own_or_rows(models) -> None:
    other = replace(models[1], id="other", spec=replace(models[1].spec, arch="vgg16"))
    both = (models[1], other)
    assert [lane.arch for lane in lanes(both, ("evidence",), by_arch=False)] == [
        "ShuffleNet v2 x0.5",
        "VGG-16",
    ]
    shared = lanes(both, ("evidence",), by_arch=True)
    assert len(shared) == 1
    (some,) = shared.values()
    assert of_case(some, "fundus", "vgg16") is other


def test_two_equal_models_are_counted(models) -> None:
    twin = replace(models[1], id="twin")
    found = lanes((models[1], twin), ("evidence",), by_arch=False)
    assert titles(found) == ["Dense evidence", "Dense evidence 2"]


def test_a_model_of_another_kind_of_image_is_not_asked(models) -> None:
    chest = replace(models[1], spec=replace(models[1].spec, modality="cxr"))
    assert of_case((chest,), "fundus") is None
    assert of_case((chest,), "") is chest
