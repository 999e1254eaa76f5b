"""Exponentials and logarithms to 40 digits (Python's decimal), rounded to doubles and written as their bits: the references of
src/simulation/exponential.test.ts. Run: python3 scripts/reference/exponential.py"""
from decimal import Decimal, getcontext
import struct

getcontext().prec = 60
bits = lambda value: struct.pack(">d", float(value)).hex()
for x in (1.0, -1.0, 0.5, 10.0, -20.0, 700.0, -0.001, 0.3, -700.0):
    print("exp", x, bits(Decimal(x).exp()))
for x in (2.0, 0.5, 10.0, 1e-300, 1.5, 0.7, 123456.789, 1.0000001):
    print("log", x, bits(Decimal(x).ln()))
