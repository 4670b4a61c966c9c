"""HSDS 3.0, the field's standard for who offers which service where: JSON and tabular packages.

Open Referral, *Human Services Data Specification* 3.0.0, docs.openreferral.org.
"""

from courtepointe.formats.hsds.json_text import read_json, write_json
from courtepointe.formats.hsds.package import read_package, write_package
from courtepointe.formats.hsds.read import read_hsds
from courtepointe.formats.hsds.values import Directory, Read, Record

__all__ = [
    "Directory",
    "Read",
    "Record",
    "read_hsds",
    "read_json",
    "read_package",
    "write_json",
    "write_package",
]
