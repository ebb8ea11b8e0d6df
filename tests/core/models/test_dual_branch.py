"""The dual-branch model: frozen to the bit, built for every architecture, maps as the poster's."""

from pathlib import Path

import pytest
import torch
from torch import nn

from softcam_core.errors import ModelError
from softcam_core.explain import attribute, identical_to_evidence
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.imaging.stored import StoredImage
from softcam_core.models.add_head import add_sigmoid_head
from softcam_core.models.backbones import BACKBONES
from softcam_core.models.build import build_model
from softcam_core.models.checkpoint import load_model, model_id, read_spec, save_model
from softcam_core.models.convert import from_classifier
from softcam_core.models.dual_branch import DualBranch, DualOutput, pooled_linear
from softcam_core.models.predict import predict
from softcam_core.models.weights import load_weights
from softcam_core.training.loss import balanced_bce
from tests.core.models.networks import bits, changed, images, varied_classifier

CLASSES = ("a", "b", "c")
ONE_OF_EACH = ("shufflenet_v2_x0_5", "squeezenet1_1", "mobilenet_v3_small", "convnext_tiny")


def dual_branch(arch: str, seed: int = 0) -> DualBranch:
    """A trained classifier with a second head whose weights are of both signs and sizes."""
    model = add_sigmoid_head(varied_classifier(arch, 3, seed), arch, CLASSES)
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in model.sigmoid_head.parameters():
            parameter += 0.05 * torch.randn(parameter.shape, generator=generator)
    return model


def trained_for(model: DualBranch, steps: int) -> None:
    """Real steps of SGD, as the training loop takes them."""
    trained = [p for p in model.parameters() if p.requires_grad]
    sgd = torch.optim.SGD(trained, lr=0.1, momentum=0.9, nesterov=True, weight_decay=5e-4)
    model.train()
    for step in range(steps):
        x = images(4, 64, 64, seed=step)
        loss = balanced_bce(model(x, maps=False).sigmoid_logits, torch.tensor([0, 1, 2, 0]))
        sgd.zero_grad()
        loss.backward()
        sgd.step()


@pytest.mark.parametrize("arch", ONE_OF_EACH)
def test_classification_is_the_same_to_the_bit_before_and_after_training(arch: str) -> None:
    classifier = varied_classifier(arch, 3)
    model = add_sigmoid_head(classifier, arch, CLASSES)
    x = images(3, 96, 64)
    with torch.no_grad():
        original, before = classifier(x), model(x)
    state = bits(model)
    trained_for(model, 3)
    frozen = {n: t for n, t in state.items() if not n.startswith("sigmoid_head.")}
    assert [n for n in changed(model, frozen) if not n.startswith("sigmoid_head.")] == []
    moved = [n for n in state if not torch.equal(model.state_dict()[n], state[n])]
    assert moved == [n for n, _ in model.named_parameters() if n.startswith("sigmoid_head.")]
    with torch.no_grad():
        in_training, after = model(x), model.eval()(x)
    assert torch.equal(original, before.logits)
    for now in (in_training, after):
        assert torch.equal(now.logits, before.logits)
        assert now.evidence is None or torch.equal(now.evidence, before.evidence)
    assert not torch.equal(after.sigmoid_logits, before.sigmoid_logits)


def test_the_classifier_is_in_eval_mode_and_without_gradients_while_the_head_trains() -> None:
    model = build_model("shufflenet_v2_x0_5", CLASSES, "dual-branch", options={"dropout": "0.5"})
    assert isinstance(model, DualBranch)
    for mode in (True, False):
        model.train(mode)
        assert not any(m.training for m in (*model.backbone.modules(), *model.head.modules()))
        assert all(m.training == mode for m in model.sigmoid_head.modules())
    names = {n.split(".")[0] for n, p in model.named_parameters() if p.requires_grad}
    assert names == {"sigmoid_head"}
    x = images(2, 64, 64)
    model.train()
    assert not torch.equal(model(x).sigmoid_logits, model(x).sigmoid_logits)  # its own dropout
    assert torch.equal(model(x).logits, model(x).logits)


@pytest.mark.parametrize("arch", ONE_OF_EACH)
def test_the_second_head_has_the_first_ones_layers_and_fresh_weights(arch: str) -> None:
    model = build_model(arch, CLASSES, "dual-branch")
    assert isinstance(model, DualBranch)
    shapes = {n: p.shape for n, p in model.head.state_dict().items()}
    assert {n: p.shape for n, p in model.sigmoid_head.state_dict().items()} == shapes
    for layer in model.sigmoid_head.modules():
        if isinstance(layer, nn.Linear | nn.Conv2d):
            assert float(layer.weight.detach().std()) == pytest.approx(0.01, rel=0.1)
            assert layer.bias is None or not layer.bias.any()
        elif isinstance(layer, nn.LayerNorm):
            assert (layer.weight == 1).all()
            assert not layer.bias.any()


@pytest.mark.parametrize("arch", ["shufflenet_v2_x0_5", "squeezenet1_1", "convnext_tiny"])
def test_evidence_averages_to_the_softmax_logits(arch: str) -> None:
    model = dual_branch(arch)
    with torch.no_grad():
        out = model(images(3, 96, 64))
    assert isinstance(out, DualOutput)
    assert out.evidence is not None
    assert out.localization is not None
    assert out.evidence.shape == out.localization.shape
    assert out.logits.shape == out.sigmoid_logits.shape == (3, 3)
    assert torch.allclose(out.evidence.mean(dim=(2, 3)), out.logits, atol=1e-4)


def test_evidence_is_that_of_the_converted_classifier() -> None:
    arch = "shufflenet_v2_x0_5"
    converted, _ = from_classifier(varied_classifier(arch, 3), arch, CLASSES)
    x = images(3, 96, 64)
    with torch.no_grad():
        assert torch.allclose(dual_branch(arch)(x).evidence, converted(x).evidence, atol=1e-4)


def test_a_pass_without_maps_gives_the_same_logits() -> None:
    model = dual_branch("shufflenet_v2_x0_5")
    x = images(2, 64, 64)
    with torch.no_grad():
        whole, short = model(x), model(x, maps=False)
    assert torch.equal(whole.logits, short.logits)
    assert torch.equal(whole.sigmoid_logits, short.sigmoid_logits)
    assert short.evidence is None
    assert short.localization is None
    with torch.no_grad():
        said = model.classify(x)
    assert torch.equal(said.logits, whole.logits)
    assert torch.equal(said.evidence, whole.evidence)


def test_the_localization_is_the_mean_over_channels_of_positive_weights() -> None:
    model = dual_branch("shufflenet_v2_x0_5")
    layer = pooled_linear(model.sigmoid_head)
    assert layer is not None
    x = images(2, 96, 64)
    with torch.no_grad():
        z, found = model.features(x), model(x).localization
        for image in range(2):
            for c in range(3):
                channels = [max(float(w), 0.0) * z[image, k] for k, w in enumerate(layer.weight[c])]
                assert torch.allclose(found[image, c], torch.stack(channels).mean(0), atol=1e-5)
    assert torch.allclose(attribute(model, x, "cam"), found, atol=1e-6)


@pytest.mark.parametrize("arch", ["shufflenet_v2_x0_5", "squeezenet1_1"])
def test_clamped_maps_of_a_linear_head_agree_up_to_a_factor(arch: str) -> None:
    """The poster's oracle, from the closed forms and from gradients of the pre-sigmoid logit."""
    model = dual_branch(arch)
    x = images(2, 96, 64)
    cam = attribute(model, x, "cam")
    cells, channels = cam.shape[2] * cam.shape[3], model.row.channels
    assert (cam.amax(dim=(2, 3)) > 0).all()
    for method in ("gradcam", "xgradcam", "layercam"):
        for closed_form in (True, False):
            maps = attribute(model, x, method, closed_form=closed_form)
            assert torch.allclose(maps * cells / channels, cam, rtol=1e-4, atol=1e-6), method


def test_gradients_are_of_the_logit_before_the_sigmoid() -> None:
    """Where the sigmoid is flat its gradient is 0 in float32, and the map would be empty."""
    model = dual_branch("shufflenet_v2_x0_5")
    x = images(2, 64, 64)
    before = attribute(model, x, "gradcam", closed_form=False)
    layer = pooled_linear(model.sigmoid_head)
    assert layer is not None
    with torch.no_grad():
        assert layer.bias is not None
        layer.bias += 200
        assert (model(x).sigmoid_logits.sigmoid() == 1).all()
    assert torch.equal(attribute(model, x, "gradcam", closed_form=False), before)
    assert (before.amax(dim=(2, 3)) > 0).all()


@pytest.mark.parametrize("arch", ["mobilenet_v3_small", "convnext_tiny"])
def test_a_head_of_several_layers_localises_by_clamped_gradients(arch: str) -> None:
    model = dual_branch(arch)
    x = images(2, 96, 64)
    with torch.inference_mode():
        found = model(x).localization
    z = model.features(x).detach().requires_grad_()
    logits = model.sigmoid_head(z)
    for c in range(3):
        (gradient,) = torch.autograd.grad(logits[:, c].sum(), z, retain_graph=True)
        weights = gradient.mean(dim=(2, 3), keepdim=True).clamp(min=0)
        expected = (weights * z.detach()).sum(1).relu()
        assert torch.allclose(found[:, c], expected, rtol=1e-4, atol=1e-7)
    assert torch.allclose(attribute(model, x, "gradcam"), found, rtol=1e-4, atol=1e-7)
    assert changed(model, bits(model)) == []


def test_maps_of_the_second_head_are_not_called_the_evidence() -> None:
    model = dual_branch("shufflenet_v2_x0_5")
    for method in ("cam", "gradcam", "xgradcam", "layercam"):
        assert identical_to_evidence(model, method) is None
    x = images(1, 64, 64)
    with torch.no_grad():
        assert torch.allclose(attribute(model, x, "evidence"), model(x).evidence, atol=1e-5)


def test_a_model_file_holds_both_heads(tmp_path: Path) -> None:
    model = dual_branch("shufflenet_v2_x0_5")
    path = tmp_path / "dual.safetensors"
    save_model(model, path)
    again = load_model(path)
    assert isinstance(again, DualBranch)
    assert not again.sigmoid_head.training
    assert {n for n, p in again.named_parameters() if p.requires_grad} == {
        "sigmoid_head.fc.weight",
        "sigmoid_head.fc.bias",
    }
    x = images(2, 64, 64)
    with torch.no_grad():
        for now, then in zip(again(x), model(x), strict=True):
            assert torch.equal(now, then)
    spec = read_spec(path)
    assert spec.head == "dual-branch"
    assert "second head, one sigmoid per class" in spec.card["branches"]
    identity = model_id(path)
    with torch.no_grad():
        again.sigmoid_head.get_submodule("fc").bias += 1
    save_model(again, path)
    assert model_id(path) != identity


def test_a_prediction_is_the_softmax_heads() -> None:
    model = dual_branch("shufflenet_v2_x0_5")
    pixels = (torch.rand(40, 50, 3, generator=torch.Generator().manual_seed(0)) * 255).byte()
    image = StoredImage(pixels.numpy(), (0.0, 255.0), None, None, "PNG")
    said = predict(model, image)
    with torch.no_grad():
        out = model(said.x)
    assert torch.allclose(said.probabilities, out.logits[0].double().softmax(0))
    assert said.evidence is not None
    assert said.evidence.shape == (3, 16, 16)
    assert said.predicted == CLASSES[int(out.logits[0].argmax())]


@pytest.mark.parametrize("arch", ["shufflenet_v2_x0_5", "squeezenet1_1"])
def test_a_black_box_and_a_softcam_model_of_ours_get_a_second_head(arch: str) -> None:
    given = InputSpec((64, 64), mean=(0.1, 0.2, 0.3))
    box = build_model(arch, CLASSES, "blackbox", input=given).eval()
    load_weights(box, varied_classifier(arch, 3).state_dict())
    soft, _ = from_classifier(varied_classifier(arch, 3), arch, CLASSES, input=given)
    x = images(2, 64, 64)
    for model, exact in ((box, True), (soft, False)):
        dual = add_sigmoid_head(model)
        assert not dual.training
        assert dual.spec.classes == CLASSES
        assert dual.spec.input == given
        assert dual.spec.title == f"{model.spec.title}, with a sigmoid head"
        assert "vgg_head" not in dual.spec.options
        with torch.no_grad():
            ours, theirs = dual(x).logits, model(x).logits
        assert torch.equal(ours, theirs) if exact else torch.allclose(ours, theirs, atol=1e-4)


def test_what_has_no_standard_head_is_refused_in_one_sentence() -> None:
    squeezed = build_model("squeezenet1_1", CLASSES, input=InputSpec((64, 64)))
    with pytest.raises(ModelError, match="gives other logits than this model's own head"):
        add_sigmoid_head(squeezed)
    with pytest.raises(ModelError, match="has a second head already"):
        add_sigmoid_head(build_model("shufflenet_v2_x0_5", CLASSES, "dual-branch"))
    five = varied_classifier("shufflenet_v2_x0_5", 5)
    with pytest.raises(ModelError, match="no weights for head"):
        add_sigmoid_head(five, "shufflenet_v2_x0_5", CLASSES)


def test_weights_of_a_file_go_to_the_first_head(tmp_path: Path) -> None:
    soft, _ = from_classifier(
        varied_classifier("shufflenet_v2_x0_5", 3), "shufflenet_v2_x0_5", CLASSES
    )
    path = tmp_path / "soft.safetensors"
    save_model(soft, path)
    dual = build_model("shufflenet_v2_x0_5", CLASSES, "dual-branch", path).eval()
    x = images(2, 64, 64)
    with torch.no_grad():
        assert torch.allclose(dual(x).logits, soft(x).logits, atol=1e-5)
        assert torch.allclose(dual(x).evidence, soft(x).evidence, atol=1e-5)


FAMILIES = {row.family: row for row in reversed(BACKBONES.values()) if row.family}


@pytest.mark.parametrize("arch", ["mobilenet_v3_small", "swin_t"])
def test_both_heads_and_maps_of_a_small_network(arch: str) -> None:
    check_outputs(arch)


@pytest.mark.slow
@pytest.mark.parametrize("arch", [row.name for row in FAMILIES.values()])
def test_both_heads_and_maps_of_every_family(arch: str) -> None:
    check_outputs(arch)


def check_outputs(arch: str) -> None:
    model = build_model(arch, CLASSES, "dual-branch").eval()
    row = BACKBONES[arch]
    side = row.fixed_size or max(96, row.min_size)
    x = images(2, side, side)
    with torch.no_grad():
        out = model(x)
    assert out.logits.shape == out.sigmoid_logits.shape == (2, 3)
    rows, columns = out.localization.shape[2:]
    assert out.localization.shape == (2, 3, rows, columns)
    assert rows == columns >= 1
    for values in out:
        assert values is None or torch.isfinite(values).all()
    # One class of a mean of many small numbers is as good as 0, but never all of them.
    assert out.localization.abs().amax() > 0
    if out.evidence is not None:
        assert torch.allclose(out.evidence.mean(dim=(2, 3)), out.logits, atol=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("arch", BACKBONES)
def test_every_architecture_builds(arch: str) -> None:
    with torch.device("meta"):
        model = build_model(arch, CLASSES, "dual-branch")
    assert isinstance(model, DualBranch)
    heads = [
        {n: t.shape for n, t in h.state_dict().items()} for h in (model.head, model.sigmoid_head)
    ]
    assert heads[0] == heads[1]
    assert not any(
        p.requires_grad for p in (*model.backbone.parameters(), *model.head.parameters())
    )
    assert all(p.requires_grad for p in model.sigmoid_head.parameters())


MILLION = 1e6
POSTER = {
    "vgg16_gap": (20.46, 1.03),
    "resnet50_stride16": (25.56, 2.05),
    "inception_v3_gap": (26.51, 1.03),
}


@pytest.mark.parametrize("arch", POSTER)
def test_the_posters_networks_have_its_numbers_of_parameters(arch: str) -> None:
    with torch.device("meta"):
        model = build_model(arch, [str(c) for c in range(1000)], "dual-branch")
    assert isinstance(model, DualBranch)
    first, second = POSTER[arch]
    counts = dict.fromkeys(("backbone", "head", "sigmoid_head"), 0)
    for name, parameter in model.named_parameters():
        counts[name.split(".")[0]] += parameter.numel()
    assert round((counts["backbone"] + counts["head"]) / MILLION, 2) == first
    # The poster rounds 1.025 up.
    assert counts["sigmoid_head"] == counts["head"]
    assert counts["sigmoid_head"] / MILLION == pytest.approx(second, abs=0.0051)
    assert model.has_evidence
    assert pooled_linear(model.sigmoid_head) is not None
