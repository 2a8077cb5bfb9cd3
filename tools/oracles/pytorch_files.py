"""Small checkpoints as torch.save writes them, and what is in them, for packages/models.

Run: python tools/oracles/pytorch_files.py   (torch, transformers; writes packages/models/src/fixtures/pytorch/)
"""
import collections
import json
import pathlib

import torch
import transformers

from seeded_weights import seeded

folder = pathlib.Path(__file__).parents[2] / "packages/models/src/fixtures/pytorch"
folder.mkdir(parents=True, exist_ok=True)
base = torch.arange(24, dtype=torch.float32) / 8
state = collections.OrderedDict(
    plain=base[:6].reshape(2, 3).clone(),
    view=base.reshape(4, 6)[1:3, 2:4],  # part of a storage that others share, with strides of its own
    transposed=base.reshape(4, 6).T[:2],
    half=torch.tensor([0.5, -2.0, 65504.0], dtype=torch.float16),
    bfloat=torch.tensor([1.5, -3.0], dtype=torch.bfloat16),
    count=torch.tensor(7),
    parameter=torch.nn.Parameter(torch.tensor([[1.0], [2.0]])),
)
expected = {name: {"shape": list(tensor.shape), "data": tensor.detach().float().flatten().tolist()} for name, tensor in state.items()}
torch.save(state, folder / "state-dict.bin")
trained = {"epoch": 5, "name": "run", "state_dict": {f"module.{name}": tensor for name, tensor in state.items()},
           "optimizer": {"state": {0: {"step": 3, "exp_avg": base}}, "betas": (0.9, 0.98)}}
torch.save(trained, folder / "training.pt")
torch.save({"logit_scale": torch.tensor(1.0, dtype=torch.float64)}, folder / "doubles.bin")
torch.save(state, folder / "legacy.bin", _use_new_zipfile_serialization=False)
(folder / "expected.json").write_text(json.dumps({"reference": f"torch {torch.__version__}", "tensors": expected}) + "\n")

config = transformers.BertConfig(vocab_size=7, hidden_size=4, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8, max_position_embeddings=5)
bert = transformers.BertModel(config)
with torch.no_grad():
    for name, parameter in bert.named_parameters():
        parameter.copy_(seeded(f"text_model.{name}", parameter.shape))
(folder / "bert").mkdir(exist_ok=True)
torch.save(bert.state_dict(), folder / "bert/pytorch_model.bin")
(folder / "bert/config.json").write_text(json.dumps(config.to_dict()) + "\n")
