"""Embeddings and the gradients of one training step of every tower, from the reference implementations.

Run: python tools/oracles/model_towers.py   (needs torch, transformers, open_clip_torch, timm; CPU)
Writes packages/models/src/fixtures/parity/*.json. Everything is computed in float64; weights come from seeded_weights.py.
"""

import base64
import json
import math
import pathlib
from functools import partial

import open_clip
import timm
import torch
import torch.nn.functional as F
import transformers
from timm.models.swin_transformer import SwinTransformer
from timm.models.vision_transformer import VisionTransformer
from torch import nn

from seeded_weights import seeded, seeded_pixels

torch.set_default_dtype(torch.float64)
EMBED, VOCAB, CONTEXT, END = 6, 40, 10, 39
TEXTS = [[38, 5, END], [38, 7, 8, 9, 10, 11, END], [38, 20, 7, 31, END], [38, 5, 6, 20, 21, 22, 23, 24, END]]
LENGTH = max(map(len, TEXTS))
ENDS = torch.tensor([len(text) - 1 for text in TEXTS])


def padded(pad):
    return torch.tensor([text + [pad] * (LENGTH - len(text)) for text in TEXTS])


PRESENT = (torch.arange(LENGTH) <= ENDS[:, None]).long()


class Side:
    """A reference module under this project's names. `entries` are (parameter, names, transposed); several names are stacked rows."""

    def __init__(self, forward, entries):
        self.forward, self.entries = forward, entries
        for parameter, names, transposed in entries:
            shape = list(parameter.T.shape if transposed else parameter.shape)
            if len(names) > 1:
                shape[0] //= len(names)
            value = torch.cat([seeded(name, shape) for name in names]) if len(names) > 1 else seeded(names[0], shape)
            parameter.data = value.T.contiguous() if transposed else value

    def gradients(self):
        found = {}
        for parameter, names, transposed in self.entries:
            if parameter.grad is None:
                continue
            gradient = parameter.grad.T if transposed else parameter.grad
            parts = gradient.chunk(len(names)) if len(names) > 1 else [gradient]
            found.update(zip(names, parts))
        return found


def linear_projection(name, width):
    layer = nn.Linear(width, EMBED, bias=False)
    return layer, (layer.weight, [name], False)


def named(module, rename, skip=()):
    """Entries for all parameters and running statistics of a module."""
    tensors = [*module.named_parameters(), *[(n, b) for n, b in module.named_buffers() if "running" in n]]
    return [(tensor, [rename(name)], False) for name, tensor in tensors if name not in skip]


# ---- image towers ------------------------------------------------------------------------------------------------------

VIT = {"imageSize": 8, "patchSize": 4, "width": 8, "layers": 2, "heads": 2, "mlpRatio": 2}
CLIP_TEXT = {"contextLength": CONTEXT, "vocabSize": VOCAB, "width": 8, "layers": 2, "heads": 2, "mlpRatio": 2}


def timm_vit_mean():
    model = VisionTransformer(
        img_size=8, patch_size=4, num_classes=0, embed_dim=8, depth=2, num_heads=2, mlp_ratio=2, pre_norm=True,
        class_token=False, global_pool="avg", fc_norm=True, norm_layer=partial(nn.LayerNorm, eps=1e-5),
    )
    projection, own = linear_projection("visual_projection.weight", 8)
    simple = {
        "pos_embed": "embeddings.position_embedding.weight", "patch_embed.proj.weight": "embeddings.patch_embedding.weight",
        "norm_pre": "pre_layrnorm", "fc_norm": "post_layernorm", "blocks": "encoder.layers", "norm1": "layer_norm1",
        "norm2": "layer_norm2", "attn.proj": "self_attn.out_proj",
    }

    def rename(name):
        for old, new in simple.items():
            name = name.replace(old, new)
        return f"vision_model.{name}"

    entries = [own]
    for name, parameter in model.named_parameters():
        if name == "pos_embed":
            parameter.data = parameter.data[0]
            entries.append((parameter, [rename(name)], False))
        elif "qkv" in name:
            kind = name.split(".")[-1]
            prefix = rename(name).replace(f"attn.qkv.{kind}", "self_attn")
            entries.append((parameter, [f"{prefix}.{part}_proj.{kind}" for part in "qkv"], False))
        else:
            entries.append((parameter, [rename(name)], False))
    return Side(lambda pixels: projection(model(pixels)), entries), {**VIT, "pool": "mean"}, "timm VisionTransformer"


def timm_swin():
    config = {"type": "swin", "imageSize": 32, "patchSize": 4, "width": 4, "layers": [2, 2], "heads": [1, 2], "windowSize": 4}
    model = SwinTransformer(
        img_size=32, patch_size=4, num_classes=0, embed_dim=4, depths=(2, 2), num_heads=(1, 2), window_size=4,
        global_pool="avg", drop_path_rate=0,
    )
    projection, own = linear_projection("visual_projection.weight", 8)
    entries = [own, *named(model, lambda name: f"vision_model.{name}")]
    return Side(lambda pixels: projection(model(pixels)), entries), config, "timm SwinTransformer"


# ---- text towers -------------------------------------------------------------------------------------------------------


def bert(pool):
    config = {"type": "bert", **CLIP_TEXT, "pool": pool}
    model = transformers.BertModel(
        transformers.BertConfig(
            vocab_size=VOCAB, hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16,
            max_position_embeddings=CONTEXT,
        ),
        add_pooling_layer=False,
    ).double().eval()
    projection, own = linear_projection("text_projection.weight", 8)

    def forward():
        states = model(input_ids=padded(0), attention_mask=PRESENT).last_hidden_state
        present = PRESENT[:, :, None].double()
        return projection(states[:, 0] if pool == "class" else (states * present).sum(1) / present.sum(1))

    return Side(forward, [own, *named(model, lambda name: f"text_model.{name}")]), config, "transformers BertModel"


def gemma(pool):
    sizes = {"vocabSize": VOCAB, "width": 8, "layers": 4, "heads": 4, "keyHeads": 2, "headSize": 4, "hiddenWidth": 12}
    config = {"type": "gemma", "contextLength": CONTEXT, **sizes, "queryScalar": 9, "attentionCap": 2, "slidingWindow": 3}
    config |= {"trainableLayers": 2, "pool": pool}
    model = transformers.Gemma2Model(
        transformers.Gemma2Config(
            vocab_size=VOCAB, hidden_size=8, num_hidden_layers=4, num_attention_heads=4, num_key_value_heads=2, head_dim=4,
            intermediate_size=12, query_pre_attn_scalar=9, attn_logit_softcapping=2.0, sliding_window=3,
            max_position_embeddings=CONTEXT, attn_implementation="eager", pad_token_id=0,
        )
    ).double().eval()
    projection, own = linear_projection("text_projection.weight", 8)
    back = torch.arange(LENGTH)[:, None] - torch.arange(LENGTH)[None]
    padding = torch.where(PRESENT.bool(), 0.0, -1e9)[:, None, None]

    def states(bidirectional_from):
        """Gemma2Model.forward, written out so that the last layers can look both ways."""
        ids, positions = padded(0), torch.arange(LENGTH)[None]
        x = model.embed_tokens(ids)
        if not hasattr(model.embed_tokens, "embed_scale"):
            x = x * math.sqrt(8)
        angles = model.rotary_emb(x, positions)
        for index, layer in enumerate(model.layers):
            causal, sliding = index < bidirectional_from, model.config.layer_types[index] == "sliding_attention"
            barred = (causal & (back < 0)) | (sliding & (back.abs() >= 3))
            mask = padding + torch.where(barred, -1e9, 0.0)[None, None]
            x = layer(x, attention_mask=mask, position_embeddings=angles, position_ids=positions)
            x = x[0] if isinstance(x, tuple) else x
        return model.norm(x)

    def forward():
        x = states(2)
        present = PRESENT[:, :, None].double()
        return projection(x[torch.arange(len(TEXTS)), ENDS] if pool == "last" else (x * present).sum(1) / present.sum(1))

    side = Side(forward, [own, *named(model, lambda name: f"text_model.{name}")])
    for name, parameter in model.named_parameters():
        parameter.requires_grad = name.startswith(("layers.2", "layers.3", "norm"))
    # The written-out loop is the library's own forward when every layer is causal. (Where a window holds nothing but padding,
    # the library's softmax is not a number, so only the longer texts are compared.)
    own_forward = model(input_ids=padded(0), attention_mask=PRESENT, use_cache=False).last_hidden_state
    assert (own_forward - states(4))[[1, 3]].abs().max() < 1e-8
    return side, config, "transformers Gemma2Model"


# ---- whole models ------------------------------------------------------------------------------------------------------


def hugging_face_clip():
    tower = {"hidden_size": 8, "intermediate_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "hidden_act": "quick_gelu"}
    model = transformers.CLIPModel(
        transformers.CLIPConfig(
            text_config={**tower, "vocab_size": VOCAB, "max_position_embeddings": CONTEXT, "eos_token_id": END, "bos_token_id": 38},
            vision_config={**tower, "image_size": 8, "patch_size": 4},
            projection_dim=EMBED,
        )
    ).double().eval()
    everything = Side(None, named(model, lambda name: name))
    pooled = lambda output: output if torch.is_tensor(output) else output.pooler_output
    text = lambda: pooled(model.get_text_features(input_ids=padded(END), attention_mask=PRESENT))
    image = lambda pixels: pooled(model.get_image_features(pixel_values=pixels))
    config = {"embedDim": EMBED, "vision": VIT, "text": CLIP_TEXT, "activation": "quick_gelu"}
    return "hugging-face-clip", "transformers CLIPModel", config, image, text, model.logit_scale, [everything]


def open_clip_rename(name):
    for old, new in {
        "transformer.resblocks": "encoder.layers", ".attn.out_proj": ".self_attn.out_proj", ".ln_1": ".layer_norm1",
        ".ln_2": ".layer_norm2", ".c_fc": ".fc1", ".mlp.c_proj": ".mlp.fc2", "ln_pre": "pre_layrnorm", "ln_post": "post_layernorm",
        "ln_final": "final_layer_norm",
    }.items():
        name = name.replace(old, new)
    return name


def open_clip_entries(model, resnet):
    exact = {
        "logit_scale": ("logit_scale", False), "text_projection": ("text_projection.weight", True),
        "visual.proj": ("visual_projection.weight", True), "positional_embedding": ("text_model.embeddings.position_embedding.weight", False),
        "token_embedding.weight": ("text_model.embeddings.token_embedding.weight", False),
        "visual.class_embedding": ("vision_model.embeddings.class_embedding", False),
        "visual.positional_embedding": ("vision_model.embeddings.position_embedding.weight", False),
    }
    if not resnet:
        exact["visual.conv1.weight"] = ("vision_model.embeddings.patch_embedding.weight", False)
    entries = []
    tensors = [*model.named_parameters(), *[(n, b) for n, b in model.named_buffers() if "running" in n]]
    for name, tensor in tensors:
        if name in exact:
            entries.append((tensor, [exact[name][0]], exact[name][1]))
            continue
        tower = "vision_model" if name.startswith("visual.") else "text_model"
        own = f"{tower}.{open_clip_rename(name.removeprefix('visual.'))}"
        if "in_proj" in own:
            kind = own.split("_")[-1]
            prefix = own.replace(f"attn.in_proj_{kind}", "self_attn")
            entries.append((tensor, [f"{prefix}.{part}_proj.{kind}" for part in "qkv"], False))
        else:
            entries.append((tensor, [own], False))
    return entries


def open_clip_model(name, vision_cfg, vision, quick_gelu, training=False):
    resnet = vision.get("type") == "resnet"
    text_cfg = {"context_length": CONTEXT, "vocab_size": VOCAB, "width": 8, "heads": 2, "layers": 2, "mlp_ratio": 2}
    model = open_clip.CLIP(EMBED, vision_cfg, text_cfg, quick_gelu=quick_gelu).double()
    model.train(training)
    everything = Side(None, open_clip_entries(model, resnet))
    ids = F.pad(padded(0), (0, CONTEXT - LENGTH))
    config = {"embedDim": EMBED, "vision": vision, "text": CLIP_TEXT, "activation": "quick_gelu" if quick_gelu else "gelu"}
    return name, f"open_clip {type(model.visual).__name__}", config, model.encode_image, lambda: model.encode_text(ids), model.logit_scale, [everything]


def assembled(name, image_side, text_side):
    (image, vision, image_reference), (text, text_config, text_reference) = image_side, text_side
    scale = nn.Parameter(torch.tensor(0.0))
    head = Side(None, [(scale, ["logit_scale"], False)])
    config = {"embedDim": EMBED, "vision": vision, "text": text_config, "activation": "gelu"}
    return name, f"{image_reference}, {text_reference}", config, image.forward, text.forward, scale, [head, image, text]


RESNET = {"type": "resnet", "imageSize": 64, "width": 2, "layers": [1, 2, 1, 1], "heads": 2}
RESNET_CFG = {"layers": [1, 2, 1, 1], "width": 2, "head_width": 32, "image_size": 64}


def all_models():
    yield hugging_face_clip()
    vit_cfg = {"image_size": 8, "patch_size": 4, "width": 8, "layers": 2, "head_width": 4, "mlp_ratio": 2}
    yield open_clip_model("open-clip-gelu", vit_cfg, VIT, quick_gelu=False)
    yield open_clip_model("resnet", RESNET_CFG, RESNET, quick_gelu=True)
    yield open_clip_model("resnet-training", RESNET_CFG, RESNET, quick_gelu=True, training=True)
    yield assembled("swin-bert", timm_swin(), bert("class"))
    yield assembled("vit-mean-bert-mean", timm_vit_mean(), bert("mean"))
    yield assembled("vit-mean-gemma", timm_vit_mean(), gemma("last"))
    yield assembled("vit-mean-gemma-mean", timm_vit_mean(), gemma("mean"))


# ---- the knowledge encoder ---------------------------------------------------------------------------------------------


def knowledge_encoder(variant):
    """Structure-CLIP's triple_Transformer (model/model.py and model/bert.py of zjukg/Structure-CLIP) on transformers' own parts."""
    layers, slots, tokens = 3, 4, 5
    bert_config = transformers.BertConfig(
        vocab_size=VOCAB, hidden_size=8, num_hidden_layers=layers, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=12,
    )
    bert_config._attn_implementation = "eager"
    model = transformers.BertModel(bert_config, add_pooling_layer=False).double().eval()
    linear = nn.Linear(8, EMBED)
    unused = ("position", "token_type", "LayerNorm") if variant == "paper" else ()
    entries = [
        entry for entry in named(model, lambda name: f"model.{name}")
        if not (".embeddings." in entry[1][0] and any(part in entry[1][0] for part in unused))
    ]
    side = Side(None, [*entries, *named(linear, lambda name: f"linear.{name}")])
    phrase = lambda *words: [1, *words, 2]
    triples = [
        [[phrase(5), phrase(6, 7), phrase(8)], [phrase(9, 10, 11), phrase(12), phrase(13)]],
        [[phrase(5), phrase(6), phrase(14, 15)]],
        [],
    ]
    counts = [len(list_) for list_ in triples]
    filled = [list_ + [[phrase()] * 3] * (slots - len(list_)) for list_ in triples]
    lengths = torch.tensor([[[len(p) for p in t] for t in list_] for list_ in filled])
    ids = torch.tensor([[[p + [0] * (tokens - len(p)) for p in t] for t in list_] for list_ in filled])
    flat = ids.reshape(-1, tokens)
    if variant == "code":
        phrases = model.embeddings(input_ids=flat).mean(1)
    else:
        own = (torch.arange(tokens) > 0) & (torch.arange(tokens) < lengths.reshape(-1, 1) - 1)
        words = model.embeddings.word_embeddings(flat) * own[:, :, None]
        phrases = words.sum(1) / own.sum(1, keepdim=True).clamp(min=1)
    head, relation, tail = phrases.reshape(-1, slots, 3, 8).unbind(2)
    present = torch.arange(slots) < torch.tensor(counts)[:, None]
    mask = torch.where(present, 0.0, torch.finfo(torch.float32).min)[:, None, None]
    states = model.encoder(head + relation - tail, attention_mask=mask).last_hidden_state
    knowledge = F.normalize(linear(states[:, 0]), dim=1)
    if variant == "paper":
        knowledge = knowledge * present.any(1, keepdim=True)
    loss = (knowledge * seeded("target.weight", [3, EMBED])).sum()
    loss.backward()
    config = {"embedDim": EMBED, "vocabSize": VOCAB, "contextLength": 12, "width": 8, "layers": layers, "heads": 2, "mlpRatio": 2}
    return {
        "reference": "transformers BertEmbeddings and BertEncoder, as Structure-CLIP's released code puts them together",
        "config": {**config, "variant": variant},
        "ids": ids.flatten().tolist(),
        "lengths": lengths.flatten().tolist(),
        "counts": counts,
        "slots": slots,
        "tokens": tokens,
        "knowledge": packed(knowledge),
        "loss": loss.item(),
        "gradients": {name: packed(gradient) for name, gradient in side.gradients().items()},
    }


# ---- fixtures ----------------------------------------------------------------------------------------------------------


def packed(tensor):
    """float32 little-endian, base64."""
    return base64.b64encode(tensor.detach().contiguous().float().numpy().astype("<f4").tobytes()).decode()


def training_step(reference, config, image, text, logit_scale, sides, training):
    images = F.normalize(image(seeded_pixels(len(TEXTS), config["vision"]["imageSize"])), dim=1)
    texts = F.normalize(text(), dim=1)
    logits = logit_scale.exp() * images @ texts.T
    target = torch.arange(len(TEXTS))
    loss = (F.cross_entropy(logits, target) + F.cross_entropy(logits.T, target)) / 2
    loss.backward()
    running = {
        names[0]: packed(tensor) for side in sides for tensor, names, _ in side.entries if "running" in names[0]
    }
    return {
        "reference": reference,
        "config": config,
        "texts": TEXTS,
        "training": training,
        "images": packed(images),
        "embeddedTexts": packed(texts),
        "loss": loss.item(),
        "gradients": {name: packed(g) for side in sides for name, g in side.gradients().items()},
        **({"running": running} if training else {}),
    }


folder = pathlib.Path(__file__).resolve().parents[2] / "packages/models/src/fixtures/parity"
folder.mkdir(parents=True, exist_ok=True)
versions = {library.__name__: library.__version__.split("+")[0] for library in (torch, transformers, open_clip, timm)}


def write(name, fixture):
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"versions": versions, **fixture}) + "\n")
    print(f"{name}: {path.stat().st_size // 1024} KB, {len(fixture['gradients'])} gradients, loss {fixture['loss']:.6f}")


for name, reference, config, image, text, scale, sides in all_models():
    write(name, training_step(reference, config, image, text, scale, sides, training=name.endswith("training")))
for variant in ("code", "paper"):
    write(f"knowledge-{variant}", knowledge_encoder(variant))
