"""The same model, first weights, windows and steps in PyTorch, to compare losses and times with those of the sample.

    python3 pytorch.py TEXT FIRST.safetensors [STEPS [BATCH [SEED]]]
"""
import json
import struct
import sys
import time

import torch
from torch import nn

WINDOW, CHARACTERS, WIDTH = 128, 65, 128


def read(path):
    """The tensors of a safetensors file."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        body = file.read()
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            tensors[name] = torch.frombuffer(bytearray(body[begin:end]), dtype=torch.float32).reshape(entry["shape"])
    return tensors


class NextCharacter(nn.Module):
    def __init__(self):
        super().__init__()
        self.token = nn.Embedding(CHARACTERS, WIDTH)
        self.position = nn.Embedding(WINDOW, WIDTH)
        self.blocks = nn.ModuleList(
            nn.TransformerEncoderLayer(WIDTH, 4, 512, dropout=0.0, activation="gelu", batch_first=True, norm_first=True) for _ in range(4))
        self.norm = nn.LayerNorm(WIDTH)
        self.head = nn.Linear(WIDTH, CHARACTERS)
        self.mask = torch.triu(torch.full((WINDOW, WINDOW), float("-inf")), diagonal=1)

    def forward(self, tokens):
        x = self.token(tokens) + self.position.weight
        for block in self.blocks:
            x = block(x, src_mask=self.mask)
        return self.head(self.norm(x))


def main(path, first, steps=500, batch=16, seed=1):
    text = open(path, encoding="utf-8").read()
    known = sorted(set(text))
    tokens = torch.tensor([known.index(character) for character in text])
    learned = int(0.9 * len(tokens))
    model = NextCharacter()
    model.load_state_dict(read(first))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    state, total, since, every = seed, 0.0, 0, max(1, steps // 10)
    begun = time.time()
    for step in range(1, steps + 1):
        places = []
        for _ in range(batch):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            places.append((state >> 33) % (learned - WINDOW))
        inputs = torch.stack([tokens[place:place + WINDOW] for place in places])
        following = torch.stack([tokens[place + 1:place + WINDOW + 1] for place in places])
        loss = nn.functional.cross_entropy(model(inputs).reshape(-1, CHARACTERS), following.reshape(-1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total, since = total + loss.item(), since + 1
        if step % every == 0 or step in (1, steps):
            print(f"step {step:5}  {total / since:.3f} nats a character  {time.time() - begun:.1f} s", flush=True)
            total, since = 0.0, 0


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
