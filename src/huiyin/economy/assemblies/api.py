"""The door of assemblies."""

from huiyin.economy.assemblies.models import Meeting, Resolution
from huiyin.economy.assemblies.resolving import demand_resolution, find_resolution
from huiyin.economy.assemblies.values import ASSEMBLY, ASSEMBLY_ALONE, DELEGATES, MATTERS, MEETINGS

__all__ = [
    "ASSEMBLY",
    "ASSEMBLY_ALONE",
    "DELEGATES",
    "MATTERS",
    "MEETINGS",
    "Meeting",
    "Resolution",
    "demand_resolution",
    "find_resolution",
]
