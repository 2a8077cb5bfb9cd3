"""Small image files of every kind that data sets hold, and the bytes that Pillow makes of them.

Run: python tools/oracles/decode_images.py   (Pillow and numpy; writes packages/data/src/images/fixtures/decoded-images.json)
"""

import base64
import io
import json
import struct
import zlib
from pathlib import Path

import numpy as np
import PIL
from PIL import Image

height, width = 9, 13
y, x = np.mgrid[0:height, 0:width]
rgb = np.stack([(x * 19 + y) % 256, (y * 27) % 256, (x * y * 3) % 256], -1).astype(np.uint8)
alpha = ((x * 20) % 256).astype(np.uint8)
grey16 = ((x * 1300 + y * 77) % 65536).astype(np.uint16)
rgb16 = np.stack([(x * 4300) % 65536, (y * 6900) % 65536, (x * y * 531) % 65536], -1)


def saved(image, format, **options):
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def png16(color_type, array):
    """A PNG of 16 bits a channel with colours, which Pillow reads but doesn't write."""
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in array)
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", array.shape[1], array.shape[0], 16, color_type, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


image = Image.fromarray(rgb)
inks = np.array(image.convert("CMYK"))
inks[..., 3] = (x * 15) % 200
cmyk = Image.fromarray(inks, "CMYK")
rgba = Image.fromarray(np.dstack([rgb, alpha]), "RGBA")
palette = image.convert("P", palette=Image.ADAPTIVE, colors=40)
turned = Image.Exif()
turned[0x112] = 6
# A display profile whose colours differ from sRGB (Apple's old "Generic RGB" gamma and primaries), made by hand.
from PIL import ImageCms  # noqa: E402

profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()

files = {
    "JPEG 4:4:4": saved(image, "JPEG", quality=80, subsampling=0),
    "JPEG 4:2:2": saved(image, "JPEG", quality=80, subsampling=1),
    "JPEG 4:2:0": saved(image, "JPEG", quality=80, subsampling=2),
    "progressive JPEG": saved(image, "JPEG", quality=80, progressive=True),
    "grey JPEG": saved(image.convert("L"), "JPEG", quality=80),
    "CMYK JPEG": saved(cmyk, "JPEG", quality=90),
    "JPEG turned by EXIF": saved(image, "JPEG", quality=80, exif=turned),
    "JPEG with a colour profile": saved(image, "JPEG", quality=80, icc_profile=profile),
    "PNG": saved(image, "PNG"),
    "PNG with transparency": saved(rgba, "PNG"),
    "grey PNG": saved(image.convert("L"), "PNG"),
    "grey PNG with transparency": saved(Image.fromarray(np.dstack([rgb[..., 0], alpha]), "LA"), "PNG"),
    "black and white PNG": saved(image.convert("1"), "PNG"),
    "PNG with a palette": saved(palette, "PNG"),
    "PNG with a palette and a transparent colour": saved(palette, "PNG", transparency=3),
    "PNG of 16 bits of grey": saved(Image.fromarray(grey16), "PNG"),
    "PNG of 16 bits a colour": png16(2, rgb16),
    "PNG of 16 bits a colour with transparency": png16(6, np.dstack([rgb16, grey16])),
    "PNG of 16 bits of grey with transparency": png16(4, np.dstack([grey16, rgb16[..., 0]])),
    "GIF": saved(palette, "GIF"),
    "WebP": saved(image, "WEBP", quality=80),
    "lossless WebP with transparency": saved(rgba, "WEBP", lossless=True, exact=True),
    "TIFF": saved(image, "TIFF"),
    "TIFF with LZW": saved(image, "TIFF", compression="tiff_lzw"),
    "CMYK TIFF": saved(cmyk, "TIFF"),
}

cases = []
for name, data in files.items():
    decoded = Image.open(io.BytesIO(data)).convert("RGB")
    cases.append(
        {
            "name": name,
            "file": base64.b64encode(data).decode(),
            "width": decoded.width,
            "height": decoded.height,
            "rgb": base64.b64encode(decoded.tobytes()).decode(),
        }
    )
target = Path(__file__).parents[2] / "packages/data/src/images/fixtures/decoded-images.json"
target.parent.mkdir(exist_ok=True)
target.write_text(json.dumps({"pillow": PIL.__version__, "cases": cases}, indent=1) + "\n")
